/**
 * What a plan's headers and body may make of the key, as `{api-key|quoted}`: each is another key, and none. All begin with
 * the key or half of it, so that a report masks them.
 */
const keyVariants = {
  prefixed: (key) => `x${key}`,
  'last-changed': (key) => key.slice(0, -1) + another(key.slice(-1)),
  'half-changed': (key) => firstHalf(key) + key.slice(firstHalf(key).length).replace(/./gs, another),
  quoted: (key) => `"${key}"`,
  'percent-encoded': (key) =>
    [...new TextEncoder().encode(key)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  /** As the user name of basic authentication, with an empty password (RFC 7617). */
  basic: (key) => Buffer.from(`${key}:`).toString('base64'),
} as const satisfies Record<string, (key: string) => string>;

type KeyVariant = keyof typeof keyVariants;

const keyName = 'api-key';

/** `{api-key}` and `{api-key|form}` in a text; anything else is left alone. */
export function withKeyVariants(text: string, key: string): string {
  if (!text.includes(`{${keyName}`)) return text;
  return text.replace(/\{api-key(?:\|([a-z-]+))?\}/g, (whole, form: string | undefined) => {
    if (form === undefined) return key;
    return isKeyVariant(form) ? keyVariants[form](key) : whole;
  });
}

function isKeyVariant(name: string): name is KeyVariant {
  return Object.hasOwn(keyVariants, name);
}

function firstHalf(key: string): string {
  return key.slice(0, Math.ceil(key.length / 2));
}

function another(character: string): string {
  return character === '0' ? '1' : '0';
}
