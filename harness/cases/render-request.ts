import { HarnessError, reportIt } from '../core/errors.ts';
import type { RequestPlan } from '../model/case.ts';
import type { Operation } from '../model/document.ts';
import type { HeaderPair, WireRequest } from '../model/exchange.ts';
import { isJson } from '../openapi/media-type.ts';
import { isJsonLines } from '../openapi/request/body.ts';
import { itemsOfResponses } from '../openapi/sequences/count-items.ts';
import { idVariants, isIdVariant } from './id-variants.ts';
import { withKeyVariants } from './key-variants.ts';
import { isNoPathValue } from './request/path-value.ts';
import { showCredentials } from './show-credentials.ts';

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
  /** The value of the main credential, see `mainCredential`. */
  readonly key: string;
  /** For the variant `forbidden`. */
  readonly forbiddenKey?: string;
  /** The values of all credentials, by scheme. */
  readonly credentials?: Readonly<Record<string, string>>;
  readonly operation: Operation;
  readonly connection?: string;
}): WireRequest | Unrenderable {
  const { plan, values, key, operation } = options;
  for (const name of plan.placeholders ?? []) valueOf(values, name);
  const path = filledPath(plan.path, values);
  if (typeof path !== 'string') return path;
  const credential = showCredentials(plan.credential, options, operation);
  if ('reason' in credential) return credential;
  const pairs = [
    ...(plan.query ?? []).map(([name, value]) => [name, filledText(value, values)] as const),
    ...credential.query,
  ];
  const query = [
    ...(plan.encodedQuery ?? []).map((part) => filledText(part, values, encodeURIComponent)),
    ...pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  ].join('&');
  const itemsOf = itemsOfResponses(operation.responses);
  return {
    method: plan.method,
    path: query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`,
    headers: [
      ...credential.headers,
      ...plan.headers.map(([name, value]): HeaderPair => [name, withKeyVariants(filledText(value, values), key)]),
    ],
    ...(plan.body === undefined
      ? {}
      : { body: withKeyVariants(filledText(plan.body, values, bodyEncoding(plan)), key) }),
    ...(options.connection === undefined ? {} : { connection: options.connection }),
    ...(itemsOf === undefined ? {} : { itemsOf }),
  };
}

const placeholder = /\{([^{}|]+)(?:\|([^{}]+))?\}/g;

function filledPath(template: string, values: Readonly<Record<string, string>>): string | Unrenderable {
  let missing: Unrenderable | undefined;
  const path = template.replace(placeholder, (whole: string, name: string, variant: string | undefined, at: number) => {
    const value = valueOf(values, name);
    const isWhole = template[at - 1] === '/' && /^[/?]?$/.test(template[at + whole.length] ?? '');
    if (isWhole && isNoPathValue(value)) {
      missing = { reason: `the value of ${name} is ${JSON.stringify(value)}, by which a path names no resource` };
      return '';
    }
    if (variant === undefined) return encodeURIComponent(value);
    if (!isIdVariant(variant))
      throw new HarnessError('E_DISGUISE', `there is no id variant called "${variant}"`, {
        kind: 'harness',
        hint: reportIt,
      });
    const written = idVariants[variant](value);
    if (written === undefined) missing = { reason: `the id has no form "${variant}" that differs from itself` };
    return written ?? '';
  });
  return missing ?? path;
}

/** Only the path must be filled to the last brace: a JSON body is full of braces that are no placeholders. */
function filledText(
  template: string,
  values: Readonly<Record<string, string>>,
  encode = (text: string): string => text,
): string {
  return template.replace(placeholder, (whole, name: string, variant: string | undefined) => {
    const value = valueIn(values, name);
    if (value === undefined) return whole;
    return variant === 'json' ? value : encode(value);
  });
}

/** How a value is written within a body of this media type. */
function bodyEncoding({ headers }: RequestPlan): (text: string) => string {
  const type = headers.findLast(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (isJson(type) || isJsonLines(type)) return (text) => JSON.stringify(text).slice(1, -1);
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return encodeURIComponent;
  if (/[/+]xml\b/i.test(type)) return (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return (text) => text;
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
