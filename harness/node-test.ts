import { AssertionError } from 'node:assert';
import * as runner from 'node:test';
import { type Contract, type ContractOptions, loadContract } from './contract.ts';
import { defaultOperation } from './core/default-suite.ts';
import type { AnyResponse } from './run/validate-response.ts';
import { matchContract } from './runners/matcher.ts';

export type { AnyResponse } from './run/validate-response.ts';
export type { Contract } from './contract.ts';

/** Read the contract of an operation: its document, suite and cases. */
export function contractOf(operation: string = defaultOperation, options: ContractOptions = {}): Promise<Contract> {
  return loadContract(operation, options);
}

/**
 * Rejects with an `AssertionError` unless the response is what the contract's operation declares for this status. Where
 * `node:test` knows `assert.register` (Node 22.14), importing this module makes it `t.assert.toMatchContract`, too.
 *
 * @example
 * await toMatchContract(await fetch(url, { method: 'DELETE' }), contract, 404);
 */
export async function toMatchContract(received: AnyResponse, contract: Contract, status: number): Promise<void> {
  const { pass, message } = await matchContract(received, contract, status);
  if (!pass) throw new AssertionError({ message: message(), stackStartFn: toMatchContract });
}

type Register = (name: string, assertion: typeof toMatchContract) => void;
const { assert } = runner as { readonly assert?: { readonly register?: Register } };
assert?.register?.('toMatchContract', toMatchContract);
