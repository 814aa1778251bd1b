import { unknownValue } from '../cases/request/unknown-value.ts';
import { noSuchResource } from '../cases/suite.ts';
import { unlessAborted } from '../core/abort.ts';
import { secretsOf } from '../core/credentials.ts';
import { HarnessError, messageOf, toCaseError } from '../core/errors.ts';
import type { Case, Need } from '../model/case.ts';
import type { Arranged, Target } from '../model/target.ts';
import type { Verdict } from '../model/verdict.ts';
import { asError } from '../results/change-verdict.ts';
import { redactError } from '../wire/secrets/redact.ts';
import type { RunContext } from './run-context.ts';
import { attemptsOn } from './steps/provoke-step.ts';

/** The states that one case needs. */
interface CaseStates {
  /** Of what has been arranged until now, by the names that the steps use. */
  readonly values: Readonly<Record<string, string>>;
  /** Those of the values that nothing but this run can have named. */
  readonly unique: readonly string[];
  /** Arranges them in turn. Resolves to why there is none, where the case can do without it. */
  arrange(): Promise<string | undefined>;
  /** The state that was to be arranged last. */
  last(): string;
  /**
   * Gives them back; what fails there is reported, but does not hide what the case found out. A state is untouched where
   * the case has not begun, and where it was only read and nothing failed.
   */
  release(verdict: Verdict, begun: boolean): Promise<Verdict>;
}

export function caseStates(
  one: Case,
  context: RunContext,
  options: { readonly onArranging?: (state: string) => void; readonly freshId: () => string },
): CaseStates {
  const { freshId, onArranging } = options;
  const values: Record<string, string> = {};
  const unique: string[] = [];
  const arranged: Arranged[] = [];
  let last = '';
  return {
    values,
    unique,
    async arrange() {
      let withoutState: string | undefined;
      for (const need of one.needs) {
        onArranging?.(need.state);
        last = need.state;
        const state = await arrange(need, one, context, freshId).catch((thrown: unknown): Arranged => {
          if (!hasStatelessAttempt(one, context.target) || !isStateMissing(thrown)) throw thrown;
          withoutState = `${need.state} could not be arranged (${messageOf(thrown)})`;
          return { values: unknownValues(need, one, freshId), release: () => Promise.resolve() };
        });
        arranged.push(state);
        unique.push(...(state.unique ?? []));
        Object.assign(values, renamed(need, state.values));
      }
      return withoutState;
    },
    last: () => last,
    async release(verdict, begun) {
      const well = verdict.status === 'pass' || verdict.status === 'skip';
      const results = await Promise.allSettled(
        arranged.map((state, place) =>
          state.release({ untouched: !begun || (well && one.needs[place]?.consumes === false) }),
        ),
      );
      const failed = results.find((result) => result.status === 'rejected');
      if (failed === undefined || !well) return verdict;
      return asError(verdict, redactError(toCaseError(failed.reason), secretsOf(context.target)));
    },
  };
}

async function arrange(
  need: Need,
  one: Case,
  { target, signal }: RunContext,
  freshId: () => string,
): Promise<Arranged> {
  const unknown = unknownValues(need, one, freshId);
  // A target that knows the state must hear of the id: it lets no other leave, or has recorded one.
  if (need.state !== noSuchResource || target.can(need.state) === true) {
    const making = target.arrange(need.state, {
      consumes: need.consumes,
      caseId: one.id,
      unknown,
      ...(need.arrangement === undefined ? {} : { arrangement: need.arrangement }),
      ...(signal === undefined ? {} : { signal }),
    });
    return unlessAborted(making, signal, `arranging "${need.state}"`).catch((thrown: unknown) => {
      // A target that does not heed the signal may yet arrange it.
      making.then((late) => late.release({ untouched: true })).catch(() => undefined);
      throw thrown;
    });
  }
  return { values: unknown, release: () => Promise.resolve() };
}

function unknownValues(need: Need, one: Case, freshId: () => string): Readonly<Record<string, string>> {
  const names = Object.keys(need.as);
  return Object.fromEntries(names.map((name) => [name, unknownValue(one.operation, name, freshId())]));
}

/** Whether a way to provoke the response is left where no state can be arranged. */
function hasStatelessAttempt({ steps }: Case, { kind }: Target): boolean {
  return steps.some(
    (step) => step.kind === 'provoke' && attemptsOn(step, kind).some(({ stateless }) => stateless === true),
  );
}

function isStateMissing(thrown: unknown): boolean {
  return thrown instanceof HarnessError && (thrown.code === 'E_STATE_UNSUPPORTED' || thrown.code === 'E_STATE_UNKNOWN');
}

function renamed(need: Need, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [need.as[name] ?? name, value]));
}
