import type { Check } from '../../model/target.ts';
import { undeclaredProperties } from '../../openapi/schema/undeclared.ts';
import { matchedJson } from '../reading/body/declared-body.ts';
import { excerpt } from '../reading/excerpt.ts';

export const undeclaredPropertiesCheck: Check = {
  name: 'undeclared-properties',
  requirement: 'A body has no property that the document does not name: it is where server and document drift apart.',
  severity: 'advice',
  remedy: 'Add the property to the document, or remove it from the response.',
  appliesTo: (subject) => matchedJson(subject)?.schema !== undefined,
  *run(subject) {
    const matched = matchedJson(subject);
    if (matched?.schema === undefined) return;
    const found = undeclaredProperties(subject.case.operation.document, matched.schema, matched.value);
    for (const path of found.slice(0, 10)) {
      yield {
        message: `the document does not name ${excerpt(subject, path)}`,
        where: `body ${excerpt(subject, path)}`,
        expected: 'properties that the schema names',
        actual: 'an undeclared property',
        at: matched.media.at,
      };
    }
  },
};
