import type { Json, JsonObject, OasDocument, Parameter } from '../../../model/document.ts';
import { isJson } from '../../../openapi/media-type.ts';
import { styleOf } from '../../../openapi/request/style.ts';
import { itemsAt, propertiesAt, typesAt } from '../../../openapi/schema/schema-parts.ts';

/** A name and its text, percent-encoded as they came. */
type Pair = readonly [name: string, text: string];

/** Where the parameters of a request are. */
export interface ParameterSources {
  /** Decoded already. */
  readonly path: ReadonlyMap<string, string>;
  readonly query: readonly Pair[];
  readonly cookies: readonly Pair[];
  readonly headers: (name: string) => readonly string[];
}

/** How the texts of a parameter are to be read. */
interface Reading {
  readonly document: OasDocument;
  readonly parameter: Parameter;
  readonly types: ReadonlySet<string>;
  readonly style: string;
  readonly explode: boolean;
  /** Takes the percent-encoding away, which comes after what separates the items. */
  readonly decode: (text: string) => string;
}

/** The value of a parameter as its schema and style let it be read; undefined where it is not in the request. */
export function parameterValue(
  document: OasDocument,
  parameter: Parameter,
  sources: ParameterSources,
): Json | undefined {
  const { name, schema, in: place } = parameter;
  const types = schema === undefined ? new Set<string>() : typesAt(document, schema);
  const reading = { document, parameter, types, ...styleOf(parameter), decode: asIs };
  switch (place) {
    case 'path': {
      const text = sources.path.get(name);
      return text === undefined ? undefined : valueOf({ ...reading }, [withoutPrefix(text, reading)]);
    }
    case 'header': {
      const texts = sources.headers(name);
      return texts.length === 0 ? undefined : valueOf(reading, [texts.join(',')]);
    }
    case 'query':
      if (parameter.whole === true) return wholeQuery(reading, sources.query);
      return fromPairs({ ...reading, decode: decodeQuery }, sources.query);
    case 'cookie':
      return fromPairs({ ...reading, decode: reading.style === 'cookie' ? asIs : decodePercent }, sources.cookies);
    default:
      return place satisfies never;
  }
}

/** All of the query as one value: a form, or a text in another media type. */
function wholeQuery({ document, parameter }: Reading, query: readonly Pair[]): Json | undefined {
  const { schema, mediaType } = parameter;
  if (query.length === 0) return undefined;
  if (mediaType !== undefined) {
    const text = decodePercent(query.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&'));
    return isJson(mediaType) ? parsed(text) : text;
  }
  const properties = schema === undefined ? new Map<string, string>() : propertiesAt(document, schema);
  const pairs = query.map(([name, text]): Pair => [decodeQuery(name), decodeQuery(text)]);
  const names = new Set(pairs.map(([name]) => name));
  return Object.fromEntries(
    [...names].map((name): [string, Json] => {
      const own = properties.get(name);
      const texts = pairs.filter(([key]) => key === name).map(([, text]) => text);
      const isList = own !== undefined && typesAt(document, own).has('array');
      const items = isList ? itemsAt(document, own) : undefined;
      return [
        name,
        isList ? texts.map((text) => scalarOf(document, items, text)) : scalarOf(document, own, texts[0] ?? ''),
      ];
    }),
  );
}

/** `.5` and `;id=5` are the value 5 in the styles `label` and `matrix`. */
function withoutPrefix(text: string, { style, parameter: { name } }: Reading): string {
  if (style === 'label' && text.startsWith('.')) return text.slice(1);
  return style === 'matrix' && text.startsWith(`;${name}=`) ? text.slice(name.length + 2) : text;
}

function fromPairs(reading: Reading, pairs: readonly Pair[]): Json | undefined {
  const { document, parameter, types, style, explode, decode } = reading;
  const { name, schema, mediaType } = parameter;
  if (types.has('object') && mediaType === undefined && schema !== undefined && (style === 'deepObject' || explode)) {
    const properties = propertiesAt(document, schema);
    const own = pairs.flatMap(([key, text]): readonly Pair[] => {
      const whole = decode(key);
      const inner = style === 'deepObject' ? insideOf(whole, name) : properties.has(whole) ? whole : undefined;
      return inner === undefined ? [] : [[inner, decode(text)]];
    });
    if (own.length > 0 || style === 'deepObject')
      return own.length === 0 ? undefined : objectOf(document, properties, own);
  }
  const texts = pairs.filter(([key]) => decode(key) === name).map(([, text]) => text);
  return texts.length === 0 ? undefined : valueOf(reading, texts);
}

/** `color` of `filter[color]`. */
function insideOf(key: string, name: string): string | undefined {
  const start = `${name}[`;
  return key.startsWith(start) && key.endsWith(']') ? key.slice(start.length, -1) : undefined;
}

function valueOf(reading: Reading, texts: readonly string[]): Json {
  const { document, parameter, types, explode, decode } = reading;
  const { schema, mediaType, in: place } = parameter;
  const [text = ''] = texts;
  if (mediaType !== undefined) return isJson(mediaType) ? parsed(decode(text)) : decode(text);
  if (schema === undefined) return decode(text);
  if (types.has('array')) {
    const items = itemsAt(document, schema);
    const repeated = explode && (place === 'query' || place === 'cookie');
    const parts = repeated ? texts : text === '' ? [] : text.split(separatorOf(reading));
    return parts.map((part) => scalarOf(document, items, decode(part)));
  }
  if (types.has('object')) {
    const flat = text.split(separatorOf(reading)).map(decode);
    const pairs = explode
      ? flat.map((part): Pair => [part.split('=')[0] ?? '', part.split('=').slice(1).join('=')])
      : flat.flatMap((part, at): readonly Pair[] => (at % 2 === 0 ? [[part, flat[at + 1] ?? '']] : []));
    return objectOf(document, propertiesAt(document, schema), pairs);
  }
  return scalarOf(document, schema, decode(text));
}

function separatorOf({ style, explode }: Reading): string | RegExp {
  switch (style) {
    case 'spaceDelimited':
      return /%20|\+| /;
    case 'pipeDelimited':
      return /%7C|\|/i;
    case 'label':
      return explode ? '.' : ',';
    default:
      return ',';
  }
}

function objectOf(document: OasDocument, properties: ReadonlyMap<string, string>, pairs: readonly Pair[]): JsonObject {
  return Object.fromEntries(pairs.map(([name, text]) => [name, scalarOf(document, properties.get(name), text)]));
}

/** A text as the number, boolean or null that its schema asks for; where it can be none of them, it stays a text. */
export function scalarOf(document: OasDocument, schema: string | undefined, text: string): Json {
  const types = schema === undefined ? new Set<string>() : typesAt(document, schema);
  if (types.size === 0 || types.has('string')) return text;
  const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?(e[-+]?\d+)?$/i.test(text);
  if (isNumber && (types.has('integer') || types.has('number'))) return Number(text);
  if (types.has('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  if (types.has('null') && (text === '' || text === 'null')) return null;
  return types.has('object') || types.has('array') ? parsed(text) : text;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function asIs(text: string): string {
  return text;
}

function decodeQuery(text: string): string {
  return decodePercent(text.replaceAll('+', ' '));
}

/** A broken percent-escape is the text that it is. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The parts of a query, of a form or of a Cookie header. */
export function pairsOf(text: string, separator: '&' | ';'): readonly Pair[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): Pair => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    });
}
