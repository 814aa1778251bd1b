import { expect, it } from 'vitest';
import type { Verdict } from '../model/verdict.ts';
import { finding } from '../testing/sample-run.ts';
import { answer, caseNamed, errored, failed, noAnswer, passed, skipped } from '../testing/verdicts.ts';
import { recordCase } from './record-case.ts';

it('a case that passed keeps its promise, its place and what was sent', () => {
  const body = '{"error":"none"}';
  const verdict = passed('/404/application-json/no-such-item', [answer(404, body, [['X', 'y']])], {
    advice: [finding({ severity: 'advice' })],
  });
  const one = recordCase(verdict, []);
  expect(one).toMatchObject({
    id: 'remove_item/404/application-json/no-such-item',
    kind: 'declared',
    response: '404',
    promise: '404, application/json, such as no-such-item',
    state: 'no such item',
    at: caseNamed('/404/application-json/no-such-item').at,
    excerptLine: 1,
    example: { error: 'none' },
    status: 'pass',
    findings: [],
    advice: [{ severity: 'advice' }],
    ms: 12.3,
    exchanges: [
      {
        step: 'remove_item',
        response: { status: 404, headers: [['X', 'y']], body: { text: body }, bodyBytes: 16 },
        notes: [],
        ms: 3.1,
      },
    ],
  });
  expect(one.curl).toContain('curl');
  expect(one.excerpt[0]).toBe('{');
  expect(one).not.toHaveProperty('error');
  expect(one).not.toHaveProperty('reason');
});

it('each verdict has what belongs to it, and no more', () => {
  const records = [
    failed('/202/no-content', [answer(500)]),
    errored('/401/application-json/no-such-item'),
    { ...skipped('/409/application-json/no-such-item'), exempt: 'not on live' } as Verdict,
    failed('/auth/no-key', [noAnswer]),
  ].map((verdict) => recordCase(verdict, []));
  expect(
    records.map(({ status, findings, error, reason, exempt }) => [
      status,
      findings.length,
      error?.code,
      reason,
      exempt,
    ]),
  ).toEqual([
    ['fail', 1, undefined, undefined, undefined],
    ['error', 0, 'E_X', undefined, undefined],
    ['skip', 0, undefined, 'there is no state', 'not on live'],
    ['fail', 1, undefined, undefined, undefined],
  ]);
  expect(records[3]?.exchanges[0]).toEqual({
    step: 'with the key left out',
    request: noAnswer.request,
    fault: noAnswer.fault,
    notes: [],
    ms: 1,
  });
  expect(records[3]).not.toHaveProperty('response');
  expect(records[1]).not.toHaveProperty('curl');
});

it.for([
  ['text', [0x68, 0xc3, 0xa4], { text: 'hä' }],
  ['text with a byte order mark', [0xef, 0xbb, 0xbf, 0x68], { text: '\ufeffh' }],
  ['no text', [0x68, 0xff], { base64: 'aP8=' }],
  ['nothing', [], { text: '' }],
] as const)('a body of %s is kept byte for byte', ([, bytes, body]) => {
  const exchange = answer(202);
  const response = exchange.response;
  if (response === undefined) throw new Error('no response');
  const verdict = passed('/202/no-content', [{ ...exchange, response: { ...response, body: Uint8Array.from(bytes) } }]);
  expect(recordCase(verdict, []).exchanges[0]?.response).toMatchObject({ body, bodyBytes: bytes.length });
});

it('the curl line is that of the promised step, not of a look', () => {
  const look = { ...answer(200), request: { method: 'GET', url: 'http://127.0.0.1:1/look', headers: [] } };
  const [first, second] = [
    { step: 'before: GET', exchange: look },
    { step: 'delete', exchange: answer(202) },
  ];
  const verdict = passed('/effect/goes', [], { exchanges: [first, second] });
  expect(recordCase(verdict, []).curl).toContain('DELETE');
  const only = passed('/effect/goes', [], { exchanges: [first] });
  expect(recordCase(only, []).curl).toContain('/look');
});
