import { STATUS_CODES } from 'node:http';
import type { DeclaredResponse } from '../../model/document.ts';
import type { Check, Subject, Violation } from '../../model/target.ts';
import { excerpt } from '../reading/excerpt.ts';
import { problemOf } from '../reading/problem-details.ts';
import { examplesFor, isOwnExample, valueIn } from '../reading/schema-properties.ts';

export const problemDetailsCheck: Check = {
  name: 'problem-details',
  requirement:
    'Problem details mean what RFC 9457 says: type and instance are URI references, title and detail are text and not swapped, the type is that of the problem.',
  severity: 'violation',
  remedy: 'Write the members of the problem as RFC 9457 has them.',
  appliesTo: (subject) => problemOf(subject) !== undefined,
  *run(subject) {
    const problem = problemOf(subject);
    if (problem === undefined) return;
    const at = problem.media.at;
    for (const found of [...memberProblems(problem.value, subject), ...meaningProblems(subject)])
      yield { at, ...found };
  },
};

const members = {
  type: 'a URI reference',
  title: 'a short text',
  detail: 'a text',
  instance: 'a URI reference',
  status: 'a status code of HTTP',
} as const;

function* memberProblems(problem: object, subject: Subject): Iterable<Violation> {
  for (const [name, expected] of Object.entries(members)) {
    const value = valueIn(problem, [name]);
    const what =
      value === undefined
        ? name === 'title'
          ? 'is missing'
          : undefined
        : wrongWith(name as keyof typeof members, value);
    if (what === undefined) continue;
    yield {
      message: `the ${name} of the problem ${what}`,
      where: `body /${name}`,
      expected,
      actual: value === undefined ? 'no such member' : excerpt(subject, JSON.stringify(value)),
      // RFC 9457 leaves it to the server whether a member is there.
      ...(value === undefined ? { severity: 'advice' as const } : {}),
    };
  }
}

function wrongWith(name: keyof typeof members, value: unknown): string | undefined {
  switch (name) {
    case 'type':
    case 'instance':
      if (typeof value !== 'string') return 'is no text';
      return isUriReference(value) ? undefined : 'is no URI reference';
    case 'title':
    case 'detail':
      return typeof value === 'string' ? undefined : 'is no text';
    case 'status':
      return Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599
        ? undefined
        : 'is no status code of HTTP';
    default:
      return name satisfies never;
  }
}

/** The characters of RFC 3986, and a scheme that begins with a letter where there is one. */
function isUriReference(text: string): boolean {
  if (!/^(?:[\w\-.~:/?#@!$&'()*+,;=]|%[\dA-Fa-f]{2})*$/.test(text) || text.split('#').length > 2) return false;
  const [, scheme] = /^([^/?#]*?):/.exec(text) ?? [];
  return scheme === undefined || /^[A-Za-z][A-Za-z\d+.-]*$/.test(scheme);
}

/** What the document's examples say of the title and the type of this problem and of others. */
function* meaningProblems(subject: Subject): Iterable<Violation> {
  const problem = problemOf(subject);
  if (problem === undefined) return;
  const { value, status, response } = problem;
  const [title, detail, type] = ['title', 'detail', 'type'].map((name) => valueIn(value, [name]));
  const titles = new Set([...textsOf(response, status, 'title'), STATUS_CODES[status]]);
  if (typeof title === 'string' && typeof detail === 'string' && titles.has(detail) && !titles.has(title)) {
    yield {
      message: 'the title and the detail of the problem are swapped',
      where: 'body /title',
      expected: detail,
      actual: excerpt(subject, title),
    };
  }
  const own = textsOf(response, status, 'type');
  const owner = typeof type === 'string' && !own.includes(type) ? ownerOf(subject, response, type) : undefined;
  if (typeof type !== 'string' || owner === undefined) return;
  yield {
    message: `a ${status} has the type of problem that the document gives to ${owner}`,
    where: 'body /type',
    expected: own.join(' or ') || 'the type of this problem',
    actual: excerpt(subject, type),
  };
}

function textsOf(response: DeclaredResponse, status: number, name: string): readonly string[] {
  const texts = examplesFor(response, status).map(({ value }) => valueIn(value, [name]));
  return texts.filter((text) => typeof text === 'string');
}

/** The other response whose example has a type; `about:blank` says nothing beyond the status. */
function ownerOf({ case: { operation } }: Subject, own: DeclaredResponse, type: string): string | undefined {
  if (type === 'about:blank') return undefined;
  const other = operation.responses.find(
    (response) =>
      response !== own &&
      response.media
        .flatMap(({ examples }) => examples)
        .some((example) => isOwnExample(example) && valueIn(example.value, ['type']) === type),
  );
  return other?.key;
}
