import { expect, test } from 'vitest';
import { exchange, finding, id, record } from '../testing/sample-run.ts';
import { cameWords } from './labels.ts';

const twoSteps = [
  { ...exchange(202, 'Accepted', ''), step: 'delete' },
  {
    ...exchange(200, 'OK', '{}'),
    step: 'it is gone',
    request: { method: 'GET', url: `http://127.0.0.1:5080/backups/${id}`, headers: [] },
  },
];

test('what came names the request that a finding is about, where a case has several', () => {
  const gone = record({ id: 'a', status: 'fail', findings: [finding({ exchange: 1 })], exchanges: twoSteps });
  expect(cameWords(gone)).toBe(`200 OK, application/json, 2 bytes, in 3.4 ms, to request 2 of 2, GET /backups/${id}`);
  const first = record({ id: 'a', status: 'fail', findings: [finding()], exchanges: twoSteps });
  expect(cameWords(first)).toBe(`202 Accepted, no body, in 3.4 ms, to request 1 of 2, DELETE /backups/${id}`);
});

test('what came is said alone where there is one request, or no finding', () => {
  expect(cameWords(record({ id: 'a', status: 'fail', findings: [finding()] }))).not.toContain('request');
  expect(cameWords(record({ id: 'a', exchanges: twoSteps }))).toBe('200 OK, application/json, 2 bytes, in 3.4 ms');
});
