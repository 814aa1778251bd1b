/**
 * Keeps the requests of other cases back while one case uses a state that does not last, such as a pending restore job:
 * otherwise the state could end while its request waits behind theirs.
 */
export interface ExclusiveAccess {
  /** Wait for the turn, then keep others waiting until the function that is returned is called. */
  hold(caseId: string): Promise<() => void>;
  /** Wait until no other case has exclusive access. */
  pass(caseId: string): Promise<void>;
}

export function exclusiveAccess(): ExclusiveAccess {
  let holder: string | undefined;
  let turn: Promise<void> = Promise.resolve();
  return {
    async hold(caseId) {
      const before = turn;
      let leave: () => void = () => undefined;
      turn = new Promise((resolve) => (leave = resolve));
      await before;
      holder = caseId;
      return () => {
        holder = undefined;
        leave();
      };
    },
    async pass(caseId) {
      while (holder !== undefined && holder !== caseId) await turn;
    },
  };
}
