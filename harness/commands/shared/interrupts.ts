import type { Verdict } from '../../model/verdict.ts';
import { startProgress } from '../../report/terminal/progress.ts';

/** Shows a run while it goes on, and turns Ctrl-C and SIGTERM into an abort, so that what was begun is cleaned up. */
interface Watch {
  readonly signal: AbortSignal;
  readonly arranging: (state: string) => void;
  readonly waiting: (why: string) => void;
  /** A failure that is waived is none that a waiting person has to know of. */
  readonly verdict: (verdict: Verdict, isWaived: (verdict: Verdict) => boolean) => void;
  stop(): void;
}

export function watchRun(options: { readonly total: number; readonly quiet: boolean }): Watch {
  const { stderr } = process;
  const style = options.quiet ? 'none' : stderr.isTTY ? 'live' : 'lines';
  const progress = startProgress({ stream: stderr, style, now: () => performance.now() });
  const controller = new AbortController();
  const abort = (asked: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      stderr.write('\nstopped at once; what a live run left is in its ledger: pinecone-contract sweep\n');
      // Without a handler the signal ends the process, as its sender expects.
      process.off('SIGINT', abort).off('SIGTERM', abort);
      process.kill(process.pid, asked);
      return;
    }
    stderr.write('\nstopping: what was begun is cleaned up; a second signal stops at once\n');
    controller.abort();
  };
  process.on('SIGINT', abort).on('SIGTERM', abort);
  progress.event({ kind: 'selected', total: options.total });
  return {
    signal: controller.signal,
    arranging: (state) => progress.event({ kind: 'arranging', state }),
    waiting: (why) => progress.event({ kind: 'waiting', why }),
    verdict: (verdict, isWaived) => {
      const status = isWaived(verdict) ? 'pass' : verdict.status;
      progress.event({ kind: 'verdict', id: verdict.case.id, status });
    },
    stop() {
      progress.stop();
      process.off('SIGINT', abort).off('SIGTERM', abort);
    },
  };
}
