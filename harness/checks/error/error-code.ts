import type { Check, Subject } from '../../model/target.ts';
import { matchedJson } from '../reading/declared-body.ts';
import { issuesOf } from '../body/schema.ts';
import { examplesFor, valueIn } from '../reading/schema-properties.ts';
import { excerpt } from '../reading/excerpt.ts';

const path = ['error', 'code'];

export const errorCodeCheck: Check = {
  name: 'error-code',
  requirement: "The error code is the one that the document's own examples give to this status.",
  severity: 'violation',
  appliesTo: (subject) => expectedCodes(subject).length > 0,
  *run(subject) {
    const held = matchedJson(subject);
    const code = valueIn(held?.value, path);
    const expected = expectedCodes(subject);
    if (held === undefined || typeof code !== 'string' || expected.includes(code)) return;
    // A code that is on no list is told by the schema check.
    if (issuesOf(subject).some((issue) => issue.path === '/error/code')) return;
    const [example] = examplesFor(held.response, held.status);
    yield {
      message: `the error code of a ${held.status} is ${excerpt(subject, code)}, not ${expected.join(' or ')}`,
      where: 'body /error/code',
      expected: expected.join(' or '),
      actual: excerpt(subject, code),
      ...(example === undefined ? {} : { at: example.at }),
    };
  },
};

function expectedCodes(subject: Subject): readonly string[] {
  const held = matchedJson(subject);
  if (held === undefined) return [];
  const codes = examplesFor(held.response, held.status).map(({ value }) => valueIn(value, path));
  return [...new Set(codes.filter((code) => typeof code === 'string'))];
}
