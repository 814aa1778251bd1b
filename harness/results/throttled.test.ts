import { expect, it } from 'vitest';
import type { Verdict } from '../model/verdict.ts';
import { settleThrottled } from './throttled.ts';
import { answer, errored, failed, passed } from '../testing/verdicts.ts';

function throttled(end: string): Verdict {
  const verdict = errored(end, 'it was throttled', { exchanges: failed(end, [answer(429)]).exchanges });
  return { ...verdict, error: { code: 'E_TARGET_THROTTLED', message: 'it was throttled' } } as Verdict;
}

const unknown = throttled('/404/application-json/no-such-item');
const quoted = throttled('/identity/quotes');
const accepted = passed('/202/no-content', [answer(202)]);
const refused = passed('/auth/no-key', [answer(401)]);

it('a 429 that always comes in place of one declared response, and never else, is that response broken', () => {
  const settled = settleThrottled([accepted, unknown, quoted, refused]);
  expect(settled.map(({ status }) => status)).toEqual(['pass', 'fail', 'fail', 'pass']);
  expect(settled[1]).toMatchObject({
    findings: [
      {
        check: 'status',
        message: 'the status is 429, and nothing is throttled: it comes instead of 404 each time, and never else',
        actual: '429',
        exchange: 0,
      },
    ],
  });
});

it.for([
  ['one 429 is chance', [accepted, unknown, refused]],
  ['it comes for others, too', [unknown, quoted, throttled('/202/no-content'), refused]],
  ['it does not always come', [accepted, unknown, quoted, refused, passed('/identity/long', [answer(404)])]],
  ['nothing else was asked', [unknown, quoted]],
] as const)('a 429 stays an error where %s', ([, verdicts]) => {
  expect(settleThrottled(verdicts)).toEqual(verdicts);
});
