import { shortened } from '../../core/text/printable.ts';
import type { Json } from '../../model/document.ts';
import { placeOf } from '../../openapi/document/place.ts';
import { below } from '../../openapi/document/pointer.ts';
import type { LintRule } from '../finding.ts';

export const xEnumRule: LintRule = {
  id: 'x-enum',
  title: 'The values that a schema allows are listed under `enum`, once.',
  severity: 'warning',
  *find({ document, schemas }) {
    for (const { pointer, value } of schemas) {
      const { 'x-enum': own, enum: standard } = value;
      if (own === undefined) continue;
      const place = below(pointer, 'x-enum');
      const at = { ...placeOf(document, place), pointer: place };
      if (standard === undefined) {
        yield {
          at,
          message: '`x-enum` lists values that no other tool reads: to them any value is valid',
          expected: '`enum`, or a description alone where further values may come',
          actual: shown(own),
          remedy: 'Write the list under `enum` if it is complete.',
        };
      } else if (sameValues(own, standard)) {
        yield {
          at,
          message: '`x-enum` repeats `enum`',
          expected: 'one list',
          actual: 'two of the same values',
          remedy: 'Take `x-enum` out.',
        };
      } else {
        yield {
          at,
          message: '`x-enum` and `enum` list different values',
          expected: shown(standard),
          actual: shown(own),
          remedy: 'Take `x-enum` out, and write every value under `enum`.',
          severity: 'error',
        };
      }
    }
  },
};

function sameValues(one: Json, other: Json): boolean {
  return sorted(one) === sorted(other);
}

function sorted(value: Json): string {
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return JSON.stringify([...new Set(items.map((item) => JSON.stringify(item)))].sort());
}

function shown(value: Json): string {
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return shortened(items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(', '), 200);
}
