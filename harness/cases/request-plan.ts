import type { CredentialVariant, RequestPlan } from '../model/case.ts';
import type { Json, JsonObject, MediaType, Operation, Parameter } from '../model/document.ts';
import type { HeaderPair } from '../model/exchange.ts';
import { sampleOf } from '../openapi/schema/sample.ts';
import type { Suite } from './suite.ts';

/** The plain request of an operation: its path, the headers of suite and document, its body, a valid key. */
export function plainRequest(operation: Operation, suite: Suite, credential: CredentialVariant = 'valid'): RequestPlan {
  const query = required(operation, 'query').flatMap((parameter) => pairsOf(parameter, operation));
  const body = operation.requestBody;
  return {
    method: operation.method,
    path: operation.path,
    ...(query.length === 0 ? {} : { query }),
    headers:
      body === undefined ? headersOf(operation, suite) : [...headersOf(operation, suite), ['Content-Type', body.type]],
    ...(body === undefined ? {} : { body: bodyText(body.type, body.example) }),
    credential,
  };
}

/** The same request, asking for one of several media types: without that, a server may choose another one. */
export function acceptingMedia(plan: RequestPlan, media: MediaType): RequestPlan {
  return { ...plan, headers: [...plan.headers, ['Accept', media.type]] };
}

/** The suite's headers, then those that the document requires and the suite does not set. */
function headersOf(operation: Operation, suite: Suite): readonly HeaderPair[] {
  const own = Object.entries(suite.headers).map(([name, value]): HeaderPair => [
    name,
    value.replaceAll('{version}', operation.document.version),
  ]);
  const set = new Set(own.map(([name]) => name.toLowerCase()));
  const headers = required(operation, 'header')
    .filter((parameter) => !set.has(parameter.name.toLowerCase()))
    .map((parameter): HeaderPair => [parameter.name, textOf(exampleOf(parameter, operation))]);
  const cookies = required(operation, 'cookie').flatMap((parameter) => pairsOf(parameter, operation));
  const cookie = cookies.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
  return [...own, ...headers, ...(cookie === '' ? [] : [['Cookie', cookie] as const])];
}

function required(operation: Operation, place: Parameter['in']): readonly Parameter[] {
  return operation.parameters.filter((parameter) => parameter.in === place && parameter.required);
}

/** A list is written as OpenAPI does it by default: the name once for each item. */
function pairsOf(parameter: Parameter, operation: Operation): readonly HeaderPair[] {
  const value = exampleOf(parameter, operation);
  const items: readonly Json[] = isList(value) ? value : [value];
  return items.map((item) => [parameter.name, textOf(item)]);
}

function exampleOf({ example, schema }: Parameter, { document }: Operation): Json {
  return example ?? (schema === undefined ? '' : sampleOf(document, schema));
}

function bodyText(type: string, example: Json): string {
  if (/^application\/x-www-form-urlencoded\b/i.test(type) && isObject(example)) {
    return new URLSearchParams(
      Object.entries(example).map(([name, value]): [string, string] => [name, textOf(value)]),
    ).toString();
  }
  return typeof example === 'string' && !/[/+]json\b/i.test(type) ? example : JSON.stringify(example);
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
