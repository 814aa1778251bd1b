/** What a front remembers from one request to the next. */
export interface Memory {
  /** Ids whose deletion has been accepted. */
  readonly accepted: Set<string>;
  /** Ids that existed when another one was accepted. */
  readonly bystanders: Set<string>;
  /** How many requests for an id are being answered. */
  readonly open: Map<string, number>;
  /** How many requests the fault could have hit. */
  hits: number;
}

export function newMemory(): Memory {
  return { accepted: new Set(), bystanders: new Set(), open: new Map(), hits: 0 };
}

/** What is known of one connection. */
export interface Acquaintance {
  shownKey: boolean;
}
