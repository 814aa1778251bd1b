/** How many results may wait to be taken, for each item that is worked on: work does not run away from its consumer. */
const mostWaiting = 4;

/**
 * Works on items, so many at a time, and yields the results in the order in which they come, until all have or `stopped`
 * is. Only a few results wait to be taken, and none that has been is kept: the memory of a run does not grow with its cases.
 */
export async function* arrivals<T, R>(
  items: readonly T[],
  how: {
    readonly concurrency: number;
    readonly work: (item: T) => Promise<R>;
    readonly stopped: Promise<undefined>;
  },
): AsyncGenerator<R> {
  const { concurrency, work, stopped } = how;
  const arrived: Promise<R>[] = [];
  const left = items.values();
  let running = 0;
  let wake = (): void => undefined;
  const fill = (): void => {
    while (running < concurrency && arrived.length < mostWaiting * concurrency) {
      const { value, done } = left.next();
      if (done === true) return;
      running += 1;
      const result = work(value);
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
