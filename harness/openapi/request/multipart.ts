import type { Json, MediaType, OasDocument } from '../../model/document.ts';
import { below, follow, member } from '../document/pointer.ts';
import { encodingOf } from './form.ts';
import { isList, isObject, textOf } from './style.ts';

/** No sample has this line, and the same request is the same bytes each time. */
const boundary = 'pinecone-contract-7d1f0b5c';

/** A multipart body (RFC 2046): one part for each property, and for each item of a property that is a list. */
export function multipart(
  document: OasDocument,
  media: MediaType,
  value: Json,
): { readonly contentType: string; readonly text: string } {
  const parts = isObject(value)
    ? Object.entries(value).flatMap(([name, item]) =>
        (isList(item) ? item : [item]).map((each) => partOf(document, media, { name, value: each })),
      )
    : [`Content-Type: text/plain\r\n\r\n${textOf(value)}`];
  const text = `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
  return { contentType: `${media.type}; boundary=${boundary}`, text };
}

function partOf(
  document: OasDocument,
  media: MediaType,
  { name, value }: { readonly name: string; readonly value: Json },
): string {
  const declared = member(encodingOf(document, media, name), 'contentType');
  const file = isFile(document, media, name);
  const type = typeof declared === 'string' ? firstOf(declared) : isObject(value) ? 'application/json' : undefined;
  // RFC 7578: a file has a name, and a type that is by default application/octet-stream.
  const disposition = `Content-Disposition: form-data; name="${quoted(name)}"${file ? `; filename="${quoted(name)}.bin"` : ''}`;
  const contentType = type ?? (file ? 'application/octet-stream' : undefined);
  const head = contentType === undefined ? disposition : `${disposition}\r\nContent-Type: ${contentType}`;
  return `${head}\r\n\r\n${textOf(value)}`;
}

/** A list of types such as `image/png, image/*`: the first that is no range. */
function firstOf(declared: string): string {
  const types = declared.split(',').map((type) => type.trim());
  return types.find((type) => !type.includes('*')) ?? 'application/octet-stream';
}

/** Binary content: `format: binary` in OpenAPI 3.0, `contentMediaType` or no type at all in 3.1. */
function isFile(document: OasDocument, { schema }: MediaType, name: string): boolean {
  if (schema === undefined) return false;
  const property = follow(document.root, below(schema, 'properties', name));
  const own =
    property === undefined ? undefined : (follow(document.root, below(property.pointer, 'items')) ?? property);
  if (member(own?.value, 'format') === 'binary') return true;
  const media = member(own?.value, 'contentMediaType');
  return typeof media === 'string' && member(own?.value, 'contentEncoding') === undefined && !/json/.test(media);
}

function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
