import type { Exchange } from '../../model/exchange.ts';
import type { Pace } from '../../model/target.ts';

/** How often a request is sent, if the server answers 429 each time. */
const tries = 8;

/**
 * Sends what is not under test until the server takes it: a request that is answered 429 was turned away before anything
 * happened. Its pace makes each try wait.
 */
export async function sendUntilTaken(send: () => Promise<Exchange>, pace: Pace | undefined): Promise<Exchange> {
  for (let attempt = 1; ; attempt += 1) {
    const exchange = await send();
    const isOver = pace === undefined || pace.givenUp() !== undefined || attempt === tries;
    if (isOver || exchange.response?.status !== 429) return exchange;
  }
}
