/** Lets a provider wait at its end for what is still going on. */
interface PendingWork {
  /** The same promise, which {@link ended} waits for. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when all that is going on now has ended, well or not. */
  ended(): Promise<void>;
}

export function pendingWork(): PendingWork {
  const pending = new Set<Promise<unknown>>();
  return {
    async track(work) {
      pending.add(work);
      try {
        return await work;
      } finally {
        pending.delete(work);
      }
    },
    async ended() {
      await Promise.allSettled(pending);
    },
  };
}
