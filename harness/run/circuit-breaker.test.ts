import { expect, it } from 'vitest';
import type { Exchange } from '../model/exchange.ts';
import type { Verdict } from '../model/verdict.ts';
import { newCircuitBreaker } from './circuit-breaker.ts';
import { answer, caseNamed, errored, failed, noAnswer, passed } from '../testing/verdicts.ts';

const silence: Exchange = { ...noAnswer, fault: { kind: 'no-answer', message: 'no byte of an answer came' } };
const probe = caseNamed('/effect/goes');

function after(times: number, exchange: Exchange): ReturnType<typeof newCircuitBreaker> {
  const breaker = newCircuitBreaker();
  for (let time = 0; time < times; time += 1) breaker.note(failed('/identity/quotes', [exchange]));
  return breaker;
}

it('probes are no longer tried once eight cases were left without an answer', () => {
  expect(after(7, silence).skipped(probe)).toBeUndefined();
  expect(after(8, silence).skipped(probe)).toMatchObject({
    status: 'skip',
    reason: 'not tried: the server has left 8 cases without an answer in time',
  });
});

it('declared cases are always tried', () => {
  expect(after(99, silence).skipped(caseNamed('/202/no-content'))).toBeUndefined();
});

it('a server that answers, breaks off at once, or was only not seen in time by a case that passed is tried on', () => {
  expect(after(99, answer(500)).skipped(probe)).toBeUndefined();
  expect(after(99, noAnswer).skipped(probe)).toBeUndefined();
  const breaker = newCircuitBreaker();
  for (let time = 0; time < 99; time += 1) breaker.note(passed('/identity/quotes', [silence]));
  expect(breaker.skipped(probe)).toBeUndefined();
});

const refused: Exchange = { ...noAnswer, fault: { kind: 'refused', message: 'nothing listens' } };
const unreachable = { code: 'E_TARGET_UNREACHABLE', message: 'nothing listens' };

function notReached(exchange: Exchange): Verdict {
  const exchanges = [{ step: 'call', exchange }];
  return { ...errored('/identity/quotes', '', { exchanges }), status: 'error', error: unreachable };
}

it('no case is tried any more once eight have shown that nothing can be reached', () => {
  const breaker = newCircuitBreaker();
  for (let time = 0; time < 7; time += 1) breaker.note(notReached(refused));
  expect(breaker.skipped(caseNamed('/202/no-content'))).toBeUndefined();
  breaker.note(notReached(refused));
  for (const one of [probe, caseNamed('/202/no-content')]) {
    expect(breaker.skipped(one)).toMatchObject({
      status: 'skip',
      reason: 'not tried: the server could not be reached in the first 8 cases',
    });
  }
});

it('a server that was reached once is tried on', () => {
  for (const seen of [answer(500), noAnswer, silence]) {
    const breaker = newCircuitBreaker();
    breaker.note(failed('/identity/quotes', [seen]));
    for (let time = 0; time < 99; time += 1) breaker.note(notReached(refused));
    expect(breaker.skipped(caseNamed('/202/no-content'))).toBeUndefined();
  }
});
