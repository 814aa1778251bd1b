import { fullFormats } from 'ajv-formats/dist/formats.js';
import { compareDecimals, type Decimal, decimalOf, isWhole } from '../../../core/decimal.ts';
import { isDate, isDateTime, isTime } from './date-time.ts';

/** Whether a text is of a format; a format that is not known holds for all texts, as OpenAPI demands. */
export function isTextOf(format: string, text: string): boolean {
  return textFormats.get(format)?.(text) ?? true;
}

/** Whether a number is of a format: within the range of its type, judged from its digits. */
export function isNumberOf(format: string, number: Decimal, approximately: number): boolean {
  switch (format) {
    case 'float':
      return Number.isFinite(Math.fround(approximately));
    case 'double':
      return Number.isFinite(approximately);
    default: {
      const range = integerRanges.get(format);
      if (range === undefined) return true;
      return isWhole(number) && compareDecimals(number, range.least) >= 0 && compareDecimals(number, range.most) <= 0;
    }
  }
}

type IsText = (text: string) => boolean;

const textFormats: ReadonlyMap<string, IsText> = new Map<string, IsText>([
  ...Object.entries(fullFormats).flatMap(([name, format]): readonly (readonly [string, IsText])[] => {
    if (typeof format === 'function') return [[name, (text) => format(text)]];
    if (format instanceof RegExp) return [[name, (text) => matches(format, text)]];
    return [];
  }),
  ['date', isDate],
  ['time', isTime],
  ['date-time', isDateTime],
  ['uuid', (text) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)],
  ['email', isMailbox],
]);

/** A pattern with the flag `g` goes on where it left off. */
function matches(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const dotString = new RegExp(`^${atom}(?:\\.${atom})*$`, 'i');
const quotedString = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"$/;
const domain = new RegExp(`^${label}(?:\\.${label})*$`, 'i');
const addressLiteral =
  /^\[(?:IPv6:[0-9a-f:.]{2,45}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[a-z0-9-]+:[\x21-\x5a\x5e-\x7e]+)\]$/i;

/** `Mailbox` of RFC 5321 §4.1.2, within the lengths of §4.5.3.1. */
function isMailbox(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const host = text.slice(at + 1);
  if (at < 1 || local.length > 64 || text.length > 254) return false;
  return (dotString.test(local) || quotedString.test(local)) && (domain.test(host) || addressLiteral.test(host));
}

/** The formats of whole numbers in OpenAPI's format registry. */
const integerRanges: ReadonlyMap<string, { readonly least: Decimal; readonly most: Decimal }> = new Map([
  ...[8, 16, 32, 64].flatMap((bits) => [
    [`int${bits}`, range(-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n)] as const,
    [`uint${bits}`, range(0n, 2n ** BigInt(bits) - 1n)] as const,
  ]),
  ['double-int', range(-(2n ** 53n) + 1n, 2n ** 53n - 1n)],
]);

function range(least: bigint, most: bigint): { readonly least: Decimal; readonly most: Decimal } {
  return { least: decimal(least), most: decimal(most) };
}

function decimal(value: bigint): Decimal {
  return decimalOf(value.toString()) ?? { digits: value, exponent: 0 };
}
