import { describe, expect, test } from 'vitest';
import { openSession } from './session.ts';
import type { Session } from './session.ts';

const ready = `process.stdout.write('{"v":1.1,"ready":true}\\n');`;
const lines = `const lines = require('node:readline').createInterface({ input: process.stdin });`;
const echo = `${ready} ${lines} lines.on('line', (line) => process.stdout.write(line + '\\n'));`;

test('one process answers many lines, each with its own output', async () => {
  const session = await opened(
    `${ready} ${lines} let n = 0; lines.on('line', (line) => { process.stderr.write('for ' + line); process.stdout.write(line + ++n + '\\n'); });`,
  );
  expect(await session.ask('a', 10_000)).toMatchObject({ exit: 0, stdout: 'a1\n', stderr: 'for a' });
  expect(await session.ask('b', 10_000)).toMatchObject({ exit: 0, stdout: 'b2\n', stderr: 'for b' });
  expect(session.isIdle()).toBe(true);
  await session.close();
});

test('the time until the process is ready is not part of the deadline of a line', async () => {
  // Ready after half a second.
  const session = await opened(`setTimeout(() => { ${echo} }, 500)`);
  const end = await session.ask('a', 10_000);
  expect(end.trouble).toBeUndefined();
  expect(end.ms).toBeLessThan(10_000);
  await session.close();
});

describe('a line that is not answered', () => {
  test('because the process dies, gives its exit, and the session is not asked again', async () => {
    const session = await opened(`${ready} ${lines} lines.on('line', () => process.kill(process.pid, 'SIGKILL'));`);
    expect(await session.ask('a', 10_000)).toMatchObject({ exit: 'SIGKILL', stdout: '' });
    expect(session.isIdle()).toBe(false);
    await session.close();
  });

  test('because the process does nothing, is given up at the deadline', async () => {
    const session = await opened(`${ready} ${lines}`);
    expect(await session.ask('a', 100)).toMatchObject({ trouble: { kind: 'deadline' } });
    expect(session.isIdle()).toBe(false);
    await session.close();
  });

  test('because the run is stopped', async () => {
    const session = await opened(`${ready} ${lines}`);
    const stop = new AbortController();
    const end = session.ask('a', 10_000, stop.signal);
    stop.abort();
    expect(await end).toMatchObject({ trouble: { kind: 'aborted' } });
    await session.close();
  });

  test('because the process writes without end, is stopped', async () => {
    const session = await opened(
      `${ready} ${lines} lines.on('line', () => setInterval(() => process.stdout.write('x'.repeat(65536)), 0));`,
    );
    expect(await session.ask('a', 60_000)).toMatchObject({ trouble: { kind: 'flood' } });
    await session.close();
  });
});

test('what is written after the answer makes the session unusable: it would be taken for the next answer', async () => {
  const session = await opened(
    `${ready} ${lines} lines.on('line', (line) => { process.stdout.write(line + '\\n'); setTimeout(() => process.stdout.write('late\\n'), 300); });`,
  );
  expect((await session.ask('a', 10_000)).stdout).toBe('a\n');
  await expect.poll(() => session.isIdle(), { timeout: 60_000 }).toBe(false);
  await session.close();
});

test('what is written after the last answer is given when the process is ended, however late it comes', async () => {
  const session = await opened(
    `${ready} ${lines} lines.on('line', (line) => process.stdout.write(line + '\\n')); lines.on('close', () => setTimeout(() => process.stderr.write('the pcsk_Late_9x7Q2w4E6r'), 200));`,
    ['pcsk_Late_9x7Q2w4E6r'],
  );
  expect(await session.ask('a', 10_000)).toMatchObject({ stdout: 'a\n', leaks: [] });
  expect(await session.close()).toMatchObject({ stderr: 'the pcsk_Late_9x7Q2w4E6r', leaks: ['standard error'] });
});

describe('a process that does not get ready is given back as its end', () => {
  test.each([
    ['it ends', 'process.exit(69)', { exit: 69 }],
    ['it writes something else', "process.stdout.write('hello\\n'); setInterval(() => 0, 99)", { stdout: 'hello\n' }],
    ['it says nothing', 'setInterval(() => 0, 99)', { trouble: { kind: 'deadline' } }],
  ])('%s', async (_, script, end) => {
    const deadlineMs = 'trouble' in end ? 300 : 60_000;
    expect(await openSession({ ...plan(script), deadlineMs })).toMatchObject(end);
  });

  test('there is no such program', async () => {
    const end = await openSession({ ...plan(''), command: ['/no/such'] });
    expect(end).toMatchObject({ exit: 'not started', trouble: { kind: 'not-started' } });
  });
});

async function opened(script: string, secrets: readonly string[] = []): Promise<Session> {
  const session = await openSession({ ...plan(script), secrets });
  if ('ask' in session) return session;
  throw new Error(`not ready: ${JSON.stringify(session)}`);
}

function plan(script: string) {
  return { command: [process.execPath, '-e', script], cwd: '/', environment: {}, deadlineMs: 60_000 };
}
