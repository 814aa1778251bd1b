/** How long arranging and cleaning up may take, where the defaults do not fit. All in milliseconds. */
export interface Timeouts {
  /** For one resource to be ready; default five minutes. */
  readonly readyMs?: number;
  /** For all cleaning up; default three minutes. */
  readonly cleaningMs?: number;
  /** How long a call without an answer may still be on its way; default ten seconds. */
  readonly graceMs?: number;
  /** The first pause before a call is tried again; each next one is twice as long. Default 250. */
  readonly firstPauseMs?: number;
  /** For all pauses before one call is tried again, whatever its Retry-After asks for. Default one minute. */
  readonly retryWaitMs?: number;
  /** How long the server may answer every request 429, or 503 with Retry-After, before the run gives up. Default 30 seconds. */
  readonly refusedMs?: number;
}
