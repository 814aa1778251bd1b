import type { Verdict } from '../model.ts';

/** Shows a run while it goes on, and turns Ctrl-C and SIGTERM into an abort, so that what was begun is cleaned up. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly arranging: (state: string) => void;
  readonly waiting: (why: string) => void;
  readonly verdict: (verdict: Verdict) => void;
  stop(): void;
}

export function watchRun(options: { readonly total: number; readonly quiet: boolean }): Watch {
  void options;
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.on('SIGINT', abort).on('SIGTERM', abort);
  return {
    signal: controller.signal,
    arranging: () => undefined,
    waiting: () => undefined,
    verdict: () => undefined,
    stop() {
      process.off('SIGINT', abort).off('SIGTERM', abort);
    },
  };
}
