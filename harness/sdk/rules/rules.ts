import { hiddenError } from './hidden-error.ts';
import { clientRules } from './client-rules.ts';
import { outcomeRules } from './outcome-rules.ts';
import type { SdkRule } from './rule.ts';
import { requestRules } from './request-rules.ts';
import { sendingRules } from './sending-rules.ts';

/** Every rule that SDKs are held to. */
export const sdkRules: readonly SdkRule[] = [
  ...requestRules,
  ...sendingRules,
  ...outcomeRules,
  hiddenError,
  ...clientRules,
];

/** The rule of that name. */
export function ruleNamed(name: string): SdkRule | undefined {
  return sdkRules.find((rule) => rule.name === name);
}
