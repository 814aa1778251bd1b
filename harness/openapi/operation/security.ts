import { HarnessError } from '../../core/errors.ts';
import type { Credential, Json, OasDocument } from '../../model/document.ts';
import { placeOf } from '../document/place.ts';
import { below, follow, isObject, member } from '../document/pointer.ts';

/** The credentials of an operation's first security alternative: its own list, or else that of the whole document. */
export function credentialsOf(document: OasDocument, operation: string): readonly Credential[] {
  const own = below(operation, 'security');
  const pointer = follow(document.root, own) === undefined ? '/security' : own;
  const alternatives = follow(document.root, pointer)?.value;
  const [first] = Array.isArray(alternatives) ? (alternatives as readonly Json[]) : [];
  if (!isObject(first)) return [];
  return Object.keys(first).map((scheme) => credentialOf(document, scheme, pointer));
}

function credentialOf(document: OasDocument, scheme: string, asked: string): Credential {
  const value = follow(document.root, below('', 'components', 'securitySchemes', scheme))?.value;
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
    case 'http':
    case 'oauth2':
    case 'openIdConnect':
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
