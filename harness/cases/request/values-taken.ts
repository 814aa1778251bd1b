import { parsedJson } from '../../core/parsed-json.ts';
import type { Operation } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import { isObject, member, partsOf } from '../../openapi/document/pointer.ts';
import { expressionValue } from '../../openapi/links/evaluate.ts';
import { parseExpression } from '../../openapi/links/expression.ts';
import { requestIssues } from '../../openapi/schema/schema.ts';

/**
 * The values that a response gives, by name: the first source that leads to a text or a number counts. A source is a JSON
 * pointer into the body, `*` standing for any property, or a runtime expression such as `$response.header.X-Id`. Where none
 * does, the last part of Location counts; where there is none, the same property of what was sent, unless `onlyTold`.
 * A value that the parameter of that name of `reader` cannot have is another thing.
 */
export function valuesTaken(
  take: Readonly<Record<string, readonly string[]>>,
  exchange: Exchange,
  reader?: Operation,
  onlyTold = false,
): Readonly<Record<string, string>> {
  const { response, request } = exchange;
  const body = response === undefined ? undefined : parsedJson(Buffer.from(response.body).toString('utf8'));
  const sent = parsedJson(request.body ?? '');
  const location = response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  const found = Object.entries(take).flatMap(([name, sources]): readonly (readonly [string, string])[] => {
    const fits = (value: string): boolean => reader === undefined || fitsParameter(reader, name, value);
    const last = lastSegment(location);
    const named = last !== undefined && fits(last) ? last : undefined;
    const pointers = sources.filter((source) => !source.startsWith('$'));
    const expressions = sources.filter((source) => source.startsWith('$'));
    const value =
      firstSaid(exchange, expressions, fits) ??
      firstAt(withoutSentParts(body, sent), pointers, fits) ??
      named ??
      (onlyTold ? undefined : firstAt(sent, pointers, fits));
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}

/**
 * A body without the objects that were sent with their ids, beside others: the user that a membership is made for has an id, too,
 * which is not that of the membership.
 */
function withoutSentParts(body: unknown, sent: unknown): unknown {
  if (!isObject(body) || !isObject(sent) || Object.keys(sent).length < 2) return body;
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => !hasSentId(value, sent[name])));
}

function hasSentId(value: unknown, sent: unknown): boolean {
  if (!isObject(value) || !isObject(sent)) return false;
  return Object.entries(sent).some(([name, each]) => /(^|[a-z]_?)(id|uuid)$/i.test(name) && value[name] === each);
}

/** The values at exactly these pointers of the body, of whatever type; what is no text is written as JSON. */
export function valuesAt(
  take: Readonly<Record<string, readonly string[]>>,
  { response }: Exchange,
): Readonly<Record<string, string>> {
  const body = response === undefined ? undefined : parsedJson(Buffer.from(response.body).toString('utf8'));
  const found = Object.entries(take).flatMap(([name, [pointer = '']]): readonly (readonly [string, string])[] => {
    const value = partsOf(pointer).reduce<unknown>(member, body);
    if (value === undefined) return [];
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
  return Object.fromEntries(found);
}

/** Whether a text can be the value of a path parameter, be that a number or a text. */
function fitsParameter({ document, parameters }: Operation, name: string, text: string): boolean {
  const schema = parameters.find((each) => each.in === 'path' && each.name === name)?.schema;
  if (schema === undefined) return true;
  const values = /^-?\d+(\.\d+)?$/.test(text) ? [text, Number(text)] : [text];
  return values.some((value) => requestIssues(document, schema, value).length === 0);
}

function firstSaid(
  exchange: Exchange,
  expressions: readonly string[],
  fits: (value: string) => boolean,
): string | undefined {
  const values = expressions.flatMap((text) => {
    const expression = parseExpression(text);
    return 'problem' in expression
      ? []
      : textsAt(expressionValue(expression, exchange, { path: '', parameters: [] }), []);
  });
  return values.find(fits);
}

function firstAt(value: unknown, pointers: readonly string[], fits: (value: string) => boolean): string | undefined {
  for (const pointer of pointers) {
    const found = textsAt(value, partsOf(pointer)).find(fits);
    if (found !== undefined) return found;
  }
  return undefined;
}

function textsAt(value: unknown, parts: readonly string[]): readonly string[] {
  const [part, ...rest] = parts;
  if (part === undefined) {
    if (typeof value === 'number') return [String(value)];
    return typeof value === 'string' && value !== '' ? [value] : [];
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return part === '*' ? items.flatMap((item) => textsAt(item, rest)) : textsAt(items[Number(part)], rest);
  }
  if (!isObject(value)) return [];
  if (part === '*') return Object.values(value).flatMap((item) => textsAt(item, rest));
  return Object.hasOwn(value, part) ? textsAt(value[part], rest) : [];
}

function lastSegment(location: string | undefined): string | undefined {
  if (location === undefined) return undefined;
  const last = location
    .split(/[?#]/, 1)[0]
    ?.split('/')
    .findLast((segment) => segment !== '');
  if (last === undefined) return undefined;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
