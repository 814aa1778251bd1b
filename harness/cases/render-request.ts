import { HarnessError } from '../core/errors.ts';
import type { CredentialVariant, RequestPlan } from '../model/case.ts';
import type { Credential, Operation } from '../model/document.ts';
import type { HeaderPair, WireRequest } from '../model/exchange.ts';
import { idVariants, isIdVariant } from './id-variants.ts';
import { withKeyVariants } from './key-variants.ts';

/** A plan cannot be filled with these values: the case has nothing to show here, which is a skip with this reason. */
interface Unrenderable {
  readonly reason: string;
}

/**
 * Turn a plan into bytes for the wire: `{name}` becomes a value of the arranged state, percent-encoded in the path, or
 * written as its variant says; the key goes where the security scheme wants it, or where the variant or `{api-key}` says.
 */
export function renderRequest(options: {
  readonly plan: RequestPlan;
  readonly values: Readonly<Record<string, string>>;
  readonly key: string;
  readonly operation: Operation;
  readonly connection?: string;
}): WireRequest | Unrenderable {
  const { plan, values, key, operation } = options;
  const path = filledPath(plan.path, values);
  if (typeof path !== 'string') return path;
  const credential = shownKey(plan.credential, key, operation.security[0]);
  if ('reason' in credential) return credential;
  const query = [
    ...(plan.query ?? []).map(([name, value]) => [name, filledText(value, values)] as const),
    ...credential.query,
  ]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return {
    method: plan.method,
    path: query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`,
    headers: [
      ...credential.headers,
      ...plan.headers.map(([name, value]): HeaderPair => [name, withKeyVariants(filledText(value, values), key)]),
    ],
    ...(plan.body === undefined ? {} : { body: withKeyVariants(filledText(plan.body, values), key) }),
    ...(options.connection === undefined ? {} : { connection: options.connection }),
  };
}

const placeholder = /\{([^{}|]+)(?:\|([^{}]+))?\}/g;

function filledPath(template: string, values: Readonly<Record<string, string>>): string | Unrenderable {
  let missing: Unrenderable | undefined;
  const path = template.replace(placeholder, (_, name: string, variant: string | undefined) => {
    const value = valueOf(values, name);
    if (variant === undefined) return encodeURIComponent(value);
    if (!isIdVariant(variant))
      throw new HarnessError('E_DISGUISE', `there is no id variant called "${variant}"`, { kind: 'harness' });
    const written = idVariants[variant](value);
    if (written === undefined) missing = { reason: `the id has no form "${variant}" that differs from itself` };
    return written ?? '';
  });
  return missing ?? path;
}

/** Only the path must be filled to the last brace: a JSON body is full of braces that are no placeholders. */
function filledText(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(placeholder, (whole, name: string) => valueIn(values, name) ?? whole);
}

function valueIn(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function valueOf(values: Readonly<Record<string, string>>, name: string): string {
  const value = valueIn(values, name);
  if (value === undefined) {
    throw new HarnessError('E_STATE_VALUE', `the arranged state gives no value "${name}"`, {
      kind: 'harness',
      hint: `It gives: ${Object.keys(values).join(', ') || 'nothing'}. Add "${name}" to the state in the states file.`,
    });
  }
  return value;
}

type Shown = { readonly headers: readonly HeaderPair[]; readonly query: readonly HeaderPair[] } | Unrenderable;

function shownKey(variant: CredentialVariant, key: string, credential: Credential | undefined): Shown {
  if (credential === undefined) return { headers: [], query: [] };
  const prefix = credential.type === 'apiKey' ? '' : 'Bearer ';
  const placed = (value: string, name = credential.name): Shown => {
    if (credential.in === 'query') return { headers: [], query: [[name, value]] };
    if (credential.in === 'cookie') return { headers: [['Cookie', `${name}=${value}`]], query: [] };
    return { headers: [[name, `${prefix}${value}`]], query: [] };
  };
  switch (variant) {
    case 'valid':
      return placed(key);
    case 'none':
      return { headers: [], query: [] };
    case 'empty':
      return placed('');
    case 'wrong':
      return placed(wrongKey);
    case 'truncated':
      return placed(key.slice(0, -1));
    case 'extended':
      return placed(`${key}0`);
    case 'other-case': {
      const swapped = swapCase(key);
      return swapped === key ? { reason: 'the key has no letters, so it has no other letter case' } : placed(swapped);
    }
    case 'over-long':
      return placed(`${key}${'x'.repeat(4000)}`);
    case 'in-query':
      return {
        headers: [],
        query: namesOf(credential).map((name): HeaderPair => [name, key]),
      };
    case 'in-cookie':
      return {
        headers: [
          [
            'Cookie',
            namesOf(credential)
              .map((name) => `${name}=${key}`)
              .join('; '),
          ],
        ],
        query: [],
      };
    case 'as-bearer':
      return { headers: [['Authorization', `Bearer ${key}`]], query: [] };
    case 'other-spelling':
      return placed(key, swapCase(credential.name));
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
