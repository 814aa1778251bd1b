import { type Command, InvalidArgumentError, Option } from 'commander';
import { deliveredVersion } from '../../versions/versions.ts';
import { optionGroups } from './option-groups.ts';
import type { Shard } from '../../cases/select.ts';

/** The options that say which contract a command works on. */
function contractOptions(command: Command): Command {
  return command
    .optionsGroup(optionGroups.contract)
    .option('--spec <file|url>', 'the OpenAPI document; default: the one the suite names')
    .option('--suite <dir>', 'the folder with suite.yaml; default: the one that ships for the operation')
    .option('--config <file>', 'the configuration file; default: pinecone-contract.config.* in this folder')
    .option('--allow-external-refs', 'let $refs leave the folder or origin of the document');
}

/** The same, with one of the API versions that this package holds a document of. */
export function versionedOptions(command: Command, fallback: string = deliveredVersion): Command {
  const api = new Option('--api <version>', `the API version (\`specs\` lists them); default: ${fallback}`);
  return contractOptions(command).addOption(api.conflicts('spec'));
}

export function sdkFolders(): Option {
  return new Option('--sdk <dir>', 'a folder with sdk.yaml, driver and waivers; may be repeated')
    .argParser(collected)
    .default([], 'those that ship with this package');
}

/** For options that may be given more than once. */
export function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** No timer runs longer, and nothing that is counted here needs more. */
const most = 2 ** 31 - 1;

/** A whole number, at least `least`. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

export function positive(text: string): number {
  const value = Number(text);
  if (/^[\d.]+$/.test(text) && value > 0 && value <= most) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}

/** `2/3`. */
export function shard(text: string): Shard {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const parsed = { index: Number(index), of: Number(of) };
  if (index === undefined || parsed.index < 1 || parsed.index > parsed.of) {
    throw new InvalidArgumentError('It must be I/N with 1 ≤ I ≤ N, such as 1/3.');
  }
  return parsed;
}
