import type { Json, OasDocument, Operation } from '../../../model/document.ts';
import { follow } from '../../../openapi/document/pointer.ts';
import { isObject } from '../../reply/reply.ts';
import { propertiesAt } from '../../../openapi/schema/schema-parts.ts';

const wrappers = /^(data|result|item|resource|payload)$/i;
const ids = ['id', 'uuid', 'name', 'slug', 'key'];

/** The property of a body, such as `data`, that has the whole resource inside. */
interface Wrapper {
  readonly name: string;
  /** The pointer of its schema. */
  readonly schema: string;
}

/** Many documents put a resource inside of `data`; a body that has an id beside it is the resource itself. */
export function wrapperAt(document: OasDocument, schema: string): Wrapper | undefined {
  const properties = propertiesAt(document, schema);
  if (ids.some((name) => properties.has(name))) return undefined;
  const usual = [...properties].find(([each]) => wrappers.test(each));
  const [name, inner] = usual ?? (properties.size === 1 ? [...properties] : []).flat();
  if (name === undefined || inner === undefined || propertiesAt(document, inner).size === 0) return undefined;
  return { name, schema: inner };
}

/** The pointer of the schema of the resource that a body of a schema has inside, or is. */
export function insideWrapper(document: OasDocument, schema: string): string {
  const wrapper = wrapperAt(document, schema);
  return wrapper === undefined ? schema : (follow(document.root, wrapper.schema)?.pointer ?? schema);
}

/** What a request says of a resource, without what it is wrapped in, and the pointer of the schema of that. */
export function resourceSent(
  { document, requestBody }: Operation,
  body: Json | undefined,
): { readonly body: Json | undefined; readonly schema?: string } {
  const schema = requestBody?.content.find((media) => media.schema !== undefined)?.schema;
  if (schema === undefined) return { body };
  const wrapper = wrapperAt(document, schema);
  const inner = wrapper === undefined || !isObject(body) ? undefined : body[wrapper.name];
  return wrapper === undefined || inner === undefined ? { body, schema } : { body: inner, schema: wrapper.schema };
}
