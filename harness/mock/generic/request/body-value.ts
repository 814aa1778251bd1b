import type { Json, JsonObject, MediaType, OasDocument } from '../../../model/document.ts';
import { isJson } from '../../../openapi/media-type.ts';
import { isJsonLines } from '../../../openapi/request/body.ts';
import { itemsAt, propertiesAt, typesAt } from '../../../openapi/schema/schema-parts.ts';
import { pairsOf, scalarOf } from './parameter-value.ts';

/** A body as a value, or why it is none; `unread`: the media type is one that has no value here, such as XML. */
type BodyValue =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'unread' }
  | { readonly kind: 'broken'; readonly why: string };

/** Reads the bytes of a body in the media type that was declared for it. */
export function bodyValue(
  document: OasDocument,
  media: MediaType,
  { bytes, contentType }: { readonly bytes: Buffer; readonly contentType: string },
): BodyValue {
  if (isJson(contentType)) return json(bytes);
  if (isJsonLines(contentType)) return jsonLines(document, media, bytes);
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return form(document, media, bytes);
  if (/^multipart\/form-data\b/i.test(contentType)) return multipart(document, media, { bytes, contentType });
  if (/^text\/(?!.*xml)/i.test(contentType)) return { kind: 'value', value: scalar(document, media, bytes.toString()) };
  return { kind: 'unread' };
}

function json(bytes: Buffer): BodyValue {
  try {
    return { kind: 'value', value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json };
  } catch {
    return { kind: 'broken', why: 'The body is no valid JSON.' };
  }
}

/** Lines are judged one by one where the schema is that of a line, and together where it is that of a list. */
function jsonLines(document: OasDocument, { schema, ofItems }: MediaType, bytes: Buffer): BodyValue {
  const lines = bytes
    .toString()
    .split('\n')
    .filter((line) => line.trim() !== '');
  const values = lines.map((line) => json(Buffer.from(line)));
  const broken = values.findIndex(({ kind }) => kind === 'broken');
  if (broken >= 0) return { kind: 'broken', why: `Line ${broken + 1} of the body is no valid JSON.` };
  const items = values.flatMap((each) => (each.kind === 'value' ? [each.value] : []));
  const isList = ofItems !== true && schema !== undefined && itemsAt(document, schema) !== undefined;
  return { kind: 'value', value: isList ? items : (items[0] ?? null) };
}

function scalar(document: OasDocument, { schema }: MediaType, text: string): Json {
  return schema === undefined ? text : scalarOf(document, schema, text);
}

function form(document: OasDocument, media: MediaType, bytes: Buffer): BodyValue {
  const pairs = [...new URLSearchParams(bytes.toString())];
  if (pairs.length === 0 && pairsOf(bytes.toString(), '&').length > 0)
    return { kind: 'broken', why: 'The body is no form.' };
  return { kind: 'value', value: fromNames(document, media, pairs) };
}

/** RFC 7578. The parts are separated as bytes, which Latin-1 keeps as they are. */
function multipart(
  document: OasDocument,
  media: MediaType,
  { bytes, contentType }: { readonly bytes: Buffer; readonly contentType: string },
): BodyValue {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType)?.slice(1).find(Boolean);
  if (boundary === undefined) return { kind: 'broken', why: 'The Content-Type names no boundary.' };
  const text = `\r\n${bytes.toString('latin1')}`;
  const parts = text.split(`\r\n--${boundary}`).slice(1);
  if (parts.at(-1)?.startsWith('--') !== true)
    return { kind: 'broken', why: 'The body does not end with its boundary.' };
  const pairs = parts.slice(0, -1).flatMap((part): readonly (readonly [string, string])[] => {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, Math.max(0, end));
    const name = /^content-disposition:.*?;\s*name="([^"]*)"/im.exec(head)?.[1];
    const value = Buffer.from(part.slice(end + 4), 'latin1').toString();
    return name === undefined || end < 0 ? [] : [[Buffer.from(name, 'latin1').toString(), value]];
  });
  return { kind: 'value', value: fromNames(document, media, pairs) };
}

/** An object of names and texts: a name that is there several times, or that the schema has a list for, is a list. */
function fromNames(
  document: OasDocument,
  { schema }: MediaType,
  pairs: readonly (readonly [string, string])[],
): JsonObject {
  const properties = schema === undefined ? new Map<string, string>() : propertiesAt(document, schema);
  const body: Record<string, Json> = {};
  for (const name of new Set(pairs.map(([each]) => each))) {
    const texts = pairs.filter(([each]) => each === name).map(([, text]) => text);
    const property = properties.get(name);
    const isList = property !== undefined && typesAt(document, property).has('array');
    const items = isList ? itemsAt(document, property) : property;
    const values = texts.map((text) => scalarOf(document, items, text));
    Object.defineProperty(body, name, {
      value: isList || values.length > 1 ? values : values[0],
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  // `deepObject` and lists in one text are seldom in forms; a schema of one object per text is read by `scalarOf`.
  return body;
}
