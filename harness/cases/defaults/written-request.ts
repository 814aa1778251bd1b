import type { RecipeRequest } from '../../model/recipe.ts';
import type { Json, Operation } from '../../model/document.ts';
import { isDeepStrictEqual } from 'node:util';
import { placeholdersIn } from '../request/placeholders.ts';
import { type Draft, requiredDraft } from './draft.ts';
import { uniqueNames } from './fresh.ts';

/** A draft as the `request` of a recipe; undefined where a recipe cannot say it. */
export function writtenRequest(operation: Operation, draft: Draft): RecipeRequest | undefined {
  const plain = requiredDraft(operation);
  const body = writtenBody(operation, draft);
  const headers = writtenHeaders(draft, plain);
  if (draft.method !== undefined || body === undefined || headers === undefined) return undefined;
  const request: RecipeRequest = {
    ...part('path', valuesIn('path', draft, plain)),
    ...part('query', valuesIn('query', draft, plain)),
    ...part('headers', headers),
    ...body,
    ...(draft.credential === undefined ? {} : { credential: draft.credential }),
  };
  return placeholdersIn(request as Json).every(({ name }) => uniqueNames.includes(name)) ? request : undefined;
}

function part(name: 'path' | 'query' | 'headers', values: Readonly<Record<string, Json>>): object {
  return Object.keys(values).length === 0 ? {} : { [name]: values };
}

/** What is sent in a place, and null for what is required and left out. */
function valuesIn(place: 'path' | 'query', draft: Draft, plain: Draft): Readonly<Record<string, Json>> {
  const given = draft.given.filter(({ parameter }) => parameter.in === place);
  const left = plain.given.filter(
    ({ parameter }) => parameter.in === place && !given.some((each) => each.parameter === parameter),
  );
  return Object.fromEntries([
    ...given.map(({ parameter, value }): [string, Json] => [parameter.name, value]),
    ...left.map(({ parameter }): [string, Json] => [parameter.name, null]),
  ]);
}

/** Headers that are sent otherwise than in the plain request; a recipe says no cookies, and no header of several values. */
function writtenHeaders(
  draft: Draft,
  plain: Draft,
): Readonly<Record<string, string | number | boolean | null>> | undefined {
  const headers: Record<string, string | number | boolean | null> = Object.fromEntries(draft.headers ?? []);
  const all = [...new Set([...plain.given, ...draft.given].map(({ parameter }) => parameter))];
  for (const parameter of all.filter((each) => each.in === 'header' || each.in === 'cookie')) {
    const [was, is] = [plain, draft].map(({ given }) => given.find((each) => each.parameter === parameter)?.value);
    if (isDeepStrictEqual(was, is)) continue;
    if (parameter.in === 'cookie' || (typeof is === 'object' && is !== null)) return undefined;
    headers[parameter.name] = is ?? null;
  }
  return headers;
}

function writtenBody(operation: Operation, { body, rawBody }: Draft): RecipeRequest | undefined {
  const usual = operation.requestBody?.type;
  if (rawBody !== undefined) {
    if (rawBody.type === undefined && usual !== undefined) return undefined;
    return { text: rawBody.text, ...(rawBody.type === usual ? {} : typed(rawBody.type)) };
  }
  if (body === undefined) return usual === undefined ? {} : { body: null };
  // In a recipe null sends no body.
  return body.value === null
    ? undefined
    : { body: body.value, ...(body.media.type === usual ? {} : typed(body.media.type)) };
}

function typed(mediaType: string | undefined): { readonly mediaType?: string } {
  return mediaType === undefined ? {} : { mediaType };
}
