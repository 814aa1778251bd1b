import type { Case, RequestPlan, Send } from '../model/case.ts';
import type { Recipe } from '../model/recipe.ts';
import type { DeclaredResponse, MediaType, NamedExample, Operation } from '../model/document.ts';
import { slug, uniquely } from './case-id.ts';
import { defaultArrangement, defaultProvocation } from './defaults/default-case.ts';
import { cleanUpOf } from './defaults/made.ts';
import { recipePlan } from './recipes/recipe-plan.ts';
import { recipeRemedy } from './recipes/remedy.ts';
import { namesOfState, suiteArrangement } from './recipes/suite-states.ts';
import { acceptingMedia, plainRequest, suiteHeaders } from './request-plan.ts';
import type { Suite } from './suite.ts';

/** One case for each declared response × media type × named example, in the order of the document. */
export function declaredCases(operation: Operation, suite: Suite): readonly Case[] {
  const unique = uniquely();
  return operation.responses.flatMap((response) =>
    shapesOf(response).map((shape) =>
      declaredCase({
        operation,
        suite,
        response,
        shape,
        id: unique(`${operation.id}/${slug(response.key)}/${nameOf(shape)}`),
      }),
    ),
  );
}

interface Shape {
  readonly media?: MediaType;
  readonly example?: NamedExample;
}

function shapesOf(response: DeclaredResponse): readonly Shape[] {
  if (response.media.length === 0) return [{}];
  return response.media.flatMap((media): readonly Shape[] =>
    media.examples.length === 0 ? [{ media }] : media.examples.map((example) => ({ media, example })),
  );
}

function nameOf(shape: Shape): string {
  if (shape.media === undefined) return 'no-content';
  return `${slug(shape.media.type)}/${slug(shape.example?.name ?? 'any')}`;
}

function declaredCase(options: {
  readonly operation: Operation;
  readonly suite: Suite;
  readonly response: DeclaredResponse;
  readonly shape: Shape;
  readonly id: string;
}): Case {
  const { operation, suite, response, shape, id } = options;
  const recipe = suite.recipes[response.key];
  const { media, example } = shape;
  const request = requestOf(operation, suite, response.key);
  const tried =
    recipe === undefined && suite.byDefault === true
      ? defaultProvocation({
          operation,
          response,
          ...shape,
          headers: suiteHeaders(operation, suite),
          ...(suite.folder === undefined ? {} : { suiteFile: suite.file }),
        })
      : undefined;
  return {
    id,
    kind: 'declared',
    title: `${response.key} ${oneLine(response.description)}`,
    requirement: requirementOf(operation, response, media),
    severity: 'violation',
    operation,
    response,
    needs: recipe?.state === undefined ? [] : [needOf(recipe.state, recipe, operation, suite)],
    ...(recipe === undefined && tried === undefined
      ? {
          unprovoked: `no recipe for ${response.key} in ${suite.file}: ${recipeRemedy(operation, suite, response.key)}`,
        }
      : {}),
    ...(recipe?.exempt === undefined ? {} : { exempt: recipe.exempt }),
    steps: [
      {
        kind: 'send',
        name: operation.id,
        request: media !== undefined && response.media.length > 1 ? acceptingMedia(request, media) : request,
        ...cleanUpFor(operation, suite),
        expectation: {
          kind: 'declared',
          response,
          ...(media === undefined ? {} : { media }),
          ...(example === undefined ? {} : { example }),
        },
      },
    ],
    ...tried,
    at: example?.at ?? media?.at ?? response.at,
  };
}

/** The request that a recipe says, or the plain one. */
function requestOf(operation: Operation, suite: Suite, key: string): RequestPlan {
  const recipe = suite.recipes[key];
  if (recipe === undefined) return plainRequest(operation, suite);
  const known = namesOfState(suite, recipe.state);
  if (recipe.request === undefined && known === undefined) return plainRequest(operation, suite, recipe.credential);
  const at = ['recipes', key, 'request'];
  const place = { suite, at, ...(known === undefined ? {} : { known }) };
  return recipePlan(operation, recipe.request ?? {}, place, recipe.credential);
}

function needOf(state: string, { consumes }: Recipe, operation: Operation, suite: Suite): Case['needs'][number] {
  const names = operation.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
  const arrangement = suiteArrangement(operation.document, suite, state) ?? defaultArrangement(operation, suite, state);
  return {
    state,
    as: Object.fromEntries(names.map((name) => [name, name])),
    consumes,
    ...(arrangement === undefined ? {} : { arrangement }),
  };
}

function cleanUpFor(operation: Operation, suite: Suite): Pick<Send, 'cleanUp'> {
  const cleanUp = cleanUpOf(operation, suiteHeaders(operation, suite));
  return cleanUp === undefined ? {} : { cleanUp };
}

function requirementOf(operation: Operation, response: DeclaredResponse, media: MediaType | undefined): string {
  const body = media === undefined ? 'with no content' : `with a body of ${media.type} that fits its schema`;
  return `${operation.method} ${operation.path} answers ${response.key} ${body}: ${oneLine(response.description)}`;
}

/** A description may be pages of Markdown; a title is one line of a report. */
function oneLine(description: string): string {
  return description.trim().replace(/\s+/g, ' ');
}
