import type { Credential } from '../model/document.ts';
import { isSendable } from '../openapi/operation/security.ts';
import { showsKey } from './key.ts';

/**
 * Whether a request shows all credentials of one alternative, each with the mock's key as its value: of basic
 * authentication it is the user or the password. Where anonymous requests are allowed, none of the declared credentials
 * may be in the request: one that is there and wrong is refused.
 */
export function isAdmitted(
  request: { readonly rawHeaders: readonly string[]; readonly query: string },
  security: readonly (readonly Credential[])[],
  key: string,
): boolean {
  if (security.length === 0) return true;
  // No client shows the mock a certificate: an alternative that takes one admits nobody where there is another.
  const sendable = security.filter(isSendable);
  return (sendable.length > 0 ? sendable : security).some((alternative) =>
    alternative.length > 0
      ? alternative.every((credential) => shows(request, credential, key))
      : !security.flat().some((credential) => valuesOf(request, credential).length > 0),
  );
}

type Request = Parameters<typeof isAdmitted>[0];

function shows(request: Request, credential: Credential, key: string): boolean {
  if (credential.type === 'mutualTLS') return true;
  if (credential.in === 'header' && credential.prefix === undefined) {
    return showsKey(request.rawHeaders, credential.name.toLowerCase(), key);
  }
  const values = valuesOf(request, credential);
  const [value = ''] = values;
  if (values.length !== 1) return false;
  if (credential.in !== 'header') return value === key;
  const [, prefix = '', shown = ''] = /^(\S+) +(\S+)$/.exec(value) ?? [];
  if (prefix.toLowerCase() !== credential.prefix?.toLowerCase()) return false;
  if (credential.prefix !== 'Basic') return shown === key;
  const pair = Buffer.from(shown, 'base64').toString();
  const colon = pair.indexOf(':');
  return [pair, pair.slice(0, Math.max(colon, 0)), pair.slice(colon + 1)].includes(key);
}

function valuesOf({ rawHeaders, query }: Request, { in: place, name, type }: Credential): readonly string[] {
  if (type === 'mutualTLS') return [];
  switch (place) {
    case 'query':
      return new URLSearchParams(query).getAll(name);
    case 'header':
      return headersOf(rawHeaders, name);
    case 'cookie':
      return headersOf(rawHeaders, 'cookie')
        .flatMap((value) => value.split(';'))
        .map((pair) => pair.trim().split('='))
        .filter(([own]) => own === name)
        .map(([, ...value]) => value.join('='));
    default:
      return place satisfies never;
  }
}

function headersOf(rawHeaders: readonly string[], name: string): readonly string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name.toLowerCase());
}
