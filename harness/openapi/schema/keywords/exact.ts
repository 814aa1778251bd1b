import { type Decimal, decimalOf } from '../../../core/decimal.ts';

/** The digits of numbers that a double does not hold exactly, by JSON pointer, as the text wrote them. */
export type Digits = ReadonlyMap<string, string>;

/** What numbers are judged by: the digits of the value, and of the schema. */
export interface ExactNumbers {
  readonly digits: Digits;
  /** The digits of a number in a schema object, by the keys that lead to it, as the document writes them. */
  digitsOfSchema(parent: object, keys: readonly string[]): string | undefined;
}

/** The number that a text says, where the text is known, or else the shortest one that a double stands for. */
export function exactly(value: number, written: string | undefined): Decimal | undefined {
  return (written === undefined ? undefined : decimalOf(written)) ?? decimalOf(String(value));
}

/** Whether a double may be another number than the text it was read from: it has as many digits as a double can distinguish. */
export function mayBeRounded(value: number): boolean {
  const text = String(value);
  return /[eI]/.test(text) || text.replace(/[-.]/g, '').length > 15;
}

/** The digits of a value of a schema: of itself and of what is within. */
export type Written = (value: number, keys: readonly string[]) => string | undefined;

/**
 * A text that two values have in common where JSON Schema calls them equal: numbers by what they are and not by how
 * they are written, objects whatever the order of their properties.
 */
export function canonical(value: unknown, written: Written, keys: readonly string[] = []): string {
  if (typeof value === 'number') {
    const decimal = exactly(value, written(value, keys));
    return decimal === undefined ? String(value) : `${decimal.digits}e${decimal.exponent}`;
  }
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown, index) => canonical(item, written, [...keys, String(index)])).join(',')}]`;
  }
  if (value === undefined) return 'undefined';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, inner]) => `${JSON.stringify(name)}:${canonical(inner, written, [...keys, name])}`,
  );
  return `{${members.sort().join(',')}}`;
}
