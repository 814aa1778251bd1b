import type { RequestPlan } from '../../model/case.ts';
import type { Recipe, RecipeRequest } from '../../model/recipe.ts';
import type { Json, Operation } from '../../model/document.ts';
import { parametersIn } from '../../openapi/operation/path-template.ts';
import { uniqueNames } from '../defaults/fresh.ts';
import { recipePlan } from '../recipes/recipe-plan.ts';
import { namesOfState } from '../recipes/suite-states.ts';
import { placeholdersIn } from '../request/placeholders.ts';
import { plainRequest } from '../request-plan.ts';
import type { Suite } from '../suite.ts';

/**
 * The valid request that probes change: what the recipe of the role `accepted` says, as far as every state of the probes gives
 * the values for it; the resource stays a placeholder.
 */
export function baseRequest(operation: Operation, suite: Suite, resource: string): RequestPlan {
  const { accepted } = suite.roles;
  const request = accepted === undefined ? undefined : suite.recipes[accepted]?.request;
  if (accepted === undefined || request === undefined) return plainRequest(operation, suite);
  const known = new Set([...uniqueNames, ...parametersIn(operation.path), 'version', ...namesOfEveryState(suite)]);
  const usable = usablePart(request, (value) => placeholdersIn(value).every(({ name }) => known.has(name)));
  const path = Object.fromEntries(Object.entries(usable.path ?? {}).filter(([name]) => name !== resource));
  return recipePlan(operation, { ...usable, path }, { suite, at: ['recipes', accepted, 'request'] });
}

/** The value of a state that a recipe puts into the path for the resource, where it has another name there. */
export function nameInState(suite: Suite, state: string, resource: string): string {
  const recipe = Object.values(suite.recipes).find((each) => each.state === state);
  const written = recipe?.request?.path?.[resource];
  return (typeof written === 'string' ? /^\{([\w-]+)\}$/.exec(written)?.[1] : undefined) ?? resource;
}

function namesOfEveryState(suite: Suite): readonly string[] {
  const recipes = Object.values(suite.roles).map((key): Recipe | undefined => suite.recipes[key]);
  const states = [...recipes.map((recipe) => recipe?.state), suite.undeclaredLock].filter((each) => each !== undefined);
  const names = states.map((state) => namesOfState(suite, state) ?? new Set<string>());
  const [first, ...others] = names;
  return [...(first ?? [])].filter((name) => others.every((other) => other.has(name)));
}

function usablePart(request: RecipeRequest, isUsable: (value: Json) => boolean): RecipeRequest {
  const { path = {}, query = {}, headers = {}, body, text, mediaType } = request;
  const fits = ([, value]: readonly [string, Json]): boolean => isUsable(value);
  const bodyPart = {
    ...(body === undefined ? {} : { body }),
    ...(text === undefined ? {} : { text }),
    ...(mediaType === undefined ? {} : { mediaType }),
  };
  return {
    path: Object.fromEntries(Object.entries(path).filter(fits)),
    query: Object.fromEntries(Object.entries(query).filter(fits)),
    headers: Object.fromEntries(Object.entries(headers).filter(fits)),
    ...(isUsable(bodyPart) ? bodyPart : {}),
  };
}
