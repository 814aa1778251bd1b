import { expect, it } from 'vitest';
import type { Expectation, Send, Severity } from '../model/case.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Check, Violation, Subject } from '../model/target.ts';
import type { Finding } from '../model/verdict.ts';
import { examine } from './examine.ts';
import { answer, caseNamed, noAnswer } from '../testing/verdicts.ts';

const one = caseNamed('/404/application-json/no-such-item');
const [step] = one.steps;
if (step?.kind !== 'send') throw new Error('a declared case is one send');
const send: Send = step;

const violation: Violation = { message: 'it differs', where: 'status', expected: 'a', actual: 'b' };

function check(name: string, over: Partial<Violation> = {}, severity: Severity = 'violation'): Check {
  return { name, requirement: 'It holds.', severity, appliesTo: () => true, run: () => [{ ...violation, ...over }] };
}

function examined(
  checks: readonly Check[],
  over: { readonly exchange?: Exchange; readonly severity?: Severity; readonly step?: Send } = {},
): ReturnType<typeof examine> {
  return examine({
    checks,
    case: { ...one, severity: over.severity ?? 'violation' },
    step: over.step ?? send,
    exchange: over.exchange ?? answer(404),
    number: 3,
    values: { item_id: 'x' },
    secrets: ['s'],
  });
}

const names = (findings: readonly Finding[]): readonly string[] => findings.map((finding) => finding.check);

it('a finding says which check, step and exchange it comes from, and where the document says so', () => {
  expect(examined([check('status')])).toEqual({
    findings: [
      {
        ...violation,
        check: 'status',
        severity: 'violation',
        at: one.response?.at,
        step: 'remove_item',
        exchange: 3,
      },
    ],
    advice: [],
  });
});

it('an answer that no declared response stands for is placed at the case', () => {
  expect(examined([check('status')], { exchange: answer(418) }).findings[0]?.at).toBe(one.at);
});

it('a check knows the place better', () => {
  const at = { file: 'other.yaml', pointer: '/x', line: 3 };
  expect(examined([check('schema', { at })]).findings[0]?.at).toBe(at);
});

it('violations and advice are kept apart, and a case that is advice has no violations', () => {
  const all = [
    check('a'),
    check('b', {}, 'advice'),
    check('c', { severity: 'advice' }),
    check('d', { severity: 'violation' }, 'advice'),
  ];
  expect(names(examined(all).findings)).toEqual(['a', 'd']);
  expect(names(examined(all).advice)).toEqual(['b', 'c']);
  const advised = examined(all, { severity: 'advice' });
  expect(names(advised.findings)).toEqual([]);
  expect(names(advised.advice)).toEqual(['a', 'b', 'c', 'd']);
  expect(advised.advice.every((finding) => finding.severity === 'advice')).toBe(true);
});

it('a check that does not apply is not run', () => {
  const silent: Check = {
    ...check('a'),
    appliesTo: () => false,
    run: () => {
      throw new Error('it does not apply');
    },
  };
  expect(examined([silent])).toEqual({ findings: [], advice: [] });
});

it('a check sees the exchange, the response it is held against, the values and the secrets', () => {
  let seen: Subject | undefined;
  const exchange = answer(404, '{}', [['Content-Type', 'application/json']]);
  const looking: Check = {
    ...check('a'),
    appliesTo(subject) {
      seen = subject;
      return false;
    },
  };
  examined([looking], { exchange });
  expect(seen).toEqual({
    case: one,
    step: send,
    exchange,
    values: { item_id: 'x' },
    secrets: ['s'],
    response: one.response,
    media: one.response?.media[0],
  });
});

it.for([
  ['refused', 'Is the server running, and is this its port?'],
  ['dns', 'Check the host name of --target.'],
  ['tls', 'Trust its certificate with NODE_EXTRA_CA_CERTS=FILE, or replace it; certificate errors are never ignored.'],
  ['proxy', 'Check HTTPS_PROXY and NO_PROXY.'],
  ['blocked', 'Nothing may reach the network here.'],
  ['own-machine', 'Give this machine more time or resources: --timeout MS, --concurrency 1, ulimit -n.'],
] as const)('a fault of the way there (%s) says nothing about the contract', ([kind, hint]) => {
  const exchange: Exchange = { ...noAnswer, fault: { kind, message: 'it did not work' } };
  expect(() => examined([check('a')], { exchange })).toThrow(
    expect.objectContaining({
      code: 'E_TARGET_UNREACHABLE',
      exit: 3,
      message: 'it did not work',
      hint,
    }),
  );
});

it.for(['reset', 'closed-early', 'no-answer', 'too-slow', 'malformed', 'body-too-large', 'headers-too-large'] as const)(
  'a fault of the server (%s) is for the checks',
  (kind) => {
    const exchange: Exchange = { ...noAnswer, fault: { kind, message: 'x' } };
    expect(names(examined([check('transport')], { exchange }).findings)).toEqual(['transport']);
  },
);

it.for([
  ['404', send.expectation],
  ['4XX', { kind: 'declared', response: { ...responseOf('404'), key: '4XX' } }],
  ['a refusal', { kind: 'rejected' }],
] as const satisfies readonly (readonly [string, Expectation])[])(
  '429 where %s is promised is an error: the server is throttling',
  ([, expectation]) => {
    const examining = (): unknown => examined([], { exchange: answer(429), step: { ...send, expectation } });
    expect(examining).toThrow(expect.objectContaining({ code: 'E_TARGET_THROTTLED', exit: 3 }));
  },
);

it('429 where 429 is promised is examined as any other response', () => {
  const expectation: Expectation = { kind: 'declared', response: { ...responseOf('404'), key: '429' } };
  expect(examined([], { exchange: answer(429), step: { ...send, expectation } })).toEqual({ findings: [], advice: [] });
});

function responseOf(key: string): NonNullable<typeof one.response> {
  const found = one.operation.responses.find((response) => response.key === key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
}
