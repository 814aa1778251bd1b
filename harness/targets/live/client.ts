import pThrottle from 'p-throttle';
import { interrupted, unlessAborted } from '../../core/abort.ts';
import type { HarnessError } from '../../core/errors.ts';
import type { Exchange, WireRequest } from '../../model/exchange.ts';
import type { Limits } from '../../wire/limits.ts';
import { openWire } from '../../wire/send.ts';
import { checkedKey } from './key.ts';
import { refusalOf, type TargetUrl } from './target-url.ts';

/** The one way to a live target: cases and arrangements share its pace. */
export interface LiveClient {
  /** Origin and path prefix. */
  readonly base: string;
  readonly key: string;
  /** `signal` breaks it off, also while it waits for its turn; then this rejects with `E_INTERRUPTED`. */
  send(request: WireRequest, signal?: AbortSignal): Promise<Exchange>;
  close(): Promise<void>;
}

/** A little more than a second, so that no second on the clock of a server sees one request too many. */
const secondMs = 1050;

export function openLiveClient(options: {
  readonly url: TargetUrl;
  readonly key: string;
  /** What is masked; default: the key. */
  readonly secrets?: readonly string[];
  readonly limits: Limits;
  /** Requests a second, at most. */
  readonly rate?: number;
}): LiveClient {
  const { url, key, limits, rate } = options;
  const admit = (address: string): HarnessError | undefined => refusalOf(url, address);
  const wire = openWire({ origin: url.origin, limits, secrets: options.secrets ?? [key], admit });
  const closing = new AbortController();
  const sendNow = (request: WireRequest, signal?: AbortSignal): Promise<Exchange> =>
    wire.send({ ...request, path: `${url.prefix}${request.path}` }, signal === undefined ? {} : { signal });
  const sendPaced =
    rate === undefined ? sendNow : pThrottle({ ...pace(rate), strict: true, signal: closing.signal })(sendNow);
  return {
    base: `${url.origin}${url.prefix}`,
    key: checkedKey(key),
    send: (request, signal) => unlessAborted(sendPaced(request, signal), signal, `${request.method} ${request.path}`),
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
  return { limit, interval: Math.ceil((limit / rate) * secondMs) };
}
