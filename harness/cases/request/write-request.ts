import type { CredentialVariant, RequestPlan } from '../../model/case.ts';
import type { Json, MediaType, Operation, Parameter } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { isJson } from '../../openapi/media-type.ts';
import { bodyText } from '../../openapi/request/body.ts';
import {
  cookieParts,
  headerText,
  pathPlaceholder,
  pathText,
  queryParts,
  styleOf,
  textOf,
} from '../../openapi/request/style.ts';
import { type HeldPlaceholders, heldPlaceholders } from './placeholders.ts';

/** A parameter and the value that it is sent with. */
export interface GivenValue {
  readonly parameter: Parameter;
  readonly value: Json;
}

/** What a request is written from; a path parameter without a value stays a placeholder for a value of a state. */
interface RequestParts {
  readonly given: readonly GivenValue[];
  /** Headers that are sent as they are; a parameter of the same name is not sent again. */
  readonly headers: readonly HeaderPair[];
  readonly body?: { readonly media: MediaType; readonly value: Json };
  readonly credential: CredentialVariant;
  /** `{name}` in a value is a placeholder, and is not encoded. */
  readonly placeholders?: true;
}

/** Writes a request as OpenAPI means it: each value in the style of its parameter, the body in its media type. */
export function writeRequest(operation: Operation, parts: RequestParts): RequestPlan {
  if (parts.placeholders === true) return writeAround(heldPlaceholders(), operation, parts);
  const { given, body, credential } = parts;
  const encodedQuery = valuesIn(given, 'query').flatMap(({ parameter, value }) =>
    parameter.whole === true
      ? wholeQuery(operation, parameter, value)
      : queryParts(parameter.name, written(parameter, value), styleOf(parameter)),
  );
  const content = body === undefined ? undefined : bodyText(operation.document, body.media, body.value);
  return {
    method: operation.method,
    path: pathOf(operation, given),
    ...(encodedQuery.length === 0 ? {} : { encodedQuery }),
    headers: [
      ...parts.headers,
      ...headersOf(given, parts.headers),
      ...(content === undefined ? [] : [['Content-Type', content.contentType] as const]),
    ],
    ...(content === undefined ? {} : { body: content.text }),
    credential,
  };
}

/** Writes it with the placeholders out of the reach of every encoding. */
function writeAround(held: HeldPlaceholders, operation: Operation, parts: RequestParts): RequestPlan {
  const { given, headers, body, credential } = parts;
  const plan = writeRequest(operation, {
    given: given.map(({ parameter, value }) => ({ parameter, value: held.hold(value) })),
    headers,
    ...(body === undefined ? {} : { body: { media: body.media, value: held.hold(body.value) } }),
    credential,
  });
  return {
    ...plan,
    path: held.restore(plan.path),
    ...(plan.encodedQuery === undefined ? {} : { encodedQuery: plan.encodedQuery.map((part) => held.restore(part)) }),
    headers: plan.headers.map(([name, value]): HeaderPair => [name, held.restore(value)]),
    ...(plan.body === undefined ? {} : { body: held.restore(plan.body) }),
  };
}

/** A parameter that is the whole query: a form, or one text. */
function wholeQuery({ document }: Operation, parameter: Parameter, value: Json): readonly string[] {
  const { mediaType, schema, at } = parameter;
  if (mediaType !== undefined) return [encodeURIComponent(textOf(written(parameter, value)))];
  const media = {
    type: 'application/x-www-form-urlencoded',
    ...(schema === undefined ? {} : { schema }),
    examples: [],
    at,
  };
  const { text } = bodyText(document, media, value);
  return text === '' ? [] : text.split('&');
}

function pathOf(operation: Operation, given: readonly GivenValue[]): string {
  const values = new Map(valuesIn(given, 'path').map(({ parameter, value }) => [parameter.name, value]));
  return operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((path, parameter) => {
      const { name } = parameter;
      const value = values.get(name);
      const style = styleOf(parameter);
      const text =
        value === undefined ? pathPlaceholder(name, style) : pathText(name, written(parameter, value), style);
      return path.replace(`{${name}}`, () => text);
    }, operation.path);
}

function headersOf(given: readonly GivenValue[], own: readonly HeaderPair[]): readonly HeaderPair[] {
  const set = new Set(own.map(([name]) => name.toLowerCase()));
  const headers = valuesIn(given, 'header')
    .filter(({ parameter }) => !set.has(parameter.name.toLowerCase()))
    .map(({ parameter, value }): HeaderPair => [
      parameter.name,
      headerText(written(parameter, value), styleOf(parameter)),
    ]);
  const cookie = valuesIn(given, 'cookie')
    .flatMap(({ parameter, value }) => cookieParts(parameter.name, written(parameter, value), styleOf(parameter)))
    .join('; ');
  return [...headers, ...(cookie === '' ? [] : [['Cookie', cookie] as const])];
}

function valuesIn(given: readonly GivenValue[], place: Parameter['in']): readonly GivenValue[] {
  return given.filter(({ parameter }) => parameter.in === place);
}

/** A parameter that is declared by `content` is one text in that media type. */
function written({ mediaType }: Parameter, value: Json): Json {
  if (mediaType === undefined) return value;
  return isJson(mediaType) ? JSON.stringify(value) : textOf(value);
}
