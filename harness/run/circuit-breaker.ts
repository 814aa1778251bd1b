import type { Case } from '../model/case.ts';
import type { Exchange, FaultKind } from '../model/exchange.ts';
import type { Verdict } from '../model/verdict.ts';

/** Keeps a run against a server that is down or hangs from trying every case in vain. */
interface CircuitBreaker {
  /** Count a verdict. */
  note(verdict: Verdict): void;
  /** The verdict of a case that is not tried any more, because enough of them have shown what there is to see. */
  skipped(one: Case): Verdict | undefined;
}

/** After so many cases without an answer in time, no further probe is sent; without any connection, no further case. */
const enough = 8;

export function newCircuitBreaker(): CircuitBreaker {
  let unanswered = 0;
  let unreachable = 0;
  let reached = false;
  return {
    note(verdict) {
      reached ||= verdict.exchanges.some(({ exchange }) => wasReached(exchange));
      if (verdict.status === 'error' && verdict.error.code === 'E_TARGET_UNREACHABLE') unreachable += 1;
      if (verdict.status !== 'fail') return;
      const silent = verdict.exchanges.some(({ exchange: { fault } }) => {
        return fault?.kind === 'no-answer' || fault?.kind === 'too-slow';
      });
      if (silent) unanswered += 1;
    },
    skipped(one) {
      const reason = reasonFor(one);
      if (reason === undefined) return undefined;
      return { case: one, ms: 0, exchanges: [], values: {}, advice: [], status: 'skip', reason };
    },
  };

  function reasonFor({ kind }: Case): string | undefined {
    if (!reached && unreachable >= enough)
      return `not tried: the server could not be reached in the first ${enough} cases`;
    if (kind === 'probe' && unanswered >= enough)
      return `not tried: the server has left ${enough} cases without an answer in time`;
    return undefined;
  }
}

/** Whether the server itself had a part in the exchange. */
function wasReached({ response, fault }: Exchange): boolean {
  return response !== undefined || !faultsBefore.has(fault?.kind);
}

const faultsBefore: ReadonlySet<FaultKind | undefined> = new Set([
  'refused',
  'dns',
  'tls',
  'proxy',
  'blocked',
  'own-machine',
]);
