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
  if (left.length === 0) return { suite, left };
  const recipes = Object.entries(suite.recipes).filter(([key]) => !left.includes(key));
  const roles = Object.entries(suite.roles).filter(([, key]) => !left.includes(key));
  return { suite: { ...suite, recipes: Object.fromEntries(recipes), roles: Object.fromEntries(roles) }, left };
}
