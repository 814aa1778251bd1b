import { randomUUID } from 'node:crypto';
import { HarnessError } from '../../core/errors.ts';
import type { Arranged } from '../../model/target.ts';
import type { ArrangeOptions, StateProvider } from './provider.ts';
import { statesOfVersion } from './states-of-version.ts';
import { readStates } from './static-file.ts';
import { type StateSets, type ValueSet, fillSet, setsOf } from './static-sets.ts';

/** One literal set of values, and which cases have it now. `spent`: a case that may use it up has had it. */
interface Slot {
  readonly set: ValueSet;
  readonly users: Set<symbol>;
  spent: boolean;
}

/**
 * States that exist already, on any server whose ids are known: a YAML file says which. `firstNumber`: the first `{n}`.
 * `version`: the API version, to which sets of values may be limited.
 */
export function staticStates(
  file: string,
  { firstNumber = 1, version }: { readonly firstNumber?: number; readonly version?: string } = {},
): StateProvider {
  const read = version === undefined ? readStates(file) : statesOfVersion(readStates(file), version);
  const states = new Map(Object.entries(read).map(([state, entry]) => [state, stock(setsOf(entry))]));
  let n = firstNumber - 1;
  const waiting = new Set<() => void>();
  const holding = new Map<string, number>();

  function fresh(set: ValueSet): ValueSet {
    n += 1;
    return fillSet(set, { n, uuid: randomUUID });
  }

  /** Found and claimed in one go: whoever asks next, or is woken with this one, must see that it is taken. */
  async function takeSlot(
    state: string,
    slots: readonly Slot[],
    { options, user }: { readonly options: ArrangeOptions; readonly user: symbol },
  ): Promise<Slot> {
    for (;;) {
      const left = slots.filter((slot) => !slot.spent);
      // Sharers take from the end and together, so that as many sets as can be stay free for consumers.
      const slot = options.consumes ? left.find((each) => each.users.size === 0) : left.at(-1);
      if (slot !== undefined) {
        slot.users.add(user);
        if (options.consumes) slot.spent = true;
        hold(options.caseId, 1);
        return slot;
      }
      const holds = options.caseId !== undefined && (holding.get(options.caseId) ?? 0) > 0;
      // A case that holds a set must not wait for another: two such cases could wait for each other.
      if (left.length === 0 || holds) throw exhausted(file, state, slots.length);
      await new Promise<void>((wake) => waiting.add(wake));
    }
  }

  function hold(caseId: string | undefined, change: 1 | -1): void {
    if (caseId !== undefined) holding.set(caseId, (holding.get(caseId) ?? 0) + change);
  }

  return {
    name: file,
    can(state) {
      if (states.has(state)) return true;
      return { reason: `${file} has no state "${state}"; it has: ${[...states.keys()].join(', ')}` };
    },
    async arrange(state, options): Promise<Arranged> {
      const found = states.get(state);
      if (found === undefined) throw unknown(file, state, [...states.keys()]);
      if (found.kind === 'template') return { values: fresh(found.set), release: () => Promise.resolve() };
      const user = Symbol(state);
      const slot = await takeSlot(state, found.slots, { options, user });
      return {
        values: fresh(slot.set),
        release({ untouched }) {
          if (slot.users.delete(user)) hold(options.caseId, -1);
          if (options.consumes && untouched) slot.spent = false;
          for (const wake of waiting) wake();
          waiting.clear();
          return Promise.resolve();
        },
      };
    },
    close: () => Promise.resolve([]),
  };
}

type Stock =
  { readonly kind: 'template'; readonly set: ValueSet } | { readonly kind: 'slots'; readonly slots: readonly Slot[] };

function stock(sets: StateSets): Stock {
  if (sets.kind === 'template') return sets;
  return { kind: 'slots', slots: sets.sets.map((set) => ({ set, users: new Set<symbol>(), spent: false })) };
}

function unknown(file: string, state: string, known: readonly string[]): HarnessError {
  return new HarnessError('E_STATE_UNKNOWN', `${file} has no state "${state}". It has: ${known.join(', ')}.`, {
    hint: `Add "${state}" to ${file}, with the values of a resource that is in that state.`,
  });
}

function exhausted(file: string, state: string, sets: number): HarnessError {
  return new HarnessError(
    'E_STATE_EXHAUSTED',
    `${file} gives "${state}" ${sets === 1 ? 'once' : `${sets} times`}, and other cases have used that up`,
    { kind: 'target', hint: `Give "${state}" more values in ${file}, or one with {n} or {uuid} in it.` },
  );
}
