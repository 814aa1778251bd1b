import { keyVariable } from '../core/default-suite.ts';
import { sendsOf } from '../cases/sends-of.ts';
import type { Verdict } from '../model/verdict.ts';
import { asError } from './change-verdict.ts';

/**
 * What only the whole list shows: when every request that carried the key was answered 401, the key is what is wrong,
 * and no failure that rests on it says anything about the contract.
 */
export function settleRefusedKey(verdicts: readonly Verdict[]): readonly Verdict[] {
  const answers = verdicts.flatMap((verdict) => answersToKey(verdict));
  if (answers.length === 0 || answers.some((status) => status !== 401)) return verdicts;
  return verdicts.map((verdict): Verdict => {
    if (verdict.status !== 'fail' || answersToKey(verdict).length === 0) return verdict;
    return asError(verdict, {
      code: 'E_KEY_REFUSED',
      message: 'every request that carried the API key was answered 401',
      hint: `Set ${keyVariable} to a key of this target.`,
    });
  });
}

function answersToKey(verdict: Verdict): readonly number[] {
  const valid = new Set(
    verdict.case.steps.flatMap(sendsOf).flatMap(({ name, request }) => (request.credential === 'valid' ? [name] : [])),
  );
  return verdict.exchanges.flatMap(({ step, exchange }) =>
    valid.has(step) && exchange.response !== undefined ? [exchange.response.status] : [],
  );
}
