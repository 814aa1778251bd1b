type Plain = string | number | boolean;

/**
 * Whether a server that tells the one may have stored the other: what differs only in how it is written (spaces, letter case, a
 * trailing slash, the form of a date, of a number, of an address, of a UUID), or is masked, is no other value.
 */
export function sameValue(sent: Plain, told: Plain): boolean {
  if (sent === told || isMasked(told)) return true;
  const [one, other] = [String(sent), String(told)];
  const rules = [folded, asNumber, asDate, asUrl, asUuid, asSlug];
  return rules.some((rule) => {
    const value = rule(one);
    return value !== undefined && value === rule(other);
  });
}

/** Secrets are told in part: `****1234`. */
function isMasked(told: Plain): boolean {
  return typeof told === 'string' && /[*•]{3}/.test(told);
}

function folded(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase().replace(/\/$/, '');
}

/** Of a fraction, digits beyond those of a 32-bit float may be lost: 0.1 is told as 0.10000000149011612. */
function asNumber(text: string): number | undefined {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return undefined;
  return Number.isInteger(number) ? number : Number(number.toPrecision(7));
}

const date = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/** The same moment to the second; a date alone is midnight in UTC, as is a time without a zone. */
function asDate(text: string): number | undefined {
  const written = text.trim();
  const isHttpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(written);
  if (!date.test(written) && !isHttpDate) return undefined;
  const zoned = isHttpDate || written.length <= 10 || /(?:Z|[+-]\d{2}:?\d{2})$/i.test(written);
  const moment = Date.parse(zoned ? written : `${written}Z`);
  return Number.isNaN(moment) ? undefined : Math.floor(moment / 1000);
}

function asUrl(text: string): string | undefined {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(text.trim()) || !URL.canParse(text)) return undefined;
  return new URL(text).href.replace(/\/$/, '');
}

function asUuid(text: string): string | undefined {
  const digits = text.toLowerCase().replace(/^urn:uuid:|[{}-]/g, '');
  return /^[0-9a-f]{32}$/.test(digits) ? digits : undefined;
}

/** A name that is to stand in an address: `My shop` becomes `my-shop`. */
function asSlug(text: string): string | undefined {
  const words = folded(text)
    .split(/[\s_-]+/)
    .filter((word) => word !== '');
  return words.length === 0 || !/\p{L}/u.test(text) ? undefined : words.join('-');
}
