import { sendsOf } from '../cases/sends-of.ts';
import type { DeclaredResponse } from '../model/document.ts';
import type { Verdict } from '../model/verdict.ts';
import { asFailure } from './change-verdict.ts';

/**
 * A server that throttles does so whatever it is asked. Where every request that one declared response was promised to is
 * answered 429, and no request that another was promised to, nothing is throttled: 429 is what the server has for it.
 */
export function settleThrottled(verdicts: readonly Verdict[]): readonly Verdict[] {
  const instead = alwaysThrottled(verdicts);
  if (instead === undefined) return verdicts;
  return verdicts.map((verdict): Verdict => {
    if (verdict.status !== 'error' || verdict.error.code !== 'E_TARGET_THROTTLED') return verdict;
    const { case: one, exchanges } = verdict;
    const exchange = exchanges.findLastIndex((seen) => seen.exchange.response?.status === 429);
    return asFailure(verdict, {
      check: 'status',
      severity: one.severity,
      message: `the status is 429, and nothing is throttled: it comes instead of ${instead.key} each time, and never else`,
      where: 'status',
      expected: `${instead.key} (${instead.description.trim()})`,
      actual: '429',
      at: instead.at,
      step: exchanges[exchange]?.step ?? one.id,
      ...(exchange === -1 ? {} : { exchange }),
    });
  });
}

/** The declared response in whose place there is always a 429, if that is the only one. */
function alwaysThrottled(verdicts: readonly Verdict[]): DeclaredResponse | undefined {
  const answers = verdicts.flatMap(answersOf);
  const throttled = answers.filter(({ status }) => status === 429).map(({ expectation }) => expectation);
  const [first] = throttled;
  // One 429 alone may have come by chance.
  if (first === undefined || throttled.length < 2 || throttled.some(({ key }) => key !== first.key)) return undefined;
  const others = answers.filter(({ expectation }) => expectation.key !== first.key);
  const always = answers.every(({ expectation, status }) => expectation.key !== first.key || status === 429);
  return always && others.length > throttled.length / 2 ? first : undefined;
}

interface Answer {
  readonly expectation: DeclaredResponse;
  readonly status: number;
}

/** The answers to requests that exactly one declared response was promised to. */
function answersOf(verdict: Verdict): readonly Answer[] {
  const expected = new Map(
    verdict.case.steps
      .flatMap(sendsOf)
      .flatMap((send) =>
        send.expectation.kind === 'declared' ? [[send.name, send.expectation.response] as const] : [],
      ),
  );
  return verdict.exchanges.flatMap(({ step, exchange }) => {
    const response = expected.get(step);
    return response === undefined || exchange.response === undefined
      ? []
      : [{ expectation: response, status: exchange.response.status }];
  });
}
