/** How long and how much an exchange may take before it is cut off. */
export interface Limits {
  /** From the first try to connect to the last byte of the answer. */
  readonly timeoutMs: number;
  /** The longest silence once the answer has begun; no such limit where absent. */
  readonly idleMs?: number;
  /** Bytes of a body that are read. */
  readonly maxBody: number;
  /** Bytes of a head that are read. */
  readonly maxHeaders: number;
}

export const defaultLimits: Limits = { timeoutMs: 10_000, maxBody: 1024 * 1024, maxHeaders: 64 * 1024 };

/**
 * The part of the time limit for which a sequence of items is read that may have no end, counted from its head; it is read
 * on to the limit itself where no item is whole by then.
 */
export const partForItems = 1 / 2;
