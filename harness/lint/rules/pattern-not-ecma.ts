import { placeOf } from '../../openapi/document/place.ts';
import { whyNotRegExp } from '../../openapi/schema/keywords/pattern.ts';
import type { LintRule } from '../finding.ts';
import { patternsOf } from '../patterns.ts';

export const patternNotEcmaRule: LintRule = {
  id: 'pattern-not-ecma',
  title: 'Each pattern is a regular expression of ECMA-262, as JSON Schema asks for.',
  severity: 'error',
  *find({ document, schemas }) {
    for (const { pattern, pointer } of patternsOf(schemas)) {
      const why = whyNotRegExp(pattern);
      if (why === undefined) continue;
      yield {
        at: { ...placeOf(document, pointer), pointer },
        message: why,
        expected: 'a regular expression of ECMA-262',
        actual: pattern,
        remedy: 'Write it in the syntax of ECMA-262: no inline flags, possessive quantifiers or POSIX classes.',
      };
    }
  },
};
