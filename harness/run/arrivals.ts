/** Yields the values of promises in the order in which they are fulfilled, until all are or `stopped` is. */
export async function* arrivals<T>(promises: readonly Promise<T>[], stopped: Promise<undefined>): AsyncGenerator<T> {
  const arrived: Promise<T>[] = [];
  let missing = promises.length;
  let wake = (): void => undefined;
  for (const promise of promises) {
    const arrive = (): void => {
      missing -= 1;
      arrived.push(promise);
      wake();
    };
    promise.then(arrive, arrive);
  }
  while (missing > 0 || arrived.length > 0) {
    const next = arrived.shift();
    if (next !== undefined) {
      yield await next;
      continue;
    }
    const arrival = new Promise<true>((resolve) => (wake = () => resolve(true)));
    if ((await Promise.race([arrival, stopped])) === undefined) return;
  }
}
