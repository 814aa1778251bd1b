import type { CredentialVariant, RequestPlan } from '../../model/case.ts';
import type { RecipeRequest } from '../../model/recipe.ts';
import type { Json, MediaType, Operation, Parameter } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { type Draft, planOf, requiredDraft, withoutBody } from '../defaults/draft.ts';
import { suiteHeaders } from '../request-plan.ts';
import { placeholdersIn } from '../request/placeholders.ts';
import type { GivenValue } from '../request/write-request.ts';
import type { Suite } from '../suite.ts';
import type { RequestPlace } from './suite-error.ts';
import { validateRequest } from './validate-request.ts';

/** Writes the request of a suite: the plain request of the operation with what the suite says in its place. */
export function recipePlan(
  operation: Operation,
  written: RecipeRequest,
  place: RequestPlace,
  credential: CredentialVariant = 'valid',
): RequestPlan {
  validateRequest(operation, written, place);
  const request = withVersion(written, operation.document.version);
  const draft = draftOf(operation, request);
  const plan = planOf(operation, { ...draft, credential: request.credential ?? credential, placeholders: true }, [
    ...headersOf(operation, request, place.suite),
  ]);
  const names = placeholdersIn(request as Json).map(({ name }) => name);
  return { ...plan, placeholders: [...new Set(names)] };
}

/** `{version}` is the version of the document, as in the headers of the suite. */
function withVersion(request: RecipeRequest, version: string): RecipeRequest {
  const filled = (value: Json): Json => {
    if (typeof value === 'string') return value.replaceAll('{version}', version);
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item)]));
  };
  return filled(request as Json) as RecipeRequest;
}

function draftOf(operation: Operation, request: RecipeRequest): Draft {
  const plain = requiredDraft(operation);
  const { path = {}, query = {}, headers = {} } = request;
  const said = new Map<Parameter, Json>();
  const headerNames = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  for (const parameter of operation.parameters) {
    const values = parameter.in === 'path' ? path : parameter.in === 'query' ? query : {};
    const value = Object.hasOwn(values, parameter.name) ? values[parameter.name] : undefined;
    if (value !== undefined) said.set(parameter, value);
    if (parameter.in === 'header' && headerNames.has(parameter.name.toLowerCase())) said.set(parameter, null);
  }
  const given: readonly GivenValue[] = [
    ...plain.given.filter(({ parameter }) => !said.has(parameter)),
    ...[...said].flatMap(([parameter, value]) => (value === null ? [] : [{ parameter, value }])),
  ];
  return withBody(operation, request, { ...plain, given });
}

function withBody(operation: Operation, { body, text, mediaType }: RecipeRequest, draft: Draft): Draft {
  const type = mediaType ?? operation.requestBody?.type;
  if (text !== undefined) return { ...withoutBody(draft), rawBody: { text, ...(type === undefined ? {} : { type }) } };
  if (body === null) return withoutBody(draft);
  if (body === undefined && mediaType === undefined) return draft;
  const media = mediaFor(operation, type ?? 'application/json');
  const value = body ?? media.examples[0]?.value ?? operation.requestBody?.example ?? {};
  return { ...draft, body: { media, value } };
}

function mediaFor(operation: Operation, type: string): MediaType {
  const declared = operation.requestBody?.content.find((media) => media.type.toLowerCase() === type.toLowerCase());
  return declared ?? { type, examples: [], at: operation.at };
}

/** The headers of the suite, and in their place or beside them those of the request. */
function headersOf(operation: Operation, { headers = {} }: RecipeRequest, suite: Suite): readonly HeaderPair[] {
  const own = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  return [
    ...suiteHeaders(operation, suite).filter(([name]) => !own.has(name.toLowerCase())),
    ...Object.entries(headers).flatMap(([name, value]): readonly HeaderPair[] =>
      value === null ? [] : [[name, String(value)]],
    ),
  ];
}
