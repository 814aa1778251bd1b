import pThrottle from 'p-throttle';
import { interrupted, unlessAborted } from '../../core/abort.ts';
import type { HarnessError } from '../../core/errors.ts';
import type { Exchange, WireRequest } from '../../model/exchange.ts';
import type { Limits } from '../../wire/limits.ts';
import { redactText } from '../../wire/secrets/redact.ts';
import { openWire } from '../../wire/send.ts';
import type { Pace } from '../../model/target.ts';
import { checkedKey } from './key.ts';
import { adaptivePace, secondMs } from './pace.ts';
import { refusalOf, type TargetUrl } from './target-url.ts';
import type { Timeouts } from './timeouts.ts';

interface Sending {
  /** A refusal (429, 503 with Retry-After) does not make the run slower. */
  readonly unpaced?: boolean;
}

/** The one way to a live target: cases and arrangements share its pace. */
export interface LiveClient {
  /** Origin and path prefix. */
  readonly base: string;
  /** The same as it may be written down: a path may hold a credential. */
  readonly shownBase: string;
  readonly key: string;
  /** `signal` breaks it off, also while it waits for its turn; then this rejects with `E_INTERRUPTED`. */
  send(request: WireRequest, signal?: AbortSignal, how?: Sending): Promise<Exchange>;
  readonly pace: Pace;
  close(): Promise<void>;
}

export function openLiveClient(options: {
  readonly url: TargetUrl;
  readonly key: string;
  /** What is masked; default: the key. */
  readonly secrets?: readonly string[];
  readonly limits: Limits;
  /** Requests a second, at most. */
  readonly rate?: number;
  readonly patience?: Timeouts;
  /** Called when the run slows down. */
  readonly onSlower?: (what: string) => void;
}): LiveClient {
  const { url, key, limits, rate, patience = {}, onSlower } = options;
  const secrets = options.secrets ?? [key];
  const base = `${url.origin}${url.prefix}`;
  const admit = (address: string): HarnessError | undefined => refusalOf(url, address);
  const wire = openWire({ origin: url.origin, limits, secrets, admit });
  const closing = new AbortController();
  const paced = adaptivePace({
    closing: closing.signal,
    ...(rate === undefined ? {} : { rate }),
    ...(patience.firstPauseMs === undefined ? {} : { firstPauseMs: patience.firstPauseMs }),
    ...(patience.refusedMs === undefined ? {} : { refusedMs: patience.refusedMs }),
    ...(onSlower === undefined ? {} : { onSlower }),
  });
  const sendInTurn = async (request: WireRequest, signal?: AbortSignal, how?: Sending): Promise<Exchange> => {
    const sign = await paced.turn(`${request.method} ${request.path}`, signal);
    const sent = { ...request, path: `${url.prefix}${request.path}` };
    const exchange = await wire.send(sent, signal === undefined ? {} : { signal });
    if (how?.unpaced !== true) paced.heard(exchange, sign);
    return exchange;
  };
  const send =
    rate === undefined ? sendInTurn : pThrottle({ ...pace(rate), strict: true, signal: closing.signal })(sendInTurn);
  return {
    base,
    shownBase: redactText(base, secrets),
    key: checkedKey(key),
    pace: paced,
    send: (request, signal, how) =>
      unlessAborted(send(request, signal, how), signal, `${request.method} ${request.path}`),
    async close() {
      // What still waits for its turn would keep this process alive until then.
      closing.abort(interrupted('a request that waited for its turn'));
      await wire.close();
    },
  };
}

/** Evenly, one by one: a burst that is held up on its way would meet the next one in the same second. */
function pace(rate: number): { readonly limit: number; readonly interval: number } {
  const limit = Math.max(1, Math.floor(rate / 50));
  return { limit, interval: Math.min(Math.ceil((limit / rate) * secondMs), 2 ** 31 - 1) };
}
