import type { Verdict } from '../../model/verdict.ts';
import { startProgress } from '../../report/terminal/progress.ts';

/** Shows a run while it goes on, and turns Ctrl-C and SIGTERM into an abort, so that what was begun is cleaned up. */
interface Watch {
  readonly signal: AbortSignal;
  readonly arranging: (state: string) => void;
  readonly waiting: (why: string) => void;
  readonly verdict: (verdict: Verdict) => void;
  stop(): void;
}

export function watchRun(options: { readonly total: number; readonly quiet: boolean }): Watch {
  const { stderr } = process;
  const style = options.quiet ? 'none' : stderr.isTTY ? 'live' : 'lines';
  const progress = startProgress({ stream: stderr, style, now: () => performance.now() });
  const controller = new AbortController();
  const abort = (): void => {
    if (!controller.signal.aborted) stderr.write('\nstopping: what was begun is cleaned up\n');
    controller.abort();
  };
  process.on('SIGINT', abort).on('SIGTERM', abort);
  progress.event({ kind: 'selected', total: options.total });
  return {
    signal: controller.signal,
    arranging: (state) => progress.event({ kind: 'arranging', state }),
    waiting: (why) => progress.event({ kind: 'waiting', why }),
    verdict: ({ case: { id }, status }) => progress.event({ kind: 'verdict', id, status }),
    stop() {
      progress.stop();
      process.off('SIGINT', abort).off('SIGTERM', abort);
    },
  };
}
