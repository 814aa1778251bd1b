import { clearLine, cursorTo } from 'node:readline';
import type { VerdictStatus } from '../../model/verdict.ts';
import { counted, outcomeLabels } from '../labels.ts';
import { printable } from '../../core/text/printable.ts';
import { withoutWorkflowCommands } from '../../core/text/workflow-commands.ts';
import { widthOf } from '../../core/text/columns.ts';

type ProgressEvent =
  | { readonly kind: 'selected'; readonly total: number }
  /** A state is being arranged. */
  | { readonly kind: 'arranging'; readonly state: string }
  | { readonly kind: 'verdict'; readonly id: string; readonly status: VerdictStatus }
  /** Nothing happens for a reason: a rate limit, a slow clean-up. */
  | { readonly kind: 'waiting'; readonly why: string };

export interface Progress {
  event(event: ProgressEvent): void;
  /** Take the progress away, so that the report has the terminal to itself. */
  stop(): void;
}

export interface ProgressOptions {
  readonly stream: NodeJS.WritableStream & { readonly columns?: number };
  /** `live`: one line that changes, for a terminal. `lines`: few lines that stay, for a log. */
  readonly style: 'live' | 'lines' | 'none';
  /** Milliseconds, from any fixed point. */
  readonly now: () => number;
}

/** Shows a waiting person how far the run is. Short runs say nothing. */
export function startProgress(options: ProgressOptions): Progress {
  switch (options.style) {
    case 'live':
      return live(options);
    case 'lines':
      return lines(options);
    case 'none':
      return { event: () => undefined, stop: () => undefined };
    default:
      return options.style satisfies never;
  }
}

interface Tally {
  total: number;
  done: number;
  failed: number;
  errors: number;
  doing: string;
}

function take(tally: Tally, event: ProgressEvent): void {
  switch (event.kind) {
    case 'selected':
      tally.total = event.total;
      return;
    case 'arranging':
      tally.doing = `arranging ${event.state}`;
      return;
    case 'waiting':
      tally.doing = `waiting: ${event.why}`;
      return;
    case 'verdict':
      tally.done += 1;
      if (event.status === 'fail') tally.failed += 1;
      if (event.status === 'error') tally.errors += 1;
      tally.doing = event.id;
      return;
    default:
      event satisfies never;
  }
}

/** Before this, a changing line would only flicker. */
const quietFirstMs = 300;
const everyMs = 80;

function live({ stream, now }: ProgressOptions): Progress {
  const tally: Tally = { total: 0, done: 0, failed: 0, errors: 0, doing: '' };
  const started = now();
  let drawn = 0;
  let shown = false;
  return {
    event(event) {
      take(tally, event);
      const time = now();
      if (time - started < quietFirstMs || time - drawn < everyMs) return;
      drawn = time;
      shown = true;
      cursorTo(stream, 0);
      // One column stays free: a full line makes some terminals wrap.
      stream.write(cut(status(tally, time - started), (stream.columns ?? 80) - 1));
      clearLine(stream, 1);
    },
    stop() {
      if (!shown) return;
      cursorTo(stream, 0);
      clearLine(stream, 0);
    },
  };
}

function status(tally: Tally, elapsed: number): string {
  const parts = [`${tally.done} of ${counted(tally.total, 'case')}`];
  if (tally.failed > 0) parts.push(`${outcomeLabels.fail.mark} ${tally.failed}`);
  if (tally.errors > 0) parts.push(`${outcomeLabels.error.mark} ${tally.errors}`);
  const left = timeLeft(tally, elapsed);
  if (left !== undefined) parts.push(left);
  if (tally.doing !== '') parts.push(printable(tally.doing));
  return withoutWorkflowCommands(parts.join('  '));
}

/** Only said when enough has been seen for the guess to be honest: a fifth of the cases, and five of them. */
function timeLeft({ done, total }: Tally, elapsed: number): string | undefined {
  if (done < 5 || done < total / 5 || done >= total) return undefined;
  const seconds = Math.round(((elapsed / done) * (total - done)) / 1000);
  if (seconds < 2) return undefined;
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`;
}

function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let room = columns - 1;
  let kept = '';
  for (const character of text) {
    room -= widthOf(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A log shows only what cannot be taken back: how far the run is, at most once in five seconds. */
function lines({ stream, now }: ProgressOptions): Progress {
  const tally: Tally = { total: 0, done: 0, failed: 0, errors: 0, doing: '' };
  const started = now();
  let said = started;
  let waiting = '';
  return {
    event(event) {
      take(tally, event);
      const time = now();
      if (event.kind === 'waiting' && event.why !== waiting) {
        waiting = event.why;
        stream.write(withoutWorkflowCommands(`waiting: ${printable(event.why)}\n`));
      }
      if (event.kind !== 'verdict' || time - said < 5000 || tally.done >= tally.total) return;
      said = time;
      const failed = tally.failed === 0 ? '' : `, ${tally.failed} failed`;
      const errors = tally.errors === 0 ? '' : `, ${counted(tally.errors, 'error')}`;
      const left = timeLeft(tally, time - started);
      const rest = `${failed}${errors}${left === undefined ? '' : `, ${left}`}`;
      stream.write(
        `${tally.done} of ${counted(tally.total, 'case')} after ${Math.round((time - started) / 1000)} s${rest}\n`,
      );
    },
    stop: () => undefined,
  };
}
