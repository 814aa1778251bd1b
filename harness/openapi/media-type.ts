import { memoize } from '../core/memoize.ts';

/** A media type as in a Content-Type header; names are in lower case. */
interface MediaTypeText {
  /** Such as `application/json`. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Longer than any media type, and short enough for patterns that try again. */
const longest = 1000;

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const whole = new RegExp(`^\\s*(${token}/${token})((?:\\s*;.*)?)$`, 's');
const parameter = new RegExp(`\\s*;\\s*(?:(${token})=(${token}|"(?:[^"\\\\]|\\\\.)*"))?\\s*(?=;|$)`, 'gsy');

/** Reads a media type with its parameters; undefined where the text is none. RFC 9110, section 8.3.1. */
export const parseMediaType = memoize((text): MediaTypeText | undefined => {
  const [, type, rest = ''] = text.length > longest ? [] : (whole.exec(text) ?? []);
  if (type === undefined) return undefined;
  const parameters = new Map<string, string>();
  let read = 0;
  for (const [all, name, value] of rest.matchAll(parameter)) {
    read += all.length;
    if (name === undefined || value === undefined) continue;
    parameters.set(name.toLowerCase(), value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value);
  }
  return rest.slice(read).trim() === '' ? { type: type.toLowerCase(), parameters } : undefined;
});

/** Whether a given media type is the declared one; the declared one may be a range, such as `application/*`. */
export function satisfies(given: MediaTypeText, declared: string): boolean {
  const wanted = parseMediaType(declared);
  if (wanted === undefined) return false;
  const [main, sub] = wanted.type.split('/');
  const sameType =
    wanted.type === given.type || main === '*' || (sub === '*' && given.type.startsWith(`${main ?? ''}/`));
  // The charset is judged by the check of that name.
  return (
    sameType && [...wanted.parameters].every(([name, value]) => name === 'charset' || sameValue(given, name, value))
  );
}

function sameValue({ parameters }: MediaTypeText, name: string, value: string): boolean {
  return parameters.get(name) === value;
}

/** How specific a declared media type or range is: more parameters, then a type before `type/*` before the widest range. */
export function specificity(declared: string): number {
  const parsed = parseMediaType(declared);
  if (parsed === undefined) return 0;
  const exact = parsed.type.startsWith('*/') ? 0 : parsed.type.endsWith('/*') ? 1 : 2;
  const parameters = [...parsed.parameters.keys()].filter((name) => name !== 'charset');
  return 100 * exact + parameters.length;
}

/** Whether a declared media type is a range, such as `application/*`. */
export function isRange(declared: string): boolean {
  return /\/\*\s*(;|$)/.test(declared);
}

/** Whether bodies of that media type are JSON. */
export function isJson(type: string): boolean {
  return /^[^/;]+\/(json|[^;]+\+json)\s*(;|$)/i.test(type);
}
