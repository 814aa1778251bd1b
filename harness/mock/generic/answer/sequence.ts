import type { Json, MediaType, OasDocument } from '../../../model/document.ts';
import { isObject, member } from '../../../openapi/document/pointer.ts';
import { bodyText } from '../../../openapi/request/body.ts';
import type { SequenceFormat } from '../../../openapi/sequences/format.ts';
import { itemsIn } from '../../../openapi/sequences/items.ts';
import { schemaIssues } from '../../../openapi/schema/schema.ts';
import { propertiesAt } from '../request/schema-parts.ts';

/** A sequence that ends after its items: those of a list, or one item twice, for a sequence of one shows little. */
export function sequenceBody(document: OasDocument, media: MediaType, format: SequenceFormat, value: Json): string {
  if (typeof value === 'string') return textBody(document, media, format, value);
  const items: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value, value];
  if (format !== 'events') return bodyText(document, media, items).text;
  const asFields = media.schema !== undefined && propertiesAt(document, media.schema).has('data');
  return items.map((item) => (asFields ? eventOf(item) : `data: ${JSON.stringify(item)}\n\n`)).join('');
}

/** Text is sent as it is where it is an event stream, or must not be anything else. */
function textBody(document: OasDocument, { schema }: MediaType, format: SequenceFormat, text: string): string {
  if (format !== 'events' || !itemsIn(format, text).meaningless) return text;
  const event = eventOf({ data: text });
  return schema === undefined || schemaIssues(document, schema, event).length === 0 ? event : text;
}

/** The fields of an event as lines; each line of its data is one. */
function eventOf(item: Json): string {
  const fields = isObject(item) ? item : { data: item };
  const lines = ['event', 'id', 'retry', 'data'].flatMap((name) => {
    const value = member(fields, name);
    if (value === undefined) return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return (name === 'data' ? text.split(/\r\n|\n|\r/) : [text]).map((line) => `${name}: ${line}\n`);
  });
  return `${lines.join('')}\n`;
}
