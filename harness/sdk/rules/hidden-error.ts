import type { Raised } from '../driver/protocol.ts';
import { replyInWords, type Reply } from '../server/script.ts';
import { lastReply, repliesOf } from './last-reply.ts';
import type { SdkRule } from './rule.ts';

/**
 * The send that failed may have worked all the same; the next one then finds nothing. A user who is told only "not found"
 * believes that nothing was there. Judged by what was sent and by the fields of what was raised, never by its texts.
 */
export const hiddenError: SdkRule = {
  name: 'sdk/hidden-error',
  requirement: 'An error that a retry followed does not vanish when the retry says something else.',
  waivable: 'by-review',
  severity: 'hazard',
  run: function* (o) {
    if (o.result?.outcome !== 'raised') return;
    const { raised } = o.result;
    const last = lastReply(o)?.means;
    const first = repliesOf(o)
      .slice(0, -1)
      .find((reply) => reply !== undefined && mayHaveWorked(reply));
    if (first === undefined || last?.kind !== 'error' || sameStatus(first, last.status)) return;
    if (statusOf(raised) !== undefined && statusOf(raised) !== last.status) return;
    if (raised.cause.some(({ status }) => status !== last.status)) return;
    const answer = replyInWords(first);
    const notFound = last.status === 404 && saysNotFound(raised, o.manifest.notFoundErrors ?? []);
    yield {
      message: notFound
        ? `The error says only that nothing was there, but the first send, answered with ${answer}, may have worked.`
        : `Nothing is said of the ${answer} before it: the user does not learn that the first send may have worked.`,
      where: 'outcome',
      expected: `an error with a field or a cause that gives the ${answer}`,
      actual: `${raised.class}, of the ${last.status} alone`,
      hint: 'Raise the first error, or give it as the cause of the last one, with its status.',
      ...(notFound ? {} : { severity: 'advice' }),
    };
  },
};

/** A server that failed, or that was not heard to the end, may have done its work before. */
function mayHaveWorked({ means }: Reply): boolean {
  switch (means.kind) {
    case 'fault':
      return true;
    case 'error':
      return means.status >= 500;
    case 'success':
      return false;
    default:
      return means satisfies never;
  }
}

function sameStatus({ means }: Reply, status: number): boolean {
  return means.kind === 'error' && means.status === status;
}

function statusOf({ status }: Raised): number | undefined {
  return typeof status.value === 'number' ? status.value : undefined;
}

/** By its status or, where it gives none, by its type. */
function saysNotFound(raised: Raised, notFoundErrors: readonly string[]): boolean {
  if (statusOf(raised) === 404) return true;
  return [raised.class, ...raised.lineage].some((type) => notFoundErrors.some((begins) => type.startsWith(begins)));
}
