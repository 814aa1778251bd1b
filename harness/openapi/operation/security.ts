import { HarnessError } from '../../core/errors.ts';
import type { Credential, Json, OasDocument, Operation } from '../../model/document.ts';
import { placeOf } from '../document/place.ts';
import { below, follow, isObject, member, pointerInFragment } from '../document/pointer.ts';

/**
 * The security alternatives of an operation, each with all its credentials: its own list, or else that of the whole
 * document. An alternative without credentials allows anonymous requests; an empty list says that nothing is asked for.
 */
export function securityOf(document: OasDocument, operation: string): readonly (readonly Credential[])[] {
  const own = below(operation, 'security');
  const pointer = follow(document.root, own) === undefined ? '/security' : own;
  const alternatives = follow(document.root, pointer)?.value;
  if (!Array.isArray(alternatives)) return [];
  return (alternatives as readonly Json[])
    .filter(isObject)
    .map((schemes) => Object.keys(schemes).map((scheme) => credentialOf(document, scheme, pointer)));
}

/** Whether a request without any credential may be refused: no alternative allows it. */
export function requiresCredential({ security }: Pick<Operation, 'security'>): boolean {
  return security.length > 0 && security.every((alternative) => alternative.length > 0);
}

/**
 * The credentials that requests carry: those of the first alternative that has any. All of them are needed at once. One
 * that asks for a client certificate, which cannot be sent, is used only where there is no other.
 */
export function usedCredentials({ security }: Pick<Operation, 'security'>): readonly Credential[] {
  const sendable = security.filter(isSendable);
  const chosen = sendable.length > 0 ? sendable : security;
  return chosen.find((alternative) => alternative.length > 0) ?? [];
}

/** The credential that `PINECONE_API_KEY` is for, and that the probes vary: the first key, or else the first of all. */
export function mainCredential(operation: Pick<Operation, 'security'>): Credential | undefined {
  const used = usedCredentials(operation);
  return used.find(({ type }) => type === 'apiKey') ?? used.find(({ type }) => type !== 'mutualTLS') ?? used[0];
}

/** The operation with the alternatives first for which every credential `isGiven`. */
export function preferGiven(operation: Operation, isGiven: (credential: Credential) => boolean): Operation {
  const complete = (alternative: readonly Credential[]): boolean =>
    alternative.length > 0 && isSendable(alternative) && alternative.every(isGiven);
  if (operation.security.length < 2 || complete(usedCredentials(operation))) return operation;
  const { security } = operation;
  return { ...operation, security: [...security.filter(complete), ...security.filter((each) => !complete(each))] };
}

/** Whether all credentials of an alternative can be sent: a client certificate cannot. */
export function isSendable(alternative: readonly Credential[]): boolean {
  return alternative.every(({ type }) => type !== 'mutualTLS');
}

/** What is said of alternatives that are passed over, one line each; nothing where there is no other to use. */
export function unusedAlternatives(operation: Pick<Operation, 'id' | 'security'>): readonly string[] {
  const { id, security } = operation;
  if (!security.some(isSendable)) return [];
  const used = usedCredentials(operation).map(({ scheme }) => scheme);
  const instead = used.length === 0 ? 'requests carry no credential' : `requests carry ${used.join(' and ')}`;
  return security
    .filter((alternative) => !isSendable(alternative))
    .map((alternative) => {
      const names = alternative.map(({ scheme }) => scheme).join(' and ');
      return `${id}: the security alternative ${names} is not tested: it takes a client certificate (mutualTLS), which cannot be sent; ${instead}`;
    });
}

function credentialOf(document: OasDocument, scheme: string, asked: string): Credential {
  const named = follow(document.root, below('', 'components', 'securitySchemes', scheme));
  // OpenAPI 3.2: what is no name is a reference.
  const referred = named === undefined && scheme.startsWith('#') ? pointerInFragment(scheme) : undefined;
  const value = (named ?? (referred === undefined ? undefined : follow(document.root, referred)))?.value;
  const type = member(value, 'type');
  switch (type) {
    case 'apiKey': {
      const place = member(value, 'in');
      const name = member(value, 'name');
      if (typeof name === 'string' && (place === 'header' || place === 'query' || place === 'cookie')) {
        return { scheme, type, in: place, name };
      }
      throw unusable(document, asked, `the security scheme ${scheme} does not say where its key goes`);
    }
    case 'http': {
      // RFC 9110 §11.1: names of authentication schemes are case-insensitive.
      const name = member(value, 'scheme');
      const written = typeof name === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(name) ? name : 'Bearer';
      const known = ['Basic', 'Bearer'].find((each) => each.toLowerCase() === written.toLowerCase());
      return { scheme, type, in: 'header', name: 'Authorization', prefix: known ?? written };
    }
    case 'oauth2':
    case 'openIdConnect':
      return { scheme, type, in: 'header', name: 'Authorization', prefix: 'Bearer' };
    case 'mutualTLS':
      return { scheme, type, in: 'header', name: 'Authorization' };
    default:
      throw unusable(document, asked, `the security scheme ${scheme} is asked for, but not declared`);
  }
}

function unusable(document: OasDocument, pointer: string, why: string): HarnessError {
  const { file, line } = placeOf(document, pointer);
  return new HarnessError('E_DOCUMENT_INVALID', `${file}:${line}: ${why}`, {
    hint: 'Correct it under components.securitySchemes.',
  });
}
