import { randomUUID } from 'node:crypto';
import type { Json, JsonObject, OasDocument, Operation } from '../../../model/document.ts';
import { requestIssues } from '../../../openapi/schema/schema.ts';
import { sampleOf } from '../../../openapi/schema/sample.ts';
import type { Ancestor, ResourceKind } from './structure.ts';
import { keywordAt, propertiesAt, typesAt } from '../../../openapi/schema/schema-parts.ts';

/** What names a resource besides the parameter of its path, the most usual first. */
const usual = ['id', 'name', 'uuid', 'key', 'slug', 'code', 'username', 'title'];

/** The property that holds the id of a resource, of those that a body may have. */
export function idProperty(kind: ResourceKind, names: ReadonlySet<string>): string | undefined {
  if (kind.linkedId !== undefined && names.has(kind.linkedId)) return kind.linkedId;
  const wanted = plain(kind.idParameter);
  const all = [...names];
  const exact = all.find((name) => plain(name) === wanted);
  if (exact !== undefined) return exact;
  // `index_name` is the `name` of an index, `petId` the `id` of a pet.
  const end = all
    .filter((name) => wanted.endsWith(plain(name)) && plain(name).length > 1)
    .sort((a, b) => b.length - a.length)[0];
  return end ?? usual.map((name) => all.find((each) => plain(each) === name)).find((name) => name !== undefined);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** The names that bodies about a kind of resource may have. */
export function namesOf(document: OasDocument, schemas: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set(schemas.flatMap((schema) => (schema === undefined ? [] : [...propertiesAt(document, schema).keys()])));
}

/** The id that a body gives, as it stands in a path. */
export function idIn(body: JsonObject, property: string | undefined): string | undefined {
  const value = property === undefined ? undefined : body[property];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A new id, as it stands in a body: it fits all the schemas that are given and is not taken. */
export function newId(
  document: OasDocument,
  schemas: readonly string[],
  how: {
    /** How many ids there have been, the new one included. */
    readonly next: () => number;
    readonly taken: (id: Json) => boolean;
  },
): Json {
  const [first] = schemas;
  const sample = first === undefined ? '' : sampleOf(document, first);
  const fits = (id: Json): boolean =>
    !how.taken(id) && schemas.every((schema) => requestIssues(document, schema, id).length === 0);
  for (let round = 0; round < mostRounds; round += 1) {
    const found = candidates(document, { schema: first, sample, count: how.next() }).find(fits);
    if (found !== undefined) return found;
  }
  // There are no more ids than the schemas leave: the first resource gives way.
  const again = candidates(document, { schema: schemas.at(-1), sample, count: 1 });
  return again.find((id) => schemas.every((schema) => requestIssues(document, schema, id).length === 0)) ?? sample;
}

/** Ids that are taken are passed over this often. */
const mostRounds = 100;

function candidates(
  document: OasDocument,
  given: { readonly schema: string | undefined; readonly sample: Json; readonly count: number },
): readonly Json[] {
  const { schema, sample, count } = given;
  const lowest = schema === undefined ? 0 : keywordAt(document, schema, 'minimum');
  const number = (typeof lowest === 'number' ? Math.ceil(lowest) - 1 : 0) + count;
  const types = schema === undefined ? new Set(['string']) : typesAt(document, schema);
  const word = typeof sample === 'string' ? sample : '';
  const start = word.slice(0, Math.max(0, word.length - String(count).length));
  const texts = [randomUUID(), `${word}-${count}`, `${word}${count}`, `${start}${count}`, String(number)];
  return types.has('integer') || types.has('number') ? [number, ...texts] : [...texts, number];
}

/** The ids that the document itself names in a parameter: its example, or else the value that its schema lets be made. */
export function documentIds(operation: Operation, { parameter }: Pick<Ancestor, 'parameter'>): readonly string[] {
  const declared = operation.parameters.find(({ name, in: place }) => place === 'path' && name === parameter);
  if (declared === undefined) return [];
  const { example, schema } = declared;
  const value = example ?? (schema === undefined ? undefined : sampleOf(operation.document, schema));
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}
