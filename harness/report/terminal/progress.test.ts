import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { startProgress, type Progress, type ProgressOptions } from './progress.ts';

test('a live line shows how far the run is and what it does', () => {
  const { text, progress, after } = started('live');
  progress.event({ kind: 'selected', total: 40 });
  after(400);
  progress.event({ kind: 'arranging', state: 'a backup that can be deleted' });
  expect(text()).toBe('0 of 40 cases  arranging a backup that can be deleted');
  after(100);
  progress.event({ kind: 'verdict', id: 'delete_backup/404', status: 'fail' });
  expect(text()).toBe('1 of 40 cases  ✘ 1  delete_backup/404');
  after(100);
  progress.event({ kind: 'waiting', why: 'a rate limit' });
  expect(text()).toBe('1 of 40 cases  ✘ 1  waiting: a rate limit');
  progress.stop();
  expect(text()).toBe('');
});

test('a short run draws nothing at all', () => {
  const { written, progress, after } = started('live');
  progress.event({ kind: 'selected', total: 2 });
  after(250);
  progress.event({ kind: 'verdict', id: 'a', status: 'pass' });
  progress.stop();
  expect(written()).toBe('');
});

test('the line fits into the terminal, and what it shows cannot act on it', () => {
  const { text, written, progress, after } = started('live', 30);
  after(400);
  progress.event({ kind: 'arranging', state: '\u001b[2J備份備份備份備份備份備份備份備份備份' });
  expect(text()).toBe('0 of 0 cases  arranging \\x1b…');
  expect(written()).not.toContain('\u001b[2J');
});

test('the time left is shown once a fifth of the cases is done, and only while it is long', () => {
  const { text, progress, after } = started('live');
  progress.event({ kind: 'selected', total: 50 });
  const seen: string[] = [];
  for (let n = 0; n < 49; n += 1) {
    after(1000);
    progress.event({ kind: 'verdict', id: `${n}`, status: 'pass' });
    seen.push(/about [^ ]+ (s|min) left/.exec(text())?.[0] ?? '');
  }
  expect(seen.slice(0, 9)).toEqual(Array(9).fill(''));
  expect(seen[9]).toBe('about 40 s left');
  expect(seen[46]).toBe('about 3 s left');
  expect(seen[48]).toBe('');
});

test('a log gets a line now and then, and no control characters', () => {
  const { written, progress, after } = started('lines');
  progress.event({ kind: 'selected', total: 100 });
  for (let n = 0; n < 100; n += 1) {
    after(200);
    progress.event({ kind: 'verdict', id: `${n}`, status: n === 3 || n === 40 ? 'error' : n === 60 ? 'fail' : 'pass' });
  }
  progress.event({ kind: 'waiting', why: 'clean-up of 2 backups' });
  progress.event({ kind: 'waiting', why: 'clean-up of 2 backups' });
  progress.stop();
  expect(written()).toMatchInlineSnapshot(`
    "25 of 100 cases after 5 s, 1 error, about 15 s left
    50 of 100 cases after 10 s, 2 errors, about 10 s left
    75 of 100 cases after 15 s, 1 failed, 2 errors, about 5 s left
    waiting: clean-up of 2 backups
    "
  `);
});

test('none is silent', () => {
  const { written, progress, after } = started('none');
  after(9999);
  progress.event({ kind: 'verdict', id: 'a', status: 'fail' });
  progress.stop();
  expect(written()).toBe('');
});

interface Started {
  readonly progress: Progress;
  readonly after: (ms: number) => void;
  /** Everything that was written, as it was. */
  readonly written: () => string;
  /** The line as a terminal shows it. */
  readonly text: () => string;
}

function started(style: ProgressOptions['style'], columns = 80): Started {
  let time = 1000;
  let all = '';
  const stream = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        all += chunk.toString();
        done();
      },
    }),
    { columns },
  );
  return {
    progress: startProgress({ stream, style, now: () => time }),
    after: (ms) => (time += ms),
    written: () => all,
    text: () => onScreen(all),
  };
}

/** The two things that a terminal is asked to do: go to the first column, clear the line or the rest of it. */
function onScreen(written: string): string {
  let line = '';
  let column = 0;

  for (const [part] of written.matchAll(/\u001b\[\d*[GK]|[^\u001b]+/g)) {
    if (part.endsWith('G') && part.startsWith('\u001b')) column = 0;
    else if (part === '\u001b[0K') line = line.slice(0, column);
    else if (part === '\u001b[2K') line = '';
    else {
      line = line.slice(0, column) + part + line.slice(column + part.length);
      column += part.length;
    }
  }
  return line;
}
