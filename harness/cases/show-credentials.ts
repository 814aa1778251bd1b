import type { CredentialVariant } from '../model/case.ts';
import type { Credential, Operation } from '../model/document.ts';
import { forbiddenKeyVariable } from '../core/default-suite.ts';
import type { HeaderPair } from '../model/exchange.ts';
import { mainCredential, usedCredentials } from '../openapi/operation/security.ts';

/** What of a request shows its credentials, or why this variant cannot be shown. */
type Shown =
  { readonly headers: readonly HeaderPair[]; readonly query: readonly HeaderPair[] } | { readonly reason: string };

/**
 * All credentials of the security alternative in use: the main one as the variant says, the others as they are. Where
 * `credentials` has no value for a scheme, the key stands for it, as the embedded mock accepts it.
 */
export function showCredentials(
  variant: CredentialVariant,
  given: {
    readonly key: string;
    readonly forbiddenKey?: string;
    readonly credentials?: Readonly<Record<string, string>>;
  },
  operation: Operation,
): Shown {
  const main = mainCredential(operation);
  if (main === undefined) return { headers: [], query: [] };
  if (main.type === 'mutualTLS' && variant !== 'valid') return { reason: noCertificate };
  const valueOf = ({ scheme }: Credential): string => {
    const { credentials = {} } = given;
    return (Object.hasOwn(credentials, scheme) ? credentials[scheme] : undefined) ?? given.key;
  };
  const shown =
    variant === 'forbidden' ? showForbidden(given.forbiddenKey, main) : showMain(variant, valueOf(main), main);
  if ('reason' in shown) return shown;
  const others = usedCredentials(operation)
    .filter((credential, at, all) => !all.slice(0, at).some((other) => isSamePlace(credential, other)))
    .filter((credential) => !isSamePlace(credential, main))
    .map((credential) => placed(credential, valueOf(credential)));
  return {
    headers: joinCookies([shown, ...others].flatMap(({ headers }) => headers)),
    query: [shown, ...others].flatMap(({ query }) => query),
  };
}

/** One header has one value: of two schemes that are shown in the same place, the first is. */
function isSamePlace(one: Credential, other: Credential): boolean {
  return one === other || (one.in === other.in && one.name.toLowerCase() === other.name.toLowerCase());
}

type Placed = Exclude<Shown, { readonly reason: string }>;

function placed(credential: Credential, value: string, name = credential.name): Placed {
  if (credential.type === 'mutualTLS') return { headers: [], query: [] };
  if (credential.in === 'query') return { headers: [], query: [[name, value]] };
  if (credential.in === 'cookie') return { headers: [['Cookie', `${name}=${value}`]], query: [] };
  if (credential.prefix === undefined) return { headers: [[name, value]], query: [] };
  // RFC 7617: the credential is `user:password`.
  const sent = credential.prefix === 'Basic' ? Buffer.from(value).toString('base64') : value;
  return { headers: [[name, `${credential.prefix} ${sent}`]], query: [] };
}

/** RFC 6265 §5.4: one Cookie header. */
function joinCookies(headers: readonly HeaderPair[]): readonly HeaderPair[] {
  const cookies = headers.filter(([name]) => name === 'Cookie');
  if (cookies.length < 2) return headers;
  const others = headers.filter(([name]) => name !== 'Cookie');
  return [...others, ['Cookie', cookies.map(([, value]) => value).join('; ')]];
}

function showForbidden(key: string | undefined, credential: Credential): Shown {
  return key === undefined ? { reason: noForbiddenKey } : placed(credential, key);
}

/** Why a case that needs the second key cannot run. */
export const noForbiddenKey = `${forbiddenKeyVariable} is not set: no key that is known and lacks the permission`;

const noCertificate = 'the operation takes a client certificate (mutualTLS), of which no other kind can be shown';

function showMain(variant: Exclude<CredentialVariant, 'forbidden'>, key: string, credential: Credential): Shown {
  switch (variant) {
    case 'valid':
      return placed(credential, key);
    case 'none':
      return { headers: [], query: [] };
    case 'empty':
      return placed(credential, '');
    case 'wrong':
      return placed(credential, wrongKey);
    case 'truncated':
      return placed(credential, key.slice(0, -1));
    case 'extended':
      return placed(credential, `${key}0`);
    case 'other-case': {
      const swapped = swapCase(key);
      if (swapped === key) return { reason: 'the key has no letters, so it has no other letter case' };
      return placed(credential, swapped);
    }
    case 'over-long':
      return placed(credential, `${key}${'x'.repeat(4000)}`);
    case 'in-query':
      return { headers: [], query: namesOf(credential).map((name): HeaderPair => [name, key]) };
    case 'in-cookie': {
      const pairs = namesOf(credential).map((name) => `${name}=${key}`);
      return { headers: [['Cookie', pairs.join('; ')]], query: [] };
    }
    case 'as-bearer':
      return { headers: [['Authorization', `Bearer ${key}`]], query: [] };
    case 'other-spelling':
      return placed(credential, key, swapCase(credential.name));
    default:
      return variant satisfies never;
  }
}

/** What servers call a key in the query or in a cookie. */
function namesOf({ name }: Credential): readonly string[] {
  return [...new Set([name, 'api_key', 'api-key', 'apiKey', 'apikey', 'x-api-key', 'key', 'access_token', 'token'])];
}

/** Shaped like a key, known to nobody. */
const wrongKey = 'pcsk_00000_not-a-key-0000000000000000000000000000000000';

function swapCase(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
