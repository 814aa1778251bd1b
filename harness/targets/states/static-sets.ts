import { randomInt } from 'node:crypto';
import type { StateValues, StatesFile } from './static-file.ts';

/** One set of values that a state can give, such as `{ backup_id: 'ready-{n}' }`. */
export type ValueSet = Readonly<Record<string, string>>;

/** The sets of one state: made anew for each case from a template, or a fixed number of literal ones. */
export type StateSets =
  | { readonly kind: 'template'; readonly set: ValueSet }
  | { readonly kind: 'literal'; readonly sets: readonly ValueSet[] };

/** How many digits the numbers of a run have that does not begin with 1. */
export const runNumberDigits = 14;

/**
 * Where a run begins to count for `{n}`, so that a second run against the same server meets none of the ids of the first.
 * The last four digits are for counting.
 */
export function firstNumberOfRun(): number {
  return randomInt(10 ** 9, 10 ** 10) * 10 ** 4 + 1;
}

const placeholder = /\{(n|uuid)\}/g;

/** What a state of the file can give: lists are taken apart, side by side. */
export function setsOf(entry: StatesFile[string]): StateSets {
  const sets = (isList(entry) ? entry : [entry]).flatMap(takeApart);
  const [only, ...others] = sets;
  if (only !== undefined && others.length === 0 && isTemplate(only)) return { kind: 'template', set: only };
  return { kind: 'literal', sets };
}

/** Fill `{n}` (one number for the whole set) and `{uuid}` (a new one for each place). */
export function fillSet(set: ValueSet, fresh: { readonly n: number; readonly uuid: () => string }): ValueSet {
  return Object.fromEntries(
    Object.entries(set).map(([name, value]) => [
      name,
      value.replace(placeholder, (_, kind: string) => (kind === 'n' ? String(fresh.n) : fresh.uuid())),
    ]),
  );
}

function isList(entry: StatesFile[string]): entry is readonly StateValues[] {
  return Array.isArray(entry);
}

function isTemplate(set: ValueSet): boolean {
  return Object.values(set).some((value) => value.search(placeholder) >= 0);
}

/** `{ a: [1, 2], b: 3 }` → `{ a: 1, b: 3 }`, `{ a: 2, b: 3 }`; the shortest list decides how many there are. */
function takeApart(values: StateValues): readonly ValueSet[] {
  const lengths = Object.values(values)
    .filter((value) => typeof value !== 'string')
    .map((list) => list.length);
  const count = lengths.length === 0 ? 1 : Math.min(...lengths);
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : (value[index] ?? '')]),
    ),
  );
}
