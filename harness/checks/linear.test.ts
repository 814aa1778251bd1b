import { describe, expect, test } from 'vitest';
import type { Exchange } from '../model/exchange.ts';
import { deleteBackup, errorBody, key, promiseOf, subjectFor } from '../testing/describe-check.ts';
import { checks } from './index.ts';

/** The longer text is 16 times the shorter one. A rule that takes the square of it takes 256 times as long. */
const sizes = { short: 16 * 1024, long: 256 * 1024 };
const mostTimes = 64;
/** So short a time may be anything. */
const leastMs = 5;

const fill = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

/** Texts on which careless patterns take the square of their length. */
const units = [
  'x',
  'x.',
  'at ',
  'at a.',
  'at a(',
  'in /',
  'SELECT ',
  'eyJ-',
  'System.',
  'java.',
  '1',
  '10.',
  ' ',
  '%',
  '%7',
  '\\',
  '"',
  '{"',
  '[',
  ',',
  ', ',
  'a:',
  '//a:',
  '#1 ',
  '-',
  'basic ',
  'pcsk_',
  key.slice(0, 7),
  'a-1.',
  '<',
  '\ufffd',
  '\0',
];

function exchangeOf(body: string, header: string): Exchange {
  return {
    request: { method: 'DELETE', url: 'http://127.0.0.1/backups/b-1', headers: [] },
    response: {
      status: 404,
      reason: 'Not Found',
      httpVersion: '1.1',
      headers: [
        ['Content-Type', `application/json${header}`],
        ['Retry-After', header],
        ['Cache-Control', header],
        ['X-Other', header],
      ],
      body: Buffer.from(body),
    },
    notes: [],
    ms: 1,
  };
}

describe('the checks take time in proportion to the text', () => {
  const texts = units.flatMap((unit): readonly (readonly [string, (size: number) => string])[] => [
    [`a body of ${JSON.stringify(unit)}`, (size) => fill(unit, size)],
    [`a message of ${JSON.stringify(unit)}`, (size) => errorBody(404, 'NOT_FOUND', fill(unit, size))],
  ]);
  test.each(texts)('%s', async (_, textOf) => {
    const operation = await deleteBackup();
    const judge = (size: number): void => {
      const body = textOf(size);
      const subject = subjectFor({
        operation,
        expectation: promiseOf(operation, {}),
        exchange: exchangeOf(body, body.slice(0, size / 4)),
        values: { backup_id: 'b-1' },
      });
      for (const check of checks) if (check.appliesTo(subject)) Array.from(check.run(subject));
    };
    expect(growth(judge, sizes)).toBeLessThan(mostTimes);
  });

  test('and a rule that takes the square of it would be noticed', () => {
    const blanksAtTheEnd = (size: number): void => void / +$/.exec(`${' '.repeat(size)}x`);
    expect(growth(blanksAtTheEnd, { short: 2 * 1024, long: 32 * 1024 })).toBeGreaterThan(mostTimes);
  });
});

/** How many times as long the work takes on the longer text: a ratio, which is the same on any machine. */
function growth(work: (size: number) => void, { short, long }: typeof sizes): number {
  const least = Math.max(leastMs, Math.min(...[1, 2, 3].map(() => cpuMs(() => work(short)))));
  const first = cpuMs(() => work(long)) / least;
  // What else goes on in the process can only add to it.
  return first < mostTimes ? first : Math.min(first, cpuMs(() => work(long)) / least);
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
