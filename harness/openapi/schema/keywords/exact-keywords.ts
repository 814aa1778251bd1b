import type { Ajv2020 } from 'ajv/dist/2020.js';
import { compareDecimals, type Decimal, decimalOf, isMultipleOf, isWhole } from '../../../core/decimal.ts';
import { below } from '../../document/pointer.ts';
import { canonical, type ExactNumbers, exactly, mayBeRounded, type Written } from './exact.ts';
import { matchPattern } from './pattern.ts';
import { isNumberOf, isTextOf } from './formats.ts';

/** One value and one keyword that it is judged by. */
interface Judged {
  readonly value: unknown;
  readonly path: string;
  readonly keyword: string;
  readonly schema: unknown;
  readonly parent: object;
  readonly numbers: ExactNumbers;
}

/** Whole numbers by their digits: `type: integer` of ajv looks at the double. */
export const wholeNumber = 'x-whole-number';

/**
 * Replaces the keywords of ajv that compare numbers, `format` and `pattern`: doubles do not distinguish 9007199254740993
 * from 9007199254740992, 19.99 / 0.01 is not whole, and a regular expression may take years. Validators must be called
 * with `ExactNumbers` as `this`.
 */
export function useExactKeywords(ajv: Ajv2020): void {
  for (const [keyword, holds] of Object.entries(keywords)) {
    if (keyword !== wholeNumber) ajv.removeKeyword(keyword);
    ajv.addKeyword({
      keyword,
      ...(ofNumbers.has(keyword) ? { type: 'number' } : keyword === 'uniqueItems' ? { type: 'array' } : {}),
      errors: false,
      validate(this: ExactNumbers, schema: unknown, value: unknown, parent?: object, at?: { instancePath: string }) {
        return holds({ value, path: at?.instancePath ?? '', keyword, schema, parent: parent ?? {}, numbers: this });
      },
    });
  }
}

const ofNumbers = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'x-whole-number',
]);

const keywords: Readonly<Record<string, (judged: Judged) => boolean>> = {
  minimum: (judged) => compared(judged, (order) => order >= 0),
  maximum: (judged) => compared(judged, (order) => order <= 0),
  exclusiveMinimum: (judged) => compared(judged, (order) => order > 0),
  exclusiveMaximum: (judged) => compared(judged, (order) => order < 0),
  multipleOf: (judged) => {
    const [number, unit] = bothNumbers(judged);
    return number === undefined || unit === undefined || unit.digits === 0n || isMultipleOf(number, unit);
  },
  enum: (judged) => isListed(judged),
  'x-enum': (judged) => isListed(judged),
  const: (judged) => sameValue(judged, judged.schema, []),
  uniqueItems: (judged) => judged.schema !== true || !hasTwins(judged),
  format: ({ value, path, schema, numbers }) => {
    if (typeof schema !== 'string') return true;
    if (typeof value === 'string') return isTextOf(schema, value);
    const number = typeof value === 'number' ? exactly(value, numbers.digits.get(path)) : undefined;
    return number === undefined || isNumberOf(schema, number, Number(value));
  },
  pattern: ({ value, schema }) =>
    typeof value !== 'string' || typeof schema !== 'string' || matchPattern(schema, value) !== 'no match',
  [wholeNumber]: ({ value, path, numbers }) => {
    // A double with a fraction is reported by `type` already; only digits that it does not hold can say otherwise.
    const written = Number.isInteger(value) ? numbers.digits.get(path) : undefined;
    const number = written === undefined ? undefined : decimalOf(written);
    return number === undefined || isWhole(number);
  },
};

function compared(judged: Judged, holds: (order: number) => boolean): boolean {
  const [number, bound] = bothNumbers(judged);
  return number === undefined || bound === undefined || holds(compareDecimals(number, bound));
}

function bothNumbers(judged: Judged): readonly [Decimal | undefined, Decimal | undefined] {
  const { value, path, schema, keyword, numbers } = judged;
  if (typeof value !== 'number' || typeof schema !== 'number') return [undefined, undefined];
  return [exactly(value, numbers.digits.get(path)), exactly(schema, inSchema(judged)(schema, [keyword]))];
}

function isListed(judged: Judged): boolean {
  const { schema, value } = judged;
  if (!Array.isArray(schema)) return true;
  // Most lists are of texts, and most values one of them.
  if (typeof value === 'string') return schema.includes(value);
  return schema.some((item, index) => sameValue(judged, item, [String(index)]));
}

function sameValue(judged: Judged, wanted: unknown, keys: readonly string[]): boolean {
  const { value, path, keyword } = judged;
  if (typeof value !== typeof wanted) return false;
  const written = inSchema(judged);
  return canonical(value, inValue(judged, path)) === canonical(wanted, written, [keyword, ...keys]);
}

function hasTwins(judged: Judged): boolean {
  const { value, path } = judged;
  if (!Array.isArray(value)) return false;
  const seen = new Set(value.map((item, index) => canonical(item, inValue(judged, below(path, String(index))))));
  return seen.size < value.length;
}

function inValue({ numbers }: Judged, path: string): Written {
  return (_, keys) => (numbers.digits.size === 0 ? undefined : numbers.digits.get(below(path, ...keys)));
}

function inSchema({ numbers, parent }: Judged): Written {
  return (value, keys) => (mayBeRounded(value) ? numbers.digitsOfSchema(parent, keys) : undefined);
}
