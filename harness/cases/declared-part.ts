import { inApiRange } from '../core/api-range.ts';
import type { Operation } from '../model/document.ts';
import type { Suite } from './suite.ts';

/**
 * A suite without the recipes and roles of the statuses that this operation does not declare, and those statuses. `may`
 * says which may be left out; by default all.
 */
export function declaredPart(
  suite: Suite,
  operation: Operation,
  may: (key: string) => boolean = () => true,
): { readonly suite: Suite; readonly left: readonly string[] } {
  const declared = operation.responses.map(({ key }) => key);
  const left = Object.keys(suite.recipes).filter((key) => !declared.includes(key) && may(key));
  return { suite: without(suite, left), left };
}

/**
 * A suite without the recipes that are limited to other API versions. Of a document whose version is none of the API, those
 * whose status it does not declare.
 */
export function versionPart(suite: Suite, { responses, document }: Operation): Suite {
  const left = Object.entries(suite.recipes).flatMap(([key, { api }]) => {
    if (api === undefined) return [];
    return (inApiRange(document.version, api) ?? responses.some((response) => response.key === key)) ? [] : [key];
  });
  return without(suite, left);
}

/** A resource that is locked can be arranged still, to see what is answered for it. */
function without(suite: Suite, left: readonly string[]): Suite {
  if (left.length === 0) return suite;
  const recipes = Object.entries(suite.recipes).filter(([key]) => !left.includes(key));
  const roles = Object.entries(suite.roles).filter(([, key]) => !left.includes(key));
  const { locked } = suite.roles;
  const state = locked !== undefined && left.includes(locked) ? suite.recipes[locked]?.state : undefined;
  return {
    ...suite,
    recipes: Object.fromEntries(recipes),
    roles: Object.fromEntries(roles),
    ...(state === undefined ? {} : { undeclaredLock: state }),
  };
}
