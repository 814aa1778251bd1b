import type { Json, JsonObject, OasDocument, Operation } from '../../../model/document.ts';
import { below, follow, isObject, member } from '../../../openapi/document/pointer.ts';
import { isJson } from '../../../openapi/media-type.ts';
import { changed } from '../../../openapi/schema/conforming.ts';
import { requestIssues } from '../../../openapi/schema/schema.ts';
import { slug } from '../../case-id.ts';
import { type Draft, withoutBody } from '../draft.ts';
import { takesBody } from '../takes-body.ts';
import type { WrongRequest } from './model.ts';
import { isClosed, requiredNames, wrongValues } from './wrong-value.ts';

/** How deep the parts of a body are made wrong: the deeper, the more requests and the less each shows. */
const deepest = 3;

/** Requests whose body breaks its schema, or is none. */
export function wrongBodies(operation: Operation, valid: Draft): readonly WrongRequest[] {
  const { body } = valid;
  const { document, requestBody } = operation;
  if (body === undefined || requestBody === undefined || !takesBody(operation)) return [];
  const { value, media } = body;
  const missing: readonly WrongRequest[] = requestBody.required
    ? [{ id: 'body-missing', what: 'without the required body', draft: withoutBody(valid), kind: 'body' }]
    : [];
  if (!isJson(media.type)) return missing;
  const broken: WrongRequest = {
    id: 'body-malformed',
    what: 'with a body that is not JSON',
    draft: { ...withoutBody(valid), rawBody: { type: media.type, text: '{"broken": ' } },
    kind: 'body',
  };
  const { schema } = media;
  if (schema === undefined || requestIssues(document, schema, value).length > 0) return [...missing, broken];
  const parts = wrongParts(document, { pointer: schema, value, path: [] }).map(
    ({ path, id, what, change }): WrongRequest => ({
      id: ['body', ...path, id].map(slug).join('-'),
      what: `with a body ${what(path.join('.'))}`,
      draft: { ...valid, body: { media, value: changedPart(value, path, change) } },
      kind: 'body',
    }),
  );
  const judged = parts.filter(({ draft }) => requestIssues(document, schema, draft.body?.value).length > 0);
  return [
    ...judged.filter(({ id }) => id.endsWith('-missing')),
    broken,
    ...missing,
    ...judged.filter(({ id }) => !id.endsWith('-missing')),
  ];
}

interface Part {
  readonly pointer: string;
  readonly value: Json;
  readonly path: readonly string[];
}

interface WrongPart {
  readonly path: readonly string[];
  readonly id: string;
  /** In words, to follow `with a body`, of the part of that name; the name of the whole body is empty. */
  readonly what: (name: string) => string;
  /** `undefined` takes the part out. */
  readonly change: Json | undefined;
}

function wrongParts(document: OasDocument, { pointer, value, path }: Part): readonly WrongPart[] {
  const own = wrongValues(document, pointer, value).map(({ id, what, value: change }): WrongPart => ({
    path,
    id,
    what: (name) => (name === '' ? `that ${what}` : `whose ${name} ${what}`),
    change,
  }));
  if (!isObject(value) || path.length >= deepest) return own;
  const missing = requiredNames(document, pointer, value)
    .filter((name) => !hasDefault(document, pointer, name))
    .map((name) => ({
      path: [...path, name],
      id: 'missing',
      what: (part: string) => `that lacks the required property ${part}`,
      change: undefined,
    }));
  const extra = isClosed(document, pointer)
    ? [
        {
          path: [...path, 'not_declared'],
          id: 'extra',
          what: (part: string) => `that has the forbidden property ${part}`,
          change: true,
        },
      ]
    : [];
  const inner = Object.entries(value).flatMap(([name, item]) => {
    const at = propertyAt(document, pointer, name);
    return at === undefined ? [] : wrongParts(document, { pointer: at, value: item, path: [...path, name] });
  });
  return [...missing, ...own, ...extra, ...inner];
}

/** A server may put the default in the place of what is missing, whatever `required` says. */
function hasDefault(document: OasDocument, pointer: string, name: string): boolean {
  const at = propertyAt(document, pointer, name);
  return at !== undefined && member(follow(document.root, at)?.value, 'default') !== undefined;
}

/** The schema of a property, also where it stands in a part of an `allOf`, or is that of any name. */
function propertyAt(document: OasDocument, pointer: string, name: string): string | undefined {
  const schema = follow(document.root, pointer);
  if (schema === undefined) return undefined;
  const own = below(schema.pointer, 'properties', name);
  if (follow(document.root, own) !== undefined) return own;
  const all = member(schema.value, 'allOf');
  const inPart = Array.isArray(all)
    ? all
        .map((_, index) => propertyAt(document, below(schema.pointer, 'allOf', String(index)), name))
        .find((found) => found !== undefined)
    : undefined;
  return (
    inPart ??
    (isObject(member(schema.value, 'additionalProperties')) ? below(schema.pointer, 'additionalProperties') : undefined)
  );
}

function changedPart(value: Json, path: readonly string[], change: Json | undefined): Json {
  if (path.length === 0) return change ?? value;
  const parent = path.slice(0, -1);
  const name = path.at(-1) ?? '';
  const set = (object: Json): Json => (isObject(object) ? withProperty(object, name, change) : object);
  return parent.length === 0 ? set(value) : changed(value, parent, set);
}

function withProperty(object: JsonObject, name: string, change: Json | undefined): JsonObject {
  const others = Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
  return change === undefined ? others : { ...object, [name]: change };
}
