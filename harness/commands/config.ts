import { Command } from 'commander';
import { findConfig, readConfig } from '../config/read-config.ts';
import { settingsOf } from '../config/settings.ts';
import { keyVariable } from '../core/default-suite.ts';
import { HarnessError } from '../core/errors.ts';
import { optionGroups } from './options/option-groups.ts';
import { say } from './shared/output.ts';

/** `pinecone-contract config [target]`: what the configuration file sets, and where. */
export function configCommand(): Command {
  return new Command('config')
    .description('show what is in force for `run`: what the configuration file sets, on which line, and the defaults')
    .argument('[target]', 'a target of the configuration')
    .optionsGroup('Which configuration:')
    .option('--config <file>', 'the configuration file; default: pinecone-contract.config.yaml, .json, .js or .ts here')
    .optionsGroup(optionGroups.written)
    .option('--json', 'print JSON to stdout, and nothing else')
    .action(async (target: string | undefined, options: { readonly config?: string; readonly json?: true }) => {
      const file = options.config ?? findConfig('.');
      if (file === undefined) {
        throw new HarnessError('E_CONFIG', 'there is no configuration file in this folder', {
          hint: 'Write pinecone-contract.config.yaml, or name one: --config FILE. Its schema is suites/config.schema.json of the package.',
        });
      }
      const source = await readConfig(file);
      const settings = settingsOf(source, target);
      const defaults = await defaultsBeside(settings);
      if (options.json === true) {
        say(JSON.stringify({ file, settings, defaults }, null, 2));
        return;
      }
      const names = Object.keys(source.config.targets ?? {});
      const rows = [
        ...Object.entries(settings).map(([name, { value, from }]) => row(name, value, from)),
        ...Object.entries(defaults).map(([name, value]) => row(name, value, 'default')),
      ];
      const others = names.length === 0 ? [] : [`targets: ${names.join(', ')}`];
      const isKeySet = (process.env[keyVariable] ?? '') !== '';
      say(
        [file, ...rows, ...others, `${keyVariable} is ${isKeySet ? 'set' : 'not set'} in the environment`].join('\n'),
      );
    });
}

function row(name: string, value: unknown, from: string): string {
  return `  ${optionOf(name)} ${String(value)}  (${from})`;
}

/** The defaults of `run` for what is not set. */
async function defaultsBeside(settings: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  const { runCommand } = await import('./run.ts');
  const found = runCommand().options.flatMap((option) => {
    const { defaultValue } = option as { readonly defaultValue: unknown };
    const name = option.attributeName();
    return defaultValue === undefined || Array.isArray(defaultValue) || name in settings ? [] : [[name, defaultValue]];
  });
  return Object.fromEntries(found) as Readonly<Record<string, unknown>>;
}

/** `allowDestructive` as it is typed: `--allow-destructive`. */
function optionOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
