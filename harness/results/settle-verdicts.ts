import type { Verdict } from '../model/verdict.ts';
import { settleRefusedKey } from './refused-key.ts';
import { settleThrottled } from './throttled.ts';

/** The verdicts with what only all of them together show; the same number, in the same order. */
export function settleVerdicts(verdicts: readonly Verdict[]): readonly Verdict[] {
  return settleThrottled(settleRefusedKey(verdicts));
}
