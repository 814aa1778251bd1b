import { parsedJson } from '../../core/parsed-json.ts';
import type { Json, Operation } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import { isObject, member, partsOf } from '../document/pointer.ts';
import { pathPlaceholder, styleOf, textOf } from '../request/style.ts';
import { parseLinkText, type RuntimeExpression } from './expression.ts';

/** A value, or the part of a link that has none. */
type Evaluated = { readonly value: Json } | { readonly lacking: string };

/** What a link says of a parameter or a body, with the values of an exchange of `operation` in place of its expressions. */
export function evaluate(written: Json, exchange: Exchange, operation: Operation): Evaluated {
  if (typeof written === 'string') return evaluateText(written, exchange, operation);
  if (typeof written !== 'object' || written === null) return { value: written };
  const names = Object.keys(written);
  const values: Json[] = [];
  for (const item of Object.values(written) as readonly Json[]) {
    const evaluated = evaluate(item, exchange, operation);
    if ('lacking' in evaluated) return evaluated;
    values.push(evaluated.value);
  }
  if (!isObject(written)) return { value: values };
  return { value: Object.fromEntries(names.map((name, at) => [name, values[at] ?? null])) };
}

function evaluateText(text: string, exchange: Exchange, operation: Operation): Evaluated {
  const parsed = parseLinkText(text);
  if (parsed.kind === 'malformed') return { lacking: parsed.text };
  if (parsed.kind === 'expression') {
    const value = expressionValue(parsed.expression, exchange, operation);
    return value === undefined ? { lacking: parsed.text } : { value };
  }
  let whole = '';
  for (const part of parsed.parts) {
    const value = typeof part === 'string' ? part : expressionValue(part.expression, exchange, operation);
    if (value === undefined) return { lacking: typeof part === 'string' ? part : part.text };
    whole += textOf(value);
  }
  return { value: whole };
}

/** The value of an expression; undefined where the exchange has none. */
export function expressionValue(
  expression: RuntimeExpression,
  exchange: Exchange,
  operation: Pick<Operation, 'path' | 'parameters'>,
): Json | undefined {
  const { request, response } = exchange;
  switch (expression.kind) {
    case 'url':
      return request.url;
    case 'method':
      return request.method;
    case 'statusCode':
      return response?.status;
    case 'path':
      return expression.of === 'request' ? pathValue(expression.name, request.url, operation) : undefined;
    case 'query':
      return expression.of === 'request' ? queryValue(expression.name, request.url) : undefined;
    case 'header':
      return headerValue(expression.name, expression.of === 'request' ? request.headers : (response?.headers ?? []));
    case 'body':
      return bodyValue(
        expression.of === 'request' ? request.body : response && Buffer.from(response.body).toString('utf8'),
        expression.pointer,
      );
    default:
      return expression satisfies never;
  }
}

/** The path may stand behind that of the server. */
function pathValue(
  name: string,
  url: string,
  { path, parameters }: Pick<Operation, 'path' | 'parameters'>,
): string | undefined {
  const template = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((text, each) => text.replace(`{${each.name}}`, () => pathPlaceholder(each.name, styleOf(each))), path);
  const names = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, each]) => each);
  const pattern = template
    .split(/\{[^{}]+\}/)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('([^/]*)');
  const place = names.indexOf(name);
  const text = place < 0 ? undefined : new RegExp(`${pattern}$`).exec(url.split(/[?#]/, 1)[0] ?? '')?.[place + 1];
  return text === undefined ? undefined : decoded(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A parameter that is there several times is a list. */
function queryValue(name: string, url: string): Json | undefined {
  const values = new URL(url).searchParams.getAll(name);
  return values.length > 1 ? values : values[0];
}

function headerValue(name: string, headers: readonly (readonly [string, string])[]): string | undefined {
  const values = headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}

/** A body that is no JSON is a text. */
function bodyValue(body: string | undefined, pointer = ''): Json | undefined {
  if (body === undefined || body === '') return undefined;
  const value = parsedJson(body) as Json | undefined;
  if (pointer === '') return value ?? body;
  return partsOf(pointer).reduce<Json | undefined>((part, name) => member(part, name), value);
}
