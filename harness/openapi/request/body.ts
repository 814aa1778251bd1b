import type { Json, MediaType, OasDocument } from '../../model/document.ts';
import { isJson } from '../media-type.ts';
import { formText } from './form.ts';
import { multipart } from './multipart.ts';
import { isList, textOf } from './style.ts';
import { xmlText } from './xml.ts';

/** A body as it is sent. */
interface RequestBodyText {
  /** With the boundary, where the media type needs one. */
  readonly contentType: string;
  readonly text: string;
}

/** Writes a value in a media type as OpenAPI means it. */
export function bodyText(document: OasDocument, media: MediaType, value: Json): RequestBodyText {
  const contentType = concrete(media.type);
  const plain = (text: string): RequestBodyText => ({ contentType, text });
  if (isJson(contentType)) return plain(JSON.stringify(value));
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return plain(formText(document, media, value));
  if (/^multipart\//i.test(contentType)) return multipart(document, { ...media, type: contentType }, value);
  if (isJsonLines(contentType)) return plain(lines(isList(value) ? value : [value]));
  if (/^application\/json-seq\b/i.test(contentType)) {
    return plain((isList(value) ? value : [value]).map((item) => `\u001e${JSON.stringify(item)}\n`).join(''));
  }
  if (/[/+]xml\b/i.test(contentType) && typeof value !== 'string') return plain(xmlText(document, media.schema, value));
  return plain(textOf(value));
}

/** One JSON text on each line: NDJSON and JSON Lines. */
export function isJsonLines(type: string): boolean {
  return /^application\/(x-ndjson|ndjson|jsonl|x-jsonlines|json-lines|jsonlines)\b/i.test(type);
}

function lines(items: readonly Json[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}

/** A range such as `application/*` cannot be sent: the most usual type of it is. */
function concrete(type: string): string {
  if (!/\*/.test(type)) return type;
  return /^text\//i.test(type)
    ? 'text/plain'
    : /^(\*|application)\//.test(type)
      ? 'application/json'
      : type.replace('*', 'octet-stream');
}
