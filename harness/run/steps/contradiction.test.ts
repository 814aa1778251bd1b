import { expect, it } from 'vitest';
import type { Exchange } from '../../model/exchange.ts';
import type { Finding } from '../../model/verdict.ts';
import { withoutContradictions } from './contradiction.ts';

const at = { file: 'openapi.yaml', line: 7, pointer: '/paths' };
const finding = (check: string): Finding => ({
  check,
  at,
  step: 'send',
  message: `what ${check} says`,
  where: 'body',
  expected: 'a',
  actual: 'b',
  severity: 'violation',
});
const found = [finding('schema'), finding('status')];

const exchange = (headers: readonly (readonly [string, string])[]): Exchange => ({
  request: { method: 'GET', url: 'http://127.0.0.1/', headers: [] },
  notes: [],
  ms: 1,
  response: { status: 200, reason: 'OK', httpVersion: '1.1', headers, body: new Uint8Array() },
});

it('takes what the mock cannot answer any better from its findings, and says what to correct', () => {
  const { findings, contradictions } = withoutContradictions(found, exchange([['Mock-Answer', 'contradiction']]), {
    kind: 'mock',
  });
  expect(findings).toEqual([finding('status')]);
  expect(contradictions).toEqual([
    'no body was found that fits what openapi.yaml:7 declares (what schema says); correct the schema, or give it an example that conforms',
  ]);
});

it.each([
  ['a live server that sends the same header', 'live', [['Mock-Answer', 'contradiction']]],
  ['a response that is not marked', 'mock', [['Mock-Answer', 'example']]],
] as const)('leaves every finding about %s', (_, kind, headers) => {
  expect(withoutContradictions(found, exchange(headers), { kind })).toEqual({ findings: found, contradictions: [] });
});
