import { type Contract, type ContractOptions, loadContract } from '../../contract.ts';
import { notify } from './output.ts';

/** The contract, with its warnings on stderr. */
export async function loadContractWithWarnings(name: string | undefined, options: ContractOptions): Promise<Contract> {
  const contract = await loadContract(name, options);
  for (const warning of contract.warnings ?? []) notify(`warning: ${warning}`);
  return contract;
}
