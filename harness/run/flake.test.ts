import { expect, it } from 'vitest';
import { finding } from '../testing/sample-run.ts';
import { flakeOf } from './flake.ts';
import { answer, errored, failed, passed, skipped } from '../testing/verdicts.ts';

const end = '/202/no-content';
const pass = passed(end, [answer(202)]);
const fail = failed(end, [answer(500)], { ms: 7, values: { item_id: 'x' }, advice: [finding({ severity: 'advice' })] });
const error = errored(end);
const skip = skipped(end);

it.for([
  ['one run', [pass], pass],
  ['runs that agree', [passed(end), passed(end), pass], pass],
  ['failures that agree', [failed(end), fail], fail],
  ['errors that agree', [errored(end), error], error],
  ['skips', [skipped(end), skip], skip],
  ['a pass whose state was used up', [pass, skip, skip], pass],
  ['a failure whose state was used up', [fail, skip], fail],
  ['an error among passes', [pass, error, passed(end)], error],
  ['an error after a failure', [fail, error], error],
] as const)('%s: the verdict is one of them', ([, verdicts, want]) => {
  expect(flakeOf(verdicts)).toBe(want);
});

it.for([
  ['first', [fail, pass, pass], 'fail, pass, pass'],
  ['last', [pass, skip, fail], 'pass, fail'],
] as const)('a failure among passes, %s, is a flake that keeps the evidence', ([, verdicts, actual]) => {
  const runs = actual.split(', ').length;
  expect(flakeOf(verdicts)).toEqual({
    case: fail.case,
    status: 'fail',
    exchanges: fail.exchanges,
    values: fail.values,
    advice: fail.advice,
    ms: fail.ms,
    findings: [
      {
        check: 'flake',
        severity: 'violation',
        message: `the same request got different verdicts in ${runs} runs`,
        where: 'verdict',
        expected: `the same verdict ${runs} times`,
        actual,
        at: fail.case.at,
        step: 'remove_item',
      },
      ...(fail.status === 'fail' ? fail.findings : []),
    ],
  });
});

it('nothing cannot be judged', () => {
  expect(() => flakeOf([])).toThrow(RangeError);
});
