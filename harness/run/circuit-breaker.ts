import type { Case } from '../model/case.ts';
import type { Verdict } from '../model/verdict.ts';

/** Keeps a run against a server that hangs from taking as many time limits as there are cases. */
interface CircuitBreaker {
  /** Count a verdict. */
  note(verdict: Verdict): void;
  /** The verdict of a probe that is not tried any more, because enough of them have shown what there is to see. */
  skipped(one: Case): Verdict | undefined;
}

/** After so many cases without an answer in time, no further probe is sent. */
const enough = 8;

export function newCircuitBreaker(): CircuitBreaker {
  let unanswered = 0;
  return {
    note(verdict) {
      if (verdict.status !== 'fail') return;
      const silent = verdict.exchanges.some(({ exchange: { fault } }) => {
        return fault?.kind === 'no-answer' || fault?.kind === 'too-slow';
      });
      if (silent) unanswered += 1;
    },
    skipped(one) {
      if (one.kind !== 'probe' || unanswered < enough) return undefined;
      const reason = `not tried: the server has left ${enough} cases without an answer in time`;
      return { case: one, ms: 0, exchanges: [], values: {}, advice: [], status: 'skip', reason };
    },
  };
}
