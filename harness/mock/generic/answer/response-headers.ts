import type { DeclaredResponse, Json, OasDocument } from '../../../model/document.ts';
import type { HeaderPair } from '../../../model/exchange.ts';
import { isJson } from '../../../openapi/media-type.ts';
import { headerText } from '../../../openapi/request/style.ts';
import { sampleOf } from '../../../openapi/schema/sample.ts';
import { keywordAt } from '../../../openapi/schema/schema-parts.ts';

const known = new WeakMap<DeclaredResponse, readonly HeaderPair[]>();

/** The headers that a declared response must have, with values that conform. */
export function headersFor(document: OasDocument, response: DeclaredResponse): readonly HeaderPair[] {
  const before = known.get(response);
  if (before !== undefined) return before;
  const made = response.headers
    .filter(({ required }) => required)
    .map(({ name, schema, mediaType }): HeaderPair => {
      const value = schema === undefined ? 'sample' : valueFor(document, schema);
      const text =
        mediaType !== undefined && isJson(mediaType) ? JSON.stringify(value) : headerText(value, { ...simple });
      return [name, text.replaceAll(/[^\t\x20-\x7e]/g, '?')];
    });
  known.set(response, made);
  return made;
}

const simple = { style: 'simple', explode: false, allowReserved: false };

function valueFor(document: OasDocument, schema: string): Json {
  return keywordAt(document, schema, 'example') ?? sampleOf(document, schema);
}

/** The headers of a response with one more, in the place of one of the same name. */
export function withHeader(headers: readonly HeaderPair[], name: string, value: string): readonly HeaderPair[] {
  return [...headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase()), [name, value]];
}
