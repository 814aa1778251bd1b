import { deferredProblems } from '../../openapi/document/deferred-problems.ts';
import { placeOf } from '../../openapi/document/place.ts';
import { below } from '../../openapi/document/pointer.ts';
import { wrongValue } from '../../openapi/schema/dialect/known-keywords.ts';
import { shortened } from '../../core/text/printable.ts';
import type { LintRule } from '../finding.ts';

export const schemaUnusableRule: LintRule = {
  id: 'schema-unusable',
  title: 'Each keyword of a schema has a value that it can have.',
  severity: 'error',
  *find({ document, schemas }) {
    // What the meta-schema says of the same place is told by the rule for documents.
    const told = (deferredProblems(document)?.problems ?? []).map(({ pointer }) => pointer);
    for (const { pointer, value } of schemas) {
      for (const [keyword, given] of Object.entries(value)) {
        const place = below(pointer, keyword);
        const why = wrongValue(keyword, given);
        if (why === undefined || told.some((other) => other === place || other.startsWith(`${place}/`))) continue;
        yield {
          at: { ...placeOf(document, place), pointer: place },
          message: `the schema cannot be used: ${why}`,
          expected: why.replace(/^\S+ must be /, ''),
          actual: shortened(JSON.stringify(given), 200),
          remedy: 'Correct the value of the keyword.',
        };
      }
    }
  },
};
