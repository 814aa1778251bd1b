import { outcomeRules } from './outcome-rules.ts';
import type { SdkRule } from './rule.ts';
import { wireRules } from './wire-rules.ts';

/** Every rule that SDKs are held to. */
export const sdkRules: readonly SdkRule[] = [...wireRules, ...outcomeRules];

/** The rule of that name. */
export function ruleNamed(name: string): SdkRule | undefined {
  return sdkRules.find((rule) => rule.name === name);
}
