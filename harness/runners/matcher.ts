import type { Contract } from '../contract.ts';
import { findingText } from '../report/finding-text.ts';
import { type AnyResponse, validateResponse } from '../run/validate-response.ts';

/** What a matcher of vitest and jest gives. */
export interface Matched {
  readonly pass: boolean;
  /** What is wrong, with what was expected and what came; or, for `.not`, that nothing is. */
  readonly message: () => string;
}

/** Whether a response is what the contract's operation declares for this status: the matcher of every runner. */
export async function matchContract(received: AnyResponse, contract: Contract, status: number): Promise<Matched> {
  const { operation, cases } = contract;
  const findings = await validateResponse(received, { operation, status, cases });
  const what = `${operation.id} answers ${status}`;
  const listed = findings.map(findingText).join('\n\n');
  return {
    pass: findings.length === 0,
    message: () =>
      findings.length === 0 ? `the response is as ${what}` : `the response is not as ${what}:\n\n${listed}`,
  };
}
