/** What a front remembers from one request to the next. */
export interface Memory {
  /** Ids whose deletion has been accepted. */
  readonly accepted: Set<string>;
  /** Ids that existed when another one was accepted. */
  readonly bystanders: Set<string>;
  /** How many requests for an id are being answered. */
  readonly open: Map<string, number>;
  /** What lets the request for an id go on that waits for another one of the same id. */
  readonly waiting: Map<string, () => void>;
  /** How many requests the fault could have hit. */
  hits: number;
}

export function newMemory(): Memory {
  return { accepted: new Set(), bystanders: new Set(), open: new Map(), waiting: new Map(), hits: 0 };
}

/** Resolves when another request for the id comes, at once if one waits already, and after a second in any case. */
export function another(id: string, { waiting }: Memory): Promise<void> {
  const first = waiting.get(id);
  if (first !== undefined) {
    first();
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const goOn = (): void => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve();
    };
    const timer = setTimeout(goOn, 1000);
    waiting.set(id, goOn);
  });
}

/** What is known of one connection. */
export interface Acquaintance {
  shownKey: boolean;
}
