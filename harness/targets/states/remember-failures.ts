import { HarnessError } from '../../core/errors.ts';
import type { StateProvider } from './provider.ts';

/** The failures of arranging a state since it last worked. */
interface Failures {
  readonly count: number;
  readonly spentMs: number;
  readonly last: HarnessError;
}

/** So many failures in a row, or so much time that they took, are enough to expect the same of the next try. */
const most = { count: 3, spentMs: 30_000 };

/** Codes of a server or provider that does not do its part; others are about one case. */
const lasting: ReadonlySet<string> = new Set([
  'E_ARRANGE',
  'E_LIST_ENDLESS',
  'E_STATE_PROVIDER',
  'E_TARGET_UNREACHABLE',
]);

/**
 * A provider that does not try again what has failed several times in a row, or has taken long to fail: a server that
 * hangs would otherwise cost its time limit in every case. `now`: milliseconds of a clock that never goes back.
 */
export function rememberFailures(provider: StateProvider, now = (): number => performance.now()): StateProvider {
  const failures = new Map<string, Failures>();
  return {
    ...provider,
    async arrange(state, options) {
      const known = failures.get(state);
      if (known !== undefined && (known.count >= most.count || known.spentMs >= most.spentMs)) throw again(known);
      const start = now();
      try {
        const arranged = await provider.arrange(state, options);
        failures.delete(state);
        return arranged;
      } catch (thrown) {
        if (thrown instanceof HarnessError && lasting.has(thrown.code)) {
          const { count = 0, spentMs = 0 } = failures.get(state) ?? {};
          failures.set(state, { count: count + 1, spentMs: spentMs + now() - start, last: thrown });
        }
        throw thrown;
      }
    },
  };
}

function again({ count, last }: Failures): HarnessError {
  const times = count === 1 ? 'once, and that took long' : `${count} times in a row`;
  const { code, message, kind, hint } = last;
  return new HarnessError(code as `E_${string}`, `not tried again, because this failed ${times}: ${message}`, {
    kind,
    ...(hint === undefined ? {} : { hint }),
    cause: last,
  });
}
