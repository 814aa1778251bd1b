/**
 * Ways of writing an id in a path that are not the id: each is a name that the contract gives to another resource, or
 * to none. `undefined`: this id has no such form (upper case of digits), so the case cannot show anything.
 */
export const idVariants = {
  upper: (id) => different(id, id.toUpperCase()),
  /** The first half: cutting one character off `ready-12` would name `ready-1`, which may be somebody's. */
  prefix: (id) => firstHalf(Array.from(id)),
  extended: (id) => encodeURIComponent(`${id}-x`),
  prefixed: (id) => encodeURIComponent(`x-${id}`),
  'trailing-space': (id) => encodeURIComponent(`${id} `),
  'leading-space': (id) => encodeURIComponent(` ${id}`),
  'trailing-dot': (id) => encodeURIComponent(`${id}.`),
  'trailing-nul': (id) => `${encodeURIComponent(id)}%00`,
  'trailing-newline': (id) => `${encodeURIComponent(id)}%0A`,
  'semicolon-parameter': (id) => `${encodeURIComponent(id)};v=1`,
  quoted: (id) => encodeURIComponent(`"${id}"`),
  'comma-list': (id) => encodeURIComponent(`${id},${id}`),
  'encoded-slash': (id) => `x%2F..%2F${encodeURIComponent(id)}`,
  'slash-after': (id) => `${encodeURIComponent(id)}%2F`,
  'dot-slash': (id) => `.%2F${encodeURIComponent(id)}`,
  'query-after': (id) => `${encodeURIComponent(id)}%3Fv=1`,
  'fragment-after': (id) => `${encodeURIComponent(id)}%23v`,
  'dot-segment': (id) => `x/../${encodeURIComponent(id)}`,
  'double-encoded': (id) => encodeURIComponent(everyCharacterEncoded(id)),
  /** The same id: percent-encoding an unreserved character changes nothing (RFC 3986 §6.2.2.2). */
  encoded: everyCharacterEncoded,
  wide: (id) => different(id, fullWidth(id)),
  'json-extension': (id) => encodeURIComponent(`${id}.json`),
  'colon-after': (id) => encodeURIComponent(`${id}:1`),
  'at-after': (id) => encodeURIComponent(`${id}@1`),
  'ampersand-after': (id) => encodeURIComponent(`${id}&v=1`),
  'equals-after': (id) => encodeURIComponent(`${id}=1`),
  'tilde-after': (id) => encodeURIComponent(`${id}~1`),
  'exclamation-after': (id) => encodeURIComponent(`${id}!`),
  'sql-comment-after': (id) => encodeURIComponent(`${id}'-- `),
  /** A zero-width space, a soft hyphen and a byte order mark, which some normalisations drop. */
  'invisible-after': (id) => encodeURIComponent(`${id}\u200B\u00AD\uFEFF`),
  'return-after': (id) => `${encodeURIComponent(id)}%0D`,
  'single-quoted': (id) => encodeURIComponent(`'${id}'`),
  'back-quoted': (id) => encodeURIComponent(`\`${id}\``),
  'in-brackets': (id) => encodeURIComponent(`[${id}]`),
  'behind-backslash': (id) => encodeURIComponent(`x\\..\\${id}`),
  /** What stands for any one character in SQL LIKE, in globs and in regular expressions. */
  'underscore-first': (id) => wild(id, '_'),
  'question-mark-first': (id) => wild(id, '?'),
  'dot-first': (id) => wild(id, '.'),
  'class-first': (id) =>
    /^[A-Za-z0-9]/.test(id) ? encodeURIComponent(`[${id.slice(0, 1)}]${id.slice(1)}`) : undefined,
  'character-reference': (id) => encodeURIComponent(`&#${id.codePointAt(0) ?? 0};${withoutFirst(id)}`),
  'broken-escape': (id) => `${encodeURIComponent(id)}%ZZ`,
  'cut-escape': (id) => `${encodeURIComponent(id)}%4`,
} as const satisfies Record<string, (id: string) => string | undefined>;

export type IdVariant = keyof typeof idVariants;

export function isIdVariant(name: string): name is IdVariant {
  return Object.hasOwn(idVariants, name);
}

/** The sign is percent-encoded: a plain name could be meant for somebody else's. */
function wild(id: string, sign: string): string | undefined {
  const code = sign.charCodeAt(0).toString(16).toUpperCase();
  return id.startsWith(sign) ? undefined : `%${code}${encodeURIComponent(withoutFirst(id))}`;
}

function withoutFirst(id: string): string {
  return Array.from(id).slice(1).join('');
}

function different(id: string, other: string): string | undefined {
  return other === id ? undefined : encodeURIComponent(other);
}

/** By whole characters: half a surrogate pair cannot be written in a path. */
function firstHalf(characters: readonly string[]): string | undefined {
  if (characters.length <= 3) return undefined;
  const half = characters.slice(0, Math.ceil(characters.length / 2)).join('');
  // A number that is cut short is a number still, and may be that of another resource.
  const cut = half.replace(/\d+$/, '');
  return cut === '' ? undefined : encodeURIComponent(cut);
}

function everyCharacterEncoded(id: string): string {
  return [...new TextEncoder().encode(id)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/** Letters and digits in the full-width block, which compatibility normalisation folds back to ASCII. */
function fullWidth(id: string): string {
  return id.replace(/[A-Za-z0-9]/g, (character) => String.fromCodePoint(character.charCodeAt(0) + 0xfee0));
}
