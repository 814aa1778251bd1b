import type { ErrorObject } from 'ajv';
import type { JsonObject } from '../../model/document.ts';
import { member, textAt, valueAt } from './pointer.ts';

/** One mistake in a document. */
export interface Problem {
  readonly pointer: string;
  readonly message: string;
}

/** What ajv says of one place; `named` are the values or properties that it names beside the sentence. */
interface Detail extends Problem {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly named: readonly string[];
}

/**
 * The mistakes behind the errors of a meta-schema. The meta-schema says of most places "one of these kinds, or a
 * reference", so that one mistake is reported for every kind and at every level above it as well. What is left here
 * are the deepest places, without remarks on what they are not.
 */
export function problemsOf(errors: readonly ErrorObject[], root: JsonObject): readonly Problem[] {
  const details = errors.map(detailOf);
  const found = new Map<string, Detail>();
  for (const detail of details) {
    const { keyword, named, pointer, message } = detail;
    if (['oneOf', 'anyOf', 'not', 'if'].includes(keyword) || named.includes('$ref')) continue;
    if (isOfAnotherKind(detail, root)) continue;
    const key = `${pointer} ${message}`;
    found.set(key, { ...detail, named: [...(found.get(key)?.named ?? []), ...named] });
  }
  const problems = [...found.values()].map(({ pointer, message, named }) => {
    return { pointer, message: named.length === 0 ? message : `${message}: ${[...new Set(named)].join(', ')}` };
  });
  return problems.filter(({ pointer }) => !problems.some((other) => other.pointer.startsWith(`${pointer}/`)));
}

function detailOf({ instancePath, keyword, schemaPath, message = '', ...error }: ErrorObject): Detail {
  const params: unknown = error.params;
  const names = ['missingProperty', 'additionalProperty', 'unevaluatedProperty'].map((key) => member(params, key));
  const allowed = member(params, 'allowedValues');
  const named = [...names, ...(Array.isArray(allowed) ? (allowed as readonly unknown[]) : [])];
  return {
    pointer: instancePath,
    keyword,
    schemaPath,
    message: message.replace(/ '.*'$/, ''),
    named: named.filter((name) => typeof name === 'string'),
  };
}

const schemeDefinitions: Readonly<Record<string, string>> = {
  apiKey: 'APIKeySecurityScheme',
  http: 'HTTPSecurityScheme',
  oauth2: 'OAuth2SecurityScheme',
  openIdConnect: 'OpenIdConnectSecurityScheme',
};

/** The meta-schema of 3.0 holds each security scheme against all kinds of them, and each parameter against all places. */
function isOfAnotherKind({ pointer, schemaPath, keyword }: Detail, root: JsonObject): boolean {
  if (!textAt(root, 'openapi').startsWith('3.0')) return false;
  const scheme = /^\/components\/securitySchemes\/[^/]+/.exec(pointer)?.[0];
  if (scheme !== undefined) {
    const meant = schemeDefinitions[textAt(valueAt(root, scheme), 'type')];
    // Ajv inlines the definition for oauth2, so that its name is not in the path.
    const inlined = meant === schemeDefinitions['oauth2'] && !schemaPath.includes('SecurityScheme');
    return meant !== undefined && !schemaPath.includes(meant) && !inlined;
  }
  const place = valueAt(root, pointer);
  const inParameter = keyword === 'enum' && schemaPath.includes('ParameterLocation');
  return inParameter && typeof place === 'string' && ['path', 'query', 'header', 'cookie'].includes(place);
}
