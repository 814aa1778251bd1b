/** Requests a second, and how they came to be so many. */
export interface Rate {
  readonly perSecond: number;
  /** When it was reduced last, what to, what had been too many, and how often; undefined where nothing is known of that yet. */
  readonly reduced?: { readonly at: number; readonly to: number; readonly from: number; readonly times: number };
}

/** Slower than one request in this many seconds is never asked. */
const slowestSeconds = 10;
/** So long after the first reduction the rate is again what was too many, in milliseconds. */
const firstRecoveryMs = 4000;
/** After each further reduction it takes twice as long, up to this: else a case of many requests is refused in each try. */
const longestRecoveryMs = 32_000;

/** Fewer answers than this show nothing of what a server bears in a second. */
const few = 20;
/** What is tried first where nothing is known. */
const firstPerSecond = 5;

/** What is known when a request is refused. */
interface Known {
  /** Milliseconds of a clock that never goes back. */
  readonly now: number;
  /** How many answers came in the last second. */
  readonly lastSecond: number;
  /** How many came a second since the run began, pauses included. */
  readonly average: number;
  readonly most: number;
}

/** The rate after a refusal: multiplicative decrease. */
export function reduced(rate: Rate | undefined, { now, lastSecond, average, most }: Known): Rate {
  if (rate === undefined && lastSecond < few) return { perSecond: Math.min(firstPerSecond, most) };
  // What was answered in the last second is what the server bears, if its limit is one of requests a second.
  const from = rate?.perSecond ?? lastSecond;
  // What was answered on the average it bears whatever its limit is.
  const least = Math.max(1 / slowestSeconds, rate === undefined ? 0 : average / 2);
  const to = Math.min(Math.max(from * (rate === undefined ? 0.7 : 0.6), least), most);
  const times = (rate?.reduced?.times ?? 0) + 1;
  return { perSecond: to, reduced: { at: now, to, from: Math.max(from, to * 1.2), times } };
}

/**
 * The rate after an answer: fast growth while nothing is known; else back to what was too many, where it stays for a while,
 * and then beyond, as CUBIC does (RFC 9438 §4.2).
 */
export function growing(rate: Rate, { now, most }: Pick<Known, 'now' | 'most'>): Rate {
  if (rate.reduced === undefined) return { perSecond: Math.min(rate.perSecond + 1, most) };
  const { at, to, from, times } = rate.reduced;
  const recoveryMs = Math.min(firstRecoveryMs * 2 ** (times - 1), longestRecoveryMs);
  const grown = from + (from - to) * (Math.max(0, now - at) / recoveryMs - 1) ** 3;
  return { ...rate, perSecond: Math.min(Math.max(rate.perSecond, grown), most) };
}

/** Such as `35 requests a second` or `1 request in 4 s`. */
export function requestsASecond(perSecond: number): string {
  if (perSecond < 1) return `1 request in ${Math.ceil(1 / perSecond)} s`;
  return `${Math.floor(perSecond)} ${perSecond < 2 ? 'request' : 'requests'} a second`;
}
