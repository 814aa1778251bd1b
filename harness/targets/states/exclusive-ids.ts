import { HarnessError } from '../../core/errors.ts';

/** The values of one arranged state, by name. */
export type Values = Readonly<Record<string, string>>;

/** Sets states up and takes them down, without regard to who else uses them. */
interface Source {
  setUp(state: string): Promise<Values>;
  tearDown(state: string, values: Values): Promise<void>;
}

/** Gives the values of a state to one case at a time. */
interface ExclusiveIds {
  /** Throws `E_STATE_EXHAUSTED` where a case would get what it has already, or would have to wait while it holds some. */
  take(state: string, caseId: string): Promise<Values>;
  /** Take the state down, and let the next case have its values. */
  giveBack(state: string, values: Values, caseId: string): Promise<void>;
}

/**
 * A provider may give one well-known id each time a state is set up, and make the resource anew. Then a second case would
 * change the resource under the first. So the first use of a state sets it up twice, while no other case holds any: where
 * both times give the same values, the cases that need such states wait for each other.
 */
export function exclusiveIds(source: Source, signal?: AbortSignal): ExclusiveIds {
  const kinds = new Map<string, 'one' | 'many'>();
  /** How many states a case holds or is about to. */
  const active = new Map<string, number>();
  /** Which case holds a set of values. */
  const users = new Map<string, string>();
  let learning = 0;
  let holderOfOnes: string | undefined;
  let waiting: readonly (() => void)[] = [];
  signal?.addEventListener('abort', wakeAll, { once: true });

  function wakeAll(): void {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  }

  /** Wait until the claim succeeds. It is made in one go, so that nobody who is woken with this one comes in between. */
  async function until(claim: () => boolean): Promise<void> {
    while (!claim()) {
      if (signal?.aborted === true) throw new HarnessError('E_CLOSED', 'the run ends', { kind: 'harness' });
      await new Promise<void>((wake) => (waiting = [...waiting, wake]));
    }
  }

  const holds = (caseId: string): boolean => (active.get(caseId) ?? 0) > 0;

  function enter(caseId: string): void {
    active.set(caseId, (active.get(caseId) ?? 0) + 1);
  }

  function leave(caseId: string): void {
    const left = (active.get(caseId) ?? 1) - 1;
    if (left > 0) active.set(caseId, left);
    else active.delete(caseId);
    if (left <= 0 && holderOfOnes === caseId) holderOfOnes = undefined;
    wakeAll();
  }

  /**
   * May the case set the state up now? A case that holds a state already does not wait for others to hold none: two such
   * cases would wait for each other.
   */
  function admitted(state: string, caseId: string): boolean {
    const first = !holds(caseId);
    if (first && learning > 0) return false;
    const kind = kinds.get(state);
    switch (kind) {
      case undefined:
        if (first && active.size > 0) return false;
        learning += 1;
        break;
      case 'one':
        if (holderOfOnes !== undefined && holderOfOnes !== caseId) return false;
        holderOfOnes = caseId;
        break;
      case 'many':
        break;
      default:
        return kind satisfies never;
    }
    enter(caseId);
    return true;
  }

  /** Set a state up for the first time, and find out whether it gives the same values again. */
  async function learn(state: string, caseId: string): Promise<Values> {
    try {
      const first = await source.setUp(state);
      const second = await source.setUp(state);
      if (keyOf(first) === keyOf(second) && keyOf(first) !== '') {
        kinds.set(state, 'one');
        holderOfOnes ??= caseId;
        return second;
      }
      kinds.set(state, 'many');
      await source.tearDown(state, second);
      return first;
    } finally {
      learning -= 1;
      wakeAll();
    }
  }

  return {
    async take(state, caseId) {
      for (;;) {
        const had = holds(caseId);
        await until(() => admitted(state, caseId));
        let key: string | undefined;
        try {
          const values = await (kinds.has(state) ? source.setUp(state) : learn(state, caseId));
          key = keyOf(values);
          const user = users.get(key);
          if (user === undefined) {
            if (key !== '') users.set(key, caseId);
            return values;
          }
          if (user === caseId || had) throw sameAgain(state, values);
        } catch (thrown) {
          leave(caseId);
          throw thrown;
        }
        leave(caseId);
        const taken = key;
        await until(() => !users.has(taken));
      }
    },
    async giveBack(state, values, caseId) {
      try {
        await source.tearDown(state, values);
      } finally {
        users.delete(keyOf(values));
        leave(caseId);
      }
    },
  };
}

/** The same for the same values; empty where there are none. */
function keyOf(values: Values): string {
  const entries = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? '' : JSON.stringify(entries);
}

function sameAgain(state: string, values: Values): HarnessError {
  const shown = Object.values(values).join(', ');
  return new HarnessError(
    'E_STATE_EXHAUSTED',
    `the state provider gives ${shown} for "${state}", which this case or another one that runs uses already`,
    { kind: 'target', hint: 'Let the provider give another id at each setup. This case needs two different ones.' },
  );
}
