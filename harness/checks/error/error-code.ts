import type { Check, Subject } from '../../model/target.ts';
import { below } from '../../openapi/document/pointer.ts';
import { matchedJson } from '../reading/body/declared-body.ts';
import { issuesOf } from '../body/schema.ts';
import { problemOf } from '../reading/problem-details.ts';
import { examplesFor, isOwnExample, valueIn } from '../reading/schema-properties.ts';
import { excerpt } from '../reading/excerpt.ts';

/** Problem details have their members at the top. */
function pathOf(subject: Subject): readonly string[] {
  return problemOf(subject) === undefined ? ['error', 'code'] : ['code'];
}

export const errorCodeCheck: Check = {
  name: 'error-code',
  requirement:
    'The error code is not one that the document gives to another status; best it is that of the examples for its own.',
  severity: 'violation',
  remedy: 'Send the code that the document gives to this status, or correct the document.',
  appliesTo: (subject) => expectedCodes(subject).length > 0,
  *run(subject) {
    const matched = matchedJson(subject);
    const path = pathOf(subject);
    const where = below('', ...path);
    const code = valueIn(matched?.value, path);
    const expected = expectedCodes(subject);
    if (matched === undefined || typeof code !== 'string' || expected.includes(code)) return;
    // A code that is not listed is reported by the schema check.
    if (issuesOf(subject).some((issue) => issue.path === where)) return;
    const [example] = examplesFor(matched.response, matched.status);
    const shown = excerpt(subject, code);
    const owner = responseWithCode(subject, code);
    const wanted = expected.join(' or ');
    yield {
      message:
        owner === undefined
          ? `the error code of a ${matched.status} is ${shown}, which no example in the document has; the examples for it have ${wanted}`
          : `the error code of a ${matched.status} is ${shown}, which the document gives to ${owner}, not ${wanted}`,
      where: `body ${where}`,
      expected: wanted,
      actual: shown,
      ...(example === undefined ? {} : { at: example.at }),
      // An example is one instance: what the schema lists is the contract.
      ...(owner === undefined
        ? { severity: 'advice', hint: 'Add an example with this code, or send that of the example.' }
        : {}),
    };
  },
};

function expectedCodes(subject: Subject): readonly string[] {
  const matched = matchedJson(subject);
  if (matched === undefined) return [];
  const path = pathOf(subject);
  const codes = examplesFor(matched.response, matched.status).map(({ value }) => valueIn(value, path));
  return [...new Set(codes.filter((code) => typeof code === 'string'))];
}

/** The response, or the status within it, whose example has a code. */
function responseWithCode(subject: Subject, code: string): string | undefined {
  const { operation } = subject.case;
  const path = pathOf(subject);
  for (const { key, media } of operation.responses) {
    for (const example of media.flatMap(({ examples }) => examples)) {
      if (!isOwnExample(example) || valueIn(example.value, path) !== code) continue;
      const status = valueIn(example.value, ['status']);
      return typeof status === 'number' && /^\d\d\d$/.test(String(status)) ? String(status) : key;
    }
  }
  return undefined;
}
