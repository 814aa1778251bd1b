/** A decimal number of any size, exactly: `digits` times ten to the power of `exponent`. */
export interface Decimal {
  /** Without zeros at its end; 0n for zero. */
  readonly digits: bigint;
  readonly exponent: number;
}

/** Powers beyond this are taken for this one. */
const largestExponent = 1_000_000_000;

/** Reads a number as JSON and YAML write it, such as `19.99`, `-1e-3`; undefined where the text is none. */
export function decimalOf(text: string): Decimal | undefined {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  const [, sign = '', whole = '', fraction = '', power = '0'] = found ?? [];
  const written = (whole + fraction).replace(/^0+/, '');
  if (found === null || whole + fraction === '') return undefined;
  const kept = withoutZeros(written);
  if (kept === '') return { digits: 0n, exponent: 0 };
  const limited = Math.max(-largestExponent, Math.min(largestExponent, Number(power)));
  const exponent = limited - fraction.length + (written.length - kept.length);
  const digits = BigInt(kept);
  return { digits: sign === '-' ? -digits : digits, exponent };
}

/** Negative, 0 or positive, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const sign = signOf(a);
  if (sign !== signOf(b) || sign === 0) return sign - signOf(b);
  // Different magnitudes decide; where they are equal, the exponents differ by no more than the texts are long.
  const larger = magnitude(a) - magnitude(b);
  if (larger !== 0) return sign * larger;
  const shift = a.exponent - b.exponent;
  const left = shift > 0 ? a.digits * 10n ** BigInt(shift) : a.digits;
  const right = shift < 0 ? b.digits * 10n ** BigInt(-shift) : b.digits;
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Whether `a` is a whole multiple of `b`, which is not zero. */
export function isMultipleOf(a: Decimal, b: Decimal): boolean {
  if (a.digits === 0n) return true;
  // Its last digit is no zero: it has no smaller unit to be a multiple of.
  if (a.exponent < b.exponent) return false;
  const unit = b.digits < 0n ? -b.digits : b.digits;
  return (a.digits * powerOfTen(a.exponent - b.exponent, unit)) % unit === 0n;
}

/** Whether it has no fraction. */
export function isWhole({ exponent }: Decimal): boolean {
  return exponent >= 0;
}

function withoutZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

function signOf({ digits }: Decimal): number {
  return digits === 0n ? 0 : digits < 0n ? -1 : 1;
}

function magnitude({ digits, exponent }: Decimal): number {
  return (digits < 0n ? -digits : digits).toString().length + exponent;
}

/** Ten to that power, as far as it matters when it is divided by `unit`. */
function powerOfTen(power: number, unit: bigint): bigint {
  let result = 1n % unit;
  let factor = 10n % unit;
  for (let left = power; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * factor) % unit;
    factor = (factor * factor) % unit;
  }
  return result;
}
