import { placeOf } from '../../openapi/document/place.ts';
import { slowText } from '../../openapi/schema/keywords/slow-text.ts';
import type { LintRule } from '../finding.ts';
import { patternsOf } from '../patterns.ts';

export const patternUnsafeRule: LintRule = {
  id: 'pattern-unsafe',
  title: 'No short text takes an engine of regular expressions longer than a second.',
  severity: 'warning',
  *find({ document, schemas }) {
    const known = new Map<string, string | undefined>();
    for (const { pattern, pointer, longest = 60 } of patternsOf(schemas)) {
      const key = `${longest} ${pattern}`;
      if (!known.has(key)) known.set(key, slowText(pattern, longest));
      const text = known.get(key);
      if (text === undefined) continue;
      yield {
        at: { ...placeOf(document, pointer), pointer },
        message: `a text of ${text.length} characters takes longer than a second: ${JSON.stringify(text)}`,
        expected: 'a pattern whose work does not double with each character',
        actual: pattern,
        remedy: 'Take out what is repeated within a repeated group, or bound the text with maxLength.',
      };
    }
  },
};
