import { expect, it } from 'vitest';
import { settleRefusedKey } from './refused-key.ts';
import { answer, caseNamed, errored, failed, noAnswer, passed, skipped } from '../testing/verdicts.ts';

const refused = answer(401);
const accepted = failed('/202/no-content', [refused], { ms: 5 });
const unknown = failed('/404/application-json/no-such-item', [refused]);
const unauthorized = passed('/401/application-json/no-such-item', [refused]);

it('where every request that carried the key was refused, failures are no violations but a wrong key', () => {
  const settled = settleRefusedKey([accepted, unauthorized, unknown]);
  expect(settled.map((verdict) => verdict.status)).toEqual(['error', 'pass', 'error']);
  expect(settled[0]).toEqual({
    case: accepted.case,
    ms: 5,
    exchanges: accepted.exchanges,
    values: {},
    advice: [],
    status: 'error',
    error: {
      code: 'E_KEY_REFUSED',
      message: 'every request that carried the API key was answered 401',
      hint: 'Set PINECONE_API_KEY to a key of this target.',
    },
  });
  expect(settled[1]).toBe(unauthorized);
});

it.for([
  [
    'one answer shows that the key is good',
    [accepted, unknown, failed('/409/application-json/no-such-item', [answer(500)])],
  ],
  ['one pass shows it', [accepted, passed('/404/application-json/no-such-item', [answer(404)])]],
  ['two requests at once show it', [accepted, passed('/two-deletes-together', [answer(202), answer(404)])]],
  ['generated ids show it', [accepted, passed('/identity/generated', [answer(404)])]],
  ['no request carried the key', [failed('/auth/no-key', [refused]), unauthorized]],
  [
    'there was no answer',
    [failed('/202/no-content', [noAnswer]), failed('/409/application-json/no-such-item', [noAnswer])],
  ],
  ['nothing ran', []],
] as const)('failures stay failures where %s', ([, verdicts]) => {
  expect(settleRefusedKey(verdicts)).toEqual(verdicts);
});

it('requests without an answer neither show nor hide that the key is wrong', () => {
  const silent = failed('/409/application-json/no-such-item', [noAnswer]);
  expect(settleRefusedKey([accepted, silent]).map((verdict) => verdict.status)).toEqual(['error', 'fail']);
});

it('a refusal that was promised stays a pass, also with the right key', () => {
  const refusal = passed('/method/POST', [refused]);
  expect(settleRefusedKey([accepted, refusal])[1]).toBe(refusal);
});

it('what failed by another key, was skipped or ended in an error stays as it is', () => {
  const others = [failed('/auth/no-key', [answer(200)]), errored('/effect/goes'), skipped('/effect/locked-stays')];
  expect(settleRefusedKey([accepted, ...others]).slice(1)).toEqual(others);
});

it('two requests at once that were both refused are a wrong key as well', () => {
  const both = failed('/two-deletes-together', [refused, refused]);
  expect(settleRefusedKey([both])[0]?.status).toBe('error');
  expect(caseNamed('/two-deletes-together').steps[0]?.kind).toBe('together');
});
