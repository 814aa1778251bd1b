import type { Json, MediaType, OasDocument } from '../../../model/document.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isObject, member } from '../../../openapi/document/pointer.ts';
import { bodyText } from '../../../openapi/request/body.ts';
import type { SequenceFormat } from '../../../openapi/sequences/format.ts';
import { itemsIn } from '../../../openapi/sequences/items.ts';
import { dataContentSchema } from '../../../openapi/sequences/content-schema.ts';
import { sampleOf } from '../../../openapi/schema/sample.ts';
import { schemaIssues } from '../../../openapi/schema/schema.ts';
import { propertiesAt } from '../../../openapi/schema/schema-parts.ts';

/** A sequence that ends after its items: those of a list, or one item twice, for a sequence of one shows little. */
export function sequenceBody(document: OasDocument, media: MediaType, format: SequenceFormat, value: Json): string {
  if (typeof value === 'string') return textBody(document, media, format, value);
  const items: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value, value];
  if (format !== 'events') return bodyText(document, media, items).text;
  const declared = media.schema === undefined ? new Map<string, string>() : propertiesAt(document, media.schema);
  const asFields = (media.ofItems === true ? fieldNames : ['data']).some((name) => declared.has(name));
  const content =
    media.ofItems === true && media.schema !== undefined ? dataContentSchema(document, media.schema) : undefined;
  return items
    .map((item) => (asFields ? eventOf(withContent(document, content, item)) : `data: ${JSON.stringify(item)}\n\n`))
    .join('');
}

/** Text is sent as it is where it is an event stream, or must not be anything else. */
function textBody(document: OasDocument, { schema }: MediaType, format: SequenceFormat, text: string): string {
  if (format !== 'events' || !itemsIn(format, text).meaningless) return text;
  const event = eventOf({ data: text });
  return schema === undefined || schemaIssues(document, schema, event).length === 0 ? event : text;
}

/** The data of an event as the JSON text that its `contentSchema` asks for. */
function withContent(document: OasDocument, content: string | undefined, item: Json): Json {
  if (content === undefined || !isObject(item)) return item;
  const { data } = item;
  const held = typeof data === 'string' ? (parsedJson(data) as Json | undefined) : undefined;
  if (held !== undefined && schemaIssues(document, content, held).length === 0) return item;
  return { ...item, data: JSON.stringify(sampleOf(document, content)) };
}

const fieldNames = ['event', 'id', 'retry', 'data'];

/** The fields of an event as lines; each line of its data is one. */
function eventOf(item: Json): string {
  const fields = isObject(item) ? item : { data: item };
  const lines = fieldNames.flatMap((name) => {
    // An event without data is none.
    const value = member(fields, name) ?? (name === 'data' ? '' : undefined);
    if (value === undefined) return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return (name === 'data' ? text.split(/\r\n|\n|\r/) : [text]).map((line) => `${name}: ${line}\n`);
  });
  return `${lines.join('')}\n`;
}
