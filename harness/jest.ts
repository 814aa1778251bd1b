import { type Contract, type ContractOptions, loadContract } from './contract.ts';
import { defaultOperation } from './core/default-suite.ts';
import type { AnyResponse } from './run/validate-response.ts';
import { type Matched, matchContract } from './runners/matcher.ts';

export type { AnyResponse } from './run/validate-response.ts';
export type { Matched } from './runners/matcher.ts';
export type { Contract } from './contract.ts';

/** Read the contract of an operation: its document, suite and cases. */
export function contractOf(operation: string = defaultOperation, options: ContractOptions = {}): Promise<Contract> {
  return loadContract(operation, options);
}

/**
 * The matcher, for `expect.extend({ toMatchContract })`. Importing this module in a test registers it with jest's global
 * `expect`, where there is one.
 *
 * @example
 * await expect(await fetch(url, { method: 'DELETE' })).toMatchContract(contract, 404);
 */
export function toMatchContract(received: AnyResponse, contract: Contract, status: number): Promise<Matched> {
  return matchContract(received, contract, status);
}

const { expect } = globalThis as { readonly expect?: { readonly extend?: (matchers: object) => void } };
expect?.extend?.({ toMatchContract });

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the types of jest are merged through this namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- merged with jest's own, which has these parameters
    interface Matchers<R, T = {}> {
      /** The response is what the contract's operation declares for this status. */
      toMatchContract(contract: Contract, status: number): Promise<R>;
    }
  }
}
