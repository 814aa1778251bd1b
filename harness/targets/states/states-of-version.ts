import { inApiRange } from '../../core/api-range.ts';
import type { StatesFile, StateValues } from './static-file.ts';

/** The states of an API version: without the sets of values that `api` limits to others, and without `api` itself. */
export function statesOfVersion(states: StatesFile, version: string): StatesFile {
  return Object.fromEntries(
    Object.entries(states).flatMap(([state, entry]) => {
      const sets = (isList(entry) ? entry : [entry]).filter((set) => isFor(set, version)).map(withoutRange);
      return sets.length === 0 ? [] : [[state, sets] as const];
    }),
  );
}

function isFor(set: StateValues, version: string): boolean {
  const range = rangeOf(set);
  return range === undefined || inApiRange(version, range) !== false;
}

function withoutRange(set: StateValues): StateValues {
  if (rangeOf(set) === undefined) return set;
  return Object.fromEntries(Object.entries(set).filter(([name]) => name !== 'api'));
}

/** `api: '>=2026-07'`; a value that is called api and is no comparison is a value. */
function rangeOf({ api }: StateValues): string | undefined {
  return typeof api === 'string' && /^[<>=]/.test(api) && inApiRange('2025-04', api) !== undefined ? api : undefined;
}

function isList(entry: StatesFile[string]): entry is readonly StateValues[] {
  return Array.isArray(entry);
}
