import type { Check } from '../../model/target.ts';
import { writeOnlyProperties } from '../../openapi/schema/undeclared.ts';
import { matchedJson } from '../reading/body/declared-body.ts';
import { excerpt } from '../reading/excerpt.ts';

export const writeOnlyCheck: Check = {
  name: 'write-only',
  requirement:
    'A response has no property that the document declares as writeOnly (OpenAPI 3.0.3, Schema Object: SHOULD NOT).',
  severity: 'advice',
  remedy: 'Leave the property out of responses, or remove writeOnly from its schema.',
  appliesTo: (subject) => matchedJson(subject)?.schema !== undefined,
  *run(subject) {
    const matched = matchedJson(subject);
    if (matched?.schema === undefined) return;
    const found = writeOnlyProperties(subject.case.operation.document, matched.schema, matched.value);
    for (const path of found.slice(0, 10)) {
      yield {
        message: `the response has ${excerpt(subject, path)}, which the document declares as writeOnly`,
        where: `body ${excerpt(subject, path)}`,
        expected: 'no property that is writeOnly',
        // It may be a password.
        actual: 'the property, with a value that is not shown',
        at: matched.media.at,
        hint: 'Leave the property out of responses, or remove writeOnly from its schema.',
      };
    }
  },
};
