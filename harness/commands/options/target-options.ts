import type { Command } from 'commander';
import { defaultLimits } from '../../wire/limits.ts';
import { optionGroups } from './option-groups.ts';
import { positive, whole } from './options.ts';

/** The options that say who answers, and how hard it is asked. */
export interface TargetOptions {
  /** The configuration file, where the command line names it. */
  readonly config?: string;
  readonly target: string;
  /** The folder of the fixtures. */
  readonly fixtures?: string;
  readonly states?: string;
  readonly timeout: number;
  readonly maxBody: number;
  readonly concurrency?: number;
  readonly rate?: number;
  /** Seconds. */
  readonly deadline?: number;
  readonly allowDestructive?: true;
  readonly allowCreate?: true;
  readonly allowProduction?: true;
  readonly allowPlainHttp?: true;
  readonly cloud: string;
  readonly region: string;
}

/** The options of a command that asks a target of any kind. */
export function targetOptions(command: Command): Command {
  return howToAsk(
    command.optionsGroup(optionGroups.answers).option('--target <mock|fixtures|url>', 'who answers', 'mock'),
  );
}

/** The options of a command that only a live server can answer. */
export function liveTargetOptions(command: Command): Command {
  return howToAsk(command.optionsGroup(optionGroups.answers).option('--target <url>', 'the live server that answers'));
}

function howToAsk(command: Command): Command {
  return command
    .option('--states <file|url|pinecone>', 'who arranges the states of a live target')
    .option('--cloud <name>', 'for --states pinecone: where its index is made', 'aws')
    .option('--region <name>', 'for --states pinecone: where its index is made', 'us-east-1')
    .optionsGroup(optionGroups.run)
    .option('--timeout <ms>', 'for one exchange', whole(1), defaultLimits.timeoutMs)
    .option('--max-body <bytes>', 'how much of a body is read', whole(1), defaultLimits.maxBody)
    .option('--concurrency <n>', 'cases at the same time; default 16, live 4', whole(1))
    .option('--deadline <s>', 'for the whole run; default: 300, and 10 for each case', positive)
    .option('--rate <n>', 'requests a second, at most (live)', positive)
    .optionsGroup(optionGroups.allowed)
    .option('--allow-destructive', 'delete on a host that is not this machine')
    .option('--allow-create', 'make resources on a host that is not this machine')
    .option('--allow-production', 'delete on a host of pinecone.io')
    .option('--allow-plain-http', 'send the key unencrypted to a host that is not this machine');
}
