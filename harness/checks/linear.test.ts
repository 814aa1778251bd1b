import { describe, expect, test } from 'vitest';
import type { Exchange } from '../model/exchange.ts';
import { deleteBackup, errorBody, key, promiseOf, subjectFor } from '../testing/describe-check.ts';
import { checks } from './index.ts';

const size = 256 * 1024;
const fill = (unit: string): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

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
  const texts = units.flatMap((unit): readonly (readonly [string, string])[] => [
    [`a body of ${JSON.stringify(unit)}`, fill(unit)],
    [`a message of ${JSON.stringify(unit)}`, errorBody(404, 'NOT_FOUND', fill(unit))],
  ]);
  test.each(texts)('%s', async (_, body) => {
    const operation = await deleteBackup();
    const exchange = exchangeOf(body, body.slice(0, 60_000));
    const subject = subjectFor({
      operation,
      expectation: promiseOf(operation, {}),
      exchange,
      values: { backup_id: 'b-1' },
    });
    const before = process.cpuUsage();
    for (const check of checks) if (check.appliesTo(subject)) Array.from(check.run(subject));
    const { user, system } = process.cpuUsage(before);
    // Thirty rules over a quarter of a megabyte: the square of it would take half a minute.
    expect((user + system) / 1e6).toBeLessThan(2);
  });
});
