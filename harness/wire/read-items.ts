import type { HeaderPair, ItemCounter, ReadingStopped, WireRequest } from '../model/exchange.ts';

/** More items than this show nothing new. */
const mostItems = 10_000;

const atBytes = 'at the limit of bytes';

/** What to do where reading was stopped before one item was whole. */
export function adviceForNoItem({ message }: ReadingStopped): string {
  return message.endsWith(atBytes)
    ? 'let the server send a smaller item, or raise --max-body'
    : 'let the server send an item in that time, or raise --timeout';
}

/** Decides when a sequence that may have no end has been read far enough. */
export interface ItemLimit {
  /** Says that bytes came. `full`: no more of them are kept. */
  push(bytes: Uint8Array, full: boolean): void;
  /** The time for reading is over as soon as one item is whole. */
  timeUp(): void;
  /** All time is over. */
  stopNow(): void;
  readonly whole: number;
}

/** Undefined where the response is one thing. `stop` is called when enough has been read. */
export function itemLimit(
  itemsOf: WireRequest['itemsOf'],
  head: { readonly status: number; readonly headers: readonly HeaderPair[] },
  stop: (stopped: ReadingStopped) => void,
): ItemLimit | undefined {
  const counter: ItemCounter | undefined = itemsOf?.(head);
  if (counter === undefined) return undefined;
  const began = performance.now();
  let enoughTime = false;
  const stopNow = (why: string): void => stop(stoppedAfter(counter.whole, why));
  const afterMs = (): string => `${Math.round(performance.now() - began)} ms after its head`;
  return {
    push(bytes, full) {
      counter.push(bytes);
      if (full) stopNow(atBytes);
      else if (counter.whole >= mostItems) stopNow('at the limit of items');
      else if (enoughTime && counter.whole > 0) stopNow(afterMs());
    },
    timeUp() {
      enoughTime = true;
      if (counter.whole > 0) stopNow(afterMs());
    },
    stopNow: () => stopNow(afterMs()),
    get whole() {
      return counter.whole;
    },
  };
}

function stoppedAfter(items: number, when: string): ReadingStopped {
  const count = items === 0 ? 'before an item was whole' : `after ${items} whole item${items === 1 ? '' : 's'}`;
  return { items, message: `the stream did not end, and was read no further from this side ${count}, ${when}` };
}
