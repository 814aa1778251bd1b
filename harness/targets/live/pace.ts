import { unlessAborted, waitUnlessAborted } from '../../core/abort.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Pace } from '../../model/target.ts';
import { isRefusal, retryAfterMs } from '../../wire/refusal.ts';
import { growing, type Rate, reduced, requestsASecond } from './rate.ts';

/** A pace that requests keep to: each waits for its turn before it is sent, and its answer is heard. */
interface AdaptivePace extends Pace {
  /** Resolves to a sign that goes with the answer; rejects with `E_INTERRUPTED` when the signal is aborted. */
  turn(what: string, signal?: AbortSignal): Promise<number>;
  heard(exchange: Exchange, sign: number): void;
}

interface PaceOptions {
  /** Ends what still waits for its turn. */
  readonly closing: AbortSignal;
  /** Requests a second, at most. */
  readonly rate?: number;
  /** The first pause after a refusal without Retry-After; each next one is twice as long. */
  readonly firstPauseMs?: number;
  /** How long the server may refuse every request before the run gives up. */
  readonly refusedMs?: number;
  readonly onSlower?: (what: string) => void;
}

/** A little more than a second, so that no second on the clock of a server sees one request too many. */
export const secondMs = 1050;

/** A server that asks for a longer pause than this is not waited for. */
const longestPauseMs = 60_000;

/**
 * The pace of a server that refuses what is too much for it. Without refusals nothing waits. After one, nothing is sent
 * for as long as the server asks for, then fewer requests a second (multiplicative decrease), and with each answer a
 * little more (additive increase).
 */
export function adaptivePace({
  closing,
  rate: most = Infinity,
  firstPauseMs = 250,
  refusedMs = 30_000,
  onSlower = () => undefined,
}: PaceOptions): AdaptivePace {
  const began = performance.now();
  /** When answers came in the last second, and perhaps before. */
  let recent: number[] = [];
  let rate: Rate | undefined;
  let slowest = Infinity;
  let readyAt = 0;
  /** Requests that were sent before the last refusal was heard say nothing about the pace since. */
  let sign = 0;
  let line: Promise<unknown> = Promise.resolve();
  let accepted = 0;
  let acceptedSince = 1;
  let refused = 0;
  let pauses = 0;
  let pausedMs = 0;
  let waitedMs = 0;
  let ranAgain = 0;
  let givenUp: string | undefined;

  const slot = async (what: string): Promise<number> => {
    for (let left = readyAt - performance.now(); left > 0; left = readyAt - performance.now()) {
      await waitUnlessAborted(left, closing, what);
    }
    if (rate !== undefined) readyAt = performance.now() + secondMs / rate.perSecond;
    return sign;
  };

  const pause = (ms: number, status: number): void => {
    sign += 1;
    pauses += 1;
    pausedMs += ms;
    waitedMs += ms;
    // What is refused again before anything was answered came too early, not too fast.
    if (acceptedSince > 0) {
      const now = performance.now();
      rate = reduced(rate, {
        now: now + ms,
        lastSecond: recent.filter((time) => time > now - 1000).length,
        average: (accepted * 1000) / Math.max(1000, now - began),
        most,
      });
      acceptedSince = 0;
      slowest = Math.min(slowest, rate.perSecond);
    }
    readyAt = Math.max(readyAt, performance.now() + ms);
    const seconds = `${Math.round(ms / 100) / 10} s`;
    onSlower(`${seconds}, for the server answered ${status}; then at most ${requestsASecond(rate?.perSecond ?? most)}`);
  };

  return {
    async turn(what, signal) {
      if (readyAt === 0) return sign;
      const mine = line.then(() => slot(what));
      line = mine.catch(() => undefined);
      return unlessAborted(mine, signal, what);
    },
    heard({ response }, sentWith) {
      if (response === undefined) return;
      if (!isRefusal(response)) {
        accepted += 1;
        recent.push(performance.now());
        if (recent.length > 5000) recent = recent.slice(-2500);
        if (sentWith !== sign) return;
        acceptedSince += 1;
        pauses = 0;
        pausedMs = 0;
        if (rate !== undefined) rate = growing(rate, { now: performance.now(), most });
        return;
      }
      refused += 1;
      if (sentWith !== sign || givenUp !== undefined) return;
      const asked = retryAfterMs(response) ?? 0;
      if (asked > longestPauseMs) givenUp = `it asks for a pause of ${Math.round(asked / 1000)} s`;
      else if (pausedMs >= refusedMs) givenUp = `it has refused every request for ${Math.round(pausedMs / 1000)} s`;
      else pause(Math.max(asked, firstPauseMs * 2 ** pauses), response.status);
    },
    answered: () => accepted,
    givenUp: () => givenUp,
    noteAgain: () => void (ranAgain += 1),
    forget() {
      [rate, slowest, readyAt, refused, waitedMs, ranAgain] = [undefined, Infinity, 0, 0, 0, 0];
      [pauses, pausedMs, acceptedSince, givenUp] = [0, 0, 1, undefined];
      sign += 1;
    },
    throttled() {
      if (refused === 0) return undefined;
      return {
        refused,
        ranAgain,
        waitedMs: Math.round(waitedMs),
        ...(Number.isFinite(slowest) ? { slowest: Math.round(slowest * 10) / 10 } : {}),
      };
    },
  };
}
