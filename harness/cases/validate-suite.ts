import { HarnessError } from '../core/errors.ts';
import type { Operation } from '../model/document.ts';
import { suiteError } from './recipes/suite-error.ts';
import { suiteArrangement } from './recipes/suite-states.ts';
import type { Suite } from './suite.ts';

/**
 * A suite that names what the operation does not have: a slip there would silently leave cases out, or turn a probe
 * of another resource into one of the same.
 */
export function validateSuite(operation: Operation, suite: Suite): void {
  const declared = operation.responses.map((response) => response.key);
  const stray = Object.keys(suite.recipes).find((key) => !declared.includes(key));
  if (stray !== undefined) {
    throw new HarnessError(
      'E_RECIPE',
      `${suite.file} has a recipe for ${stray}, which ${operation.id} does not declare`,
      {
        hint: `${operation.document.source} declares ${declared.join(', ')}: remove the recipe, or use the document that it was written for.`,
      },
    );
  }
  for (const [role, key] of Object.entries(suite.roles)) {
    if (Object.hasOwn(suite.recipes, key)) {
      if (suite.recipes[key]?.state !== undefined) continue;
      throw suiteError(
        suite,
        ['recipes', key],
        `gives ${key} the role "${role}", and the recipe for ${key} has no state`,
        'The probes of that role need a resource: write the state of it into the recipe, or remove the role.',
      );
    }
    throw new HarnessError('E_SUITE', `${suite.file} gives ${key} the role "${role}", but has no recipe for ${key}`, {
      hint: 'The probes of that role need to know how to provoke the response: write a recipe, or remove the role.',
    });
  }
  for (const state of statesUsed(suite)) suiteArrangement(operation.document, suite, state);
  const names: readonly string[] = operation.path.match(/(?<=\{)[^{}]+(?=\})/g) ?? [];
  if (suite.resource !== undefined && !names.includes(suite.resource)) {
    throw new HarnessError(
      'E_SUITE',
      `${suite.file} names the resource "${suite.resource}", which is not in the path`,
      {
        hint: `${operation.id} is ${operation.method} ${operation.path}; its parameters: ${names.join(', ') || 'none'}.`,
      },
    );
  }
}

/** The states that the suite needs of this version of the document. */
function statesUsed({ recipes, undeclaredLock }: Suite): readonly string[] {
  const states = [...Object.values(recipes).map(({ state }) => state), undeclaredLock];
  return [...new Set(states)].filter((state) => state !== undefined);
}

/** A probe that is left out by a name that no probe has would still be sent. */
export function validateProbes(
  suite: Suite,
  group: string,
  { without, names }: { readonly without: readonly string[]; readonly names: readonly string[] },
): void {
  const stray = without.find((name) => !names.includes(name));
  if (stray === undefined) return;
  throw new HarnessError('E_SUITE', `${suite.file} leaves out the probe "${stray}" of ${group}, and there is none`, {
    hint: `The probes of ${group} here: ${names.join(', ') || 'none'}.`,
  });
}
