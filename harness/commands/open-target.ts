import type { Command } from 'commander';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { Target } from '../model.ts';
import { mockTarget } from '../targets/mock.ts';
import { defaultLimits, type Limits } from '../wire/limits.ts';
import type { Contract } from '../contract.ts';
import { positive, whole } from './options.ts';

/** The options that say who answers, and how hard it is asked. */
export interface TargetOptions {
  readonly target: string;
  readonly states?: string;
  readonly timeout: number;
  readonly maxBody: number;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly allowDestructive?: true;
  readonly allowProduction?: true;
  readonly allowPlainHttp?: true;
  readonly cloud: string;
  readonly region: string;
}

export function targetOptions(command: Command): Command {
  return command
    .option('--target <mock|fixtures|url>', 'who answers', 'mock')
    .option('--states <file|url|pinecone>', 'who arranges the states of a live target')
    .option('--timeout <ms>', 'for one exchange', whole(1), defaultLimits.timeoutMs)
    .option('--max-body <bytes>', 'how much of a body is read', whole(1), defaultLimits.maxBody)
    .option('--concurrency <n>', 'cases at the same time; default 16, live 4', whole(1))
    .option('--rate <n>', 'requests a second, at most (live)', positive)
    .option('--allow-destructive', 'delete on a host that is not this machine')
    .option('--allow-production', 'delete on a host of pinecone.io')
    .option('--allow-plain-http', 'send the key unencrypted to a host that is not this machine')
    .option('--cloud <name>', 'for --states pinecone: where its index is made', 'aws')
    .option('--region <name>', 'for --states pinecone: where its index is made', 'us-east-1');
}

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
      const { fixturesTarget } = await import('../targets/fixtures.ts');
      return fixturesTarget({ folder: fixturesFolder(contract), operation: contract.operation });
    }
    default:
      return openLive(contract, options, limits, hooks);
  }
}

export function fixturesFolder({ suite }: Contract): string {
  if (suite.folder !== undefined) return join(suite.folder, 'fixtures');
  throw new HarnessError('E_SUITE', `${suite.operation} has no suite, so there is no folder for its fixtures`, {
    hint: 'Write a suite.yaml for it and name its folder: --suite DIR.',
  });
}

async function openLive(
  { operation }: Contract,
  options: TargetOptions,
  limits: Limits,
  hooks: Hooks,
): Promise<Target> {
  if (!/^https?:\/\//i.test(options.target)) {
    throw new HarnessError('E_TARGET', `--target ${options.target} is neither mock, fixtures nor a URL`, {
      hint: 'A URL begins with http:// or https://.',
    });
  }
  const key = process.env['PINECONE_API_KEY'] ?? '';
  if (key === '') {
    throw new HarnessError('E_NO_KEY', `${options.target} needs an API key, and PINECONE_API_KEY is not set`, {
      hint: 'Set it in the environment: export PINECONE_API_KEY=…; it is never taken from the command line.',
    });
  }
  const { liveTarget } = await import('../targets/live.ts');
  return liveTarget({
    url: options.target,
    key,
    operation,
    limits,
    cloud: options.cloud,
    region: options.region,
    allowed: {
      destructive: options.allowDestructive === true,
      production: options.allowProduction === true,
      plainHttp: options.allowPlainHttp === true,
    },
    ...(options.states === undefined ? {} : { states: options.states }),
    ...(options.rate === undefined ? {} : { rate: options.rate }),
    ...hooks,
  });
}
