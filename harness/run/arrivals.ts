/** How many results may wait to be taken, for each item that is worked on: work does not run away from its consumer. */
const mostWaiting = 4;

/** What there is to do. */
interface WorkQueue<T> {
  /** The next item; undefined while there is none. */
  next(): { readonly item: T } | undefined;
  /** Do that one again, but another one first. */
  again(item: T): void;
}

export function workQueue<T>(items: readonly T[]): WorkQueue<T> {
  const left = [...items].reverse();
  return {
    next: () => (left.length === 0 ? undefined : { item: left.pop() as T }),
    again: (item) => void left.splice(Math.max(0, left.length - 1), 0, item),
  };
}

/**
 * Works on items, so many at a time, and yields the results in the order in which they come, until all have or `stopped`
 * is. Only a few results wait to be taken, and none that has been is kept: the memory of a run does not grow with its cases.
 */
export async function* arrivals<T, R>(
  items: WorkQueue<T>,
  how: {
    readonly concurrency: number;
    readonly work: (item: T) => Promise<R>;
    readonly stopped: Promise<undefined>;
  },
): AsyncGenerator<R> {
  const { concurrency, work, stopped } = how;
  const arrived: Promise<R>[] = [];
  let running = 0;
  let wake = (): void => undefined;
  const fill = (): void => {
    while (running < concurrency && arrived.length < mostWaiting * concurrency) {
      const next = items.next();
      if (next === undefined) return;
      running += 1;
      const result = work(next.item);
      const arrive = (): void => {
        running -= 1;
        arrived.push(result);
        fill();
        wake();
      };
      result.then(arrive, arrive);
    }
  };
  // One reaction for all: a race with `stopped` for each result would be kept until the end.
  const state = { over: false };
  void stopped.then(() => {
    state.over = true;
    wake();
  });
  fill();
  while (running > 0 || arrived.length > 0) {
    const next = arrived.shift();
    if (next !== undefined) {
      fill();
      yield await next;
      continue;
    }
    if (state.over) return;
    await new Promise<void>((resolve) => (wake = resolve));
  }
}
