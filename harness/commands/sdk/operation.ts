import { defaultOperation } from '../../core/default-suite.ts';
import { loadContract, type ContractOptions } from '../../contract.ts';
import type { Operation } from '../../model/document.ts';
import { sdkPlans } from '../../sdk/cases/cases.ts';
import type { SdkPlan } from '../../sdk/cases/sdk-case.ts';
import type { Release, SdkManifest } from '../../sdk/releases/manifest.ts';

/** The operation that SDK cases are about. */
export const sdkOperation = defaultOperation;

/**
 * The operation by which a release is judged: that of the API version which it is made for, unless `--spec` or `--api` names
 * a document for all releases. Each document is read once.
 */
export function operationsByRelease(options: ContractOptions): (release: Pick<Release, 'api'>) => Promise<Operation> {
  const known = new Map<string, Promise<Operation>>();
  const fixed = options.spec !== undefined || options.api !== undefined;
  return ({ api }) => {
    const key = fixed ? '' : api;
    const found = known.get(key) ?? load(fixed ? options : { ...options, api });
    known.set(key, found);
    return found;
  };
}

async function load(options: ContractOptions): Promise<Operation> {
  return (await loadContract(sdkOperation, options)).operation;
}

/** The plans of each API version that a listed release is made for. */
export async function plansByApi(manifests: readonly SdkManifest[]): Promise<ReadonlyMap<string, readonly SdkPlan[]>> {
  const operationOf = operationsByRelease({});
  const releases = manifests.flatMap(({ releases: listed }) => listed);
  const pairs = releases.map(async ({ api }) => [api, sdkPlans(await operationOf({ api }))] as const);
  return new Map(await Promise.all(pairs));
}
