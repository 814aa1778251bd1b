import { type Contract, type ContractOptions, loadContract } from '../../contract.ts';
import { HarnessError } from '../../core/errors.ts';
import { notify } from './output.ts';
import { targetsHint } from './target-names.ts';

type Options = ContractOptions & { readonly config?: string; readonly target?: string };

/** The contract, with its warnings on stderr. */
export async function loadContractWithWarnings(name: string | undefined, options: Options): Promise<Contract> {
  const contract = await loadContract(name, options).catch(async (thrown: unknown) => {
    throw await withTargets(thrown, name, options);
  });
  for (const warning of contract.warnings ?? []) notify(`warning: ${warning}`);
  return contract;
}

/** A word that is no operation may be a target whose name is misspelt, where the command has targets. */
async function withTargets(thrown: unknown, name: string | undefined, options: Options): Promise<unknown> {
  const isNoOperation = thrown instanceof HarnessError && thrown.code === 'E_OPERATION';
  if (!isNoOperation || name === undefined || /[\s/]/.test(name) || options.target === undefined) return thrown;
  const hint = [thrown.hint ?? '', await targetsHint(name, options.config)].join(' ').trim();
  return new HarnessError('E_OPERATION', thrown.message, { hint, cause: thrown });
}
