import type { DeclaredResponse, Json, NamedExample, OasDocument } from '../../model/document.ts';
import { below, follow, isObject, member } from '../../openapi/document/pointer.ts';

/** Whether a schema names the property at the end of a path, through `$ref`, `allOf` and alternatives. */
export function declaresProperty(document: OasDocument, schema: string, path: readonly string[]): boolean {
  const answers = known.get(document) ?? new Map<string, boolean>();
  known.set(document, answers);
  const question = below(schema, ...path);
  const answer = answers.get(question) ?? findsProperty(document, schema, path);
  answers.set(question, answer);
  return answer;
}

const known = new WeakMap<OasDocument, Map<string, boolean>>();

function findsProperty(document: OasDocument, schema: string, path: readonly string[]): boolean {
  return (
    path.reduce<readonly string[]>(
      (pointers, name) => pointers.flatMap((pointer) => propertiesNamed(document, pointer, name)),
      [schema],
    ).length > 0
  );
}

/** The schemas that a property may have, through `$ref`, `allOf` and alternatives. */
export function propertiesNamed(document: OasDocument, schema: string, name: string): readonly string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const open = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const target = follow(document.root, next);
    if (target === undefined || seen.has(target.pointer) || !isObject(target.value)) continue;
    seen.add(target.pointer);
    if (member(target.value['properties'], name) !== undefined) found.push(below(target.pointer, 'properties', name));
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
      const branches = target.value[keyword];
      if (Array.isArray(branches)) open.push(...branches.map((_, at) => below(target.pointer, keyword, String(at))));
    }
  }
  return found;
}

/** The value at a path of property names. */
export function valueIn(value: unknown, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, name) => member(inner, name), value as Json | undefined);
}

/**
 * The examples that the document gives for a response with this status. The example of a schema that many responses
 * share is none of them, nor is one that names another status.
 */
export function examplesFor(response: DeclaredResponse, status: number): readonly NamedExample[] {
  return response.media
    .flatMap(({ examples }) => examples)
    .filter((example) => {
      if (!isOwnExample(example)) return false;
      const named = valueIn(example.value, ['status']);
      // A number that is no status of HTTP is a code of the document's own.
      const isStatus = typeof named === 'number' && named >= 100 && named < 600;
      return isStatus ? named === status : response.key === String(status);
    });
}

/**
 * Whether an example was written for its response: not sampled, and not the example of a schema of JSON that others use
 * too. A schema of text has no other place for its wording.
 */
export function isOwnExample({ origin, at, value }: NamedExample): boolean {
  return origin === 'document' && (typeof value === 'string' || !/\/schemas?\//.test(at.pointer));
}
