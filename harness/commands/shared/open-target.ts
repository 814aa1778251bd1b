import { forbiddenKeyVariable, keyVariable } from '../../core/default-suite.ts';
import { HarnessError } from '../../core/errors.ts';
import type { Target } from '../../model/target.ts';
import { mockTarget } from '../../targets/mock.ts';
import { defaultLimits, type Limits } from '../../wire/limits.ts';
import type { Contract } from '../../contract.ts';
import { credentialsFor, isKeyMissing } from './credentials.ts';
import { replayFolder } from './fixtures-folder.ts';
import { forbiddenKeyGiven, warnOfWeakSecret } from './keys.ts';
import { targetsHint } from './target-names.ts';
import type { TargetOptions } from '../options/target-options.ts';

interface Hooks {
  readonly onWaiting?: (why: string) => void;
  /** Ends what is being arranged. */
  readonly signal?: AbortSignal;
}

/** Open the target that `--target` names. */
export async function openTarget(contract: Contract, options: TargetOptions, hooks: Hooks = {}): Promise<Target> {
  const limits: Limits = { ...defaultLimits, timeoutMs: options.timeout, maxBody: options.maxBody };
  switch (options.target) {
    case 'mock':
      return mockTarget({ document: contract.operation.document, limits });
    case 'fixtures': {
      const { fixturesTarget } = await import('../../targets/fixtures/fixtures.ts');
      return fixturesTarget({ folder: replayFolder(contract, options.fixtures), operation: contract.operation });
    }
    default:
      return openLive(contract, options, limits, hooks);
  }
}

async function openLive(
  { operation }: Contract,
  options: TargetOptions,
  limits: Limits,
  hooks: Hooks,
): Promise<Target> {
  if (!/^https?:\/\//i.test(options.target)) {
    throw new HarnessError('E_TARGET', `--target ${options.target} is neither mock, fixtures nor a URL`, {
      hint: `A URL begins with http:// or https://. ${await targetsHint(options.target, options.config)}`,
    });
  }
  const [{ liveTarget }, { checkedKey }] = await Promise.all([
    import('../../targets/live/live.ts'),
    import('../../targets/live/key.ts'),
  ]);
  const given = process.env[keyVariable] ?? '';
  if (given !== '') checkedKey(given);
  const credentials = isKeyMissing(operation) ? {} : credentialsFor(operation);
  const key = checkedKey(given === '' ? (Object.values(credentials)[0] ?? '') : given, 'E_NO_KEY');
  const forbiddenKey = forbiddenKeyGiven(key);
  warnOfWeakSecret(keyVariable, key);
  if (forbiddenKey !== undefined) warnOfWeakSecret(forbiddenKeyVariable, forbiddenKey);
  return liveTarget({
    url: options.target,
    key,
    ...(forbiddenKey === undefined ? {} : { forbiddenKey }),
    credentials,
    operation,
    limits,
    cloud: options.cloud,
    region: options.region,
    allowed: {
      destructive: options.allowDestructive === true,
      create: options.allowCreate === true,
      production: options.allowProduction === true,
      plainHttp: options.allowPlainHttp === true,
    },
    ...(options.states === undefined ? {} : { states: options.states }),
    ...(options.rate === undefined ? {} : { rate: options.rate }),
    ...hooks,
  });
}
