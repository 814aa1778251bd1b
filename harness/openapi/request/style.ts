import type { Json, JsonObject, Parameter } from '../../model/document.ts';

/** How a value that is no plain text is written, as OpenAPI names it. */
export interface Style {
  readonly style: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
}

const defaults: Readonly<Record<Parameter['in'], string>> = {
  path: 'simple',
  query: 'form',
  header: 'simple',
  cookie: 'form',
};

/** The style of a parameter; what the document leaves out is by default as OpenAPI says. */
export function styleOf(parameter: Pick<Parameter, 'in' | 'style' | 'explode' | 'allowReserved'>): Style {
  const style = parameter.style ?? defaults[parameter.in];
  return {
    style,
    explode: parameter.explode ?? (style === 'form' || style === 'deepObject' || style === 'cookie'),
    allowReserved: parameter.allowReserved ?? false,
  };
}

/** What stands in the path in place of `{name}`. */
export function pathText(name: string, value: Json, { style, explode }: Style): string {
  const encode = encodeURIComponent;
  switch (style) {
    case 'label':
      return `.${joined(value, { explode, encode, separator: explode ? '.' : ',' })}`;
    case 'matrix': {
      if (explode && isList(value)) return value.map((item) => matrix(name, encode(textOf(item)))).join('');
      if (explode && isObject(value)) {
        return entriesOf(value)
          .map(([key, item]) => matrix(encode(key), encode(item)))
          .join('');
      }
      return matrix(name, joined(value, { explode: false, encode, separator: ',' }));
    }
    default:
      return joined(value, { explode, encode, separator: ',' });
  }
}

/** A path template's placeholder of a parameter whose value is a text that is known later: `.{id}`, `;id={id}`. */
export function pathPlaceholder(name: string, { style }: Style): string {
  return style === 'label' ? `.{${name}}` : style === 'matrix' ? `;${name}={${name}}` : `{${name}}`;
}

function matrix(name: string, text: string): string {
  return text === '' ? `;${name}` : `;${name}=${text}`;
}

/** The parts between the `&` of a query or of a form, percent-encoded. */
export function queryParts(name: string, value: Json, { style, explode, allowReserved }: Style): readonly string[] {
  const encode = allowReserved ? encodeAllButReserved : encodeURIComponent;
  const part = (key: string, text: string): string => `${encodeURIComponent(key)}=${text}`;
  if (style === 'deepObject' && isObject(value)) {
    return entriesOf(value).map(([key, item]) => part(`${name}[${key}]`, encode(item)));
  }
  if (explode && isList(value)) return value.map((item) => part(name, encode(textOf(item))));
  if (explode && isObject(value)) return entriesOf(value).map(([key, item]) => part(key, encode(item)));
  const separator = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ',';
  return [part(name, joined(value, { explode: false, encode, separator }))];
}

/** The value of a header, which is not percent-encoded. */
export function headerText(value: Json, { explode }: Style): string {
  return joined(value, { explode, encode: (text) => text, separator: ',' });
}

/** What stands between the `;` of a Cookie header. */
export function cookieParts(name: string, value: Json, style: Style): readonly string[] {
  if (style.style !== 'cookie') return queryParts(name, value, style);
  // OpenAPI 3.2: as Cookie headers are written, without percent-encoding.
  const { explode } = style;
  if (explode && isList(value)) return value.map((item) => `${name}=${textOf(item)}`);
  if (explode && isObject(value)) return entriesOf(value).map(([key, item]) => `${key}=${item}`);
  return [`${name}=${joined(value, { explode: false, encode: (text) => text, separator: ',' })}`];
}

function joined(
  value: Json,
  how: { readonly explode: boolean; readonly encode: (text: string) => string; readonly separator: string },
): string {
  const { explode, encode, separator } = how;
  if (isList(value)) return value.map((item) => encode(textOf(item))).join(separator);
  if (!isObject(value)) return encode(textOf(value));
  return entriesOf(value)
    .map(([key, item]) => `${encode(key)}${explode ? '=' : separator}${encode(item)}`)
    .join(separator);
}

function entriesOf(value: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(value).map(([key, item]) => [key, textOf(item)] as const);
}

/** RFC 6570 reserved expansion, but for the characters that would end the value or the query. */
function encodeAllButReserved(text: string): string {
  return encodeURI(text)
    .replace(/%25(?=[\dA-Fa-f]{2})/g, '%')
    .replace(/[#&+[\]]/g, encodeURIComponent);
}

/** A text as it is, anything else as JSON writes it. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
