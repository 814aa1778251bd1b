import type { Json, JsonObject, MediaType, OasDocument } from '../../model/document.ts';
import { follow, member } from '../document/pointer.ts';
import { isObject, queryParts, type Style, textOf } from './style.ts';

/** The Encoding Object of a property, where the document has one. */
export function encodingOf(document: OasDocument, { encoding }: MediaType, name: string): JsonObject | undefined {
  const all = encoding === undefined ? undefined : follow(document.root, encoding)?.value;
  const own = member(all, name);
  return isObject(own ?? null) ? (own as JsonObject) : undefined;
}

/**
 * `application/x-www-form-urlencoded`: each property as a query parameter of its own; an object without a style is
 * written in its content type, which is JSON by default.
 */
export function formText(document: OasDocument, media: MediaType, value: Json): string {
  if (!isObject(value)) return typeof value === 'string' ? value : encodeURIComponent(textOf(value));
  return Object.entries(value)
    .flatMap(([name, item]) => {
      const encoding = encodingOf(document, media, name);
      const style = declaredStyle(encoding);
      if (style !== undefined) return queryParts(name, item, style);
      return queryParts(name, isObject(item) ? JSON.stringify(item) : item, plainForm);
    })
    .join('&')
    .replaceAll('%20', '+');
}

const plainForm: Style = { style: 'form', explode: true, allowReserved: false };

/** A style counts where one of its three properties is there; the others are then by default as for a query. */
function declaredStyle(encoding: JsonObject | undefined): Style | undefined {
  if (encoding === undefined) return undefined;
  const { style, explode, allowReserved } = encoding;
  if (style === undefined && explode === undefined && allowReserved === undefined) return undefined;
  const name = typeof style === 'string' ? style : 'form';
  return {
    style: name,
    explode: typeof explode === 'boolean' ? explode : name === 'form',
    allowReserved: allowReserved === true,
  };
}
