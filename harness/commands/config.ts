import { Command } from 'commander';
import { findConfig, readConfig } from '../config/read-config.ts';
import { settingsOf } from '../config/settings.ts';
import { HarnessError } from '../core/errors.ts';
import { say } from './shared/output.ts';

/** `pinecone-contract config [target]`: what the configuration file sets, and where. */
export function configCommand(): Command {
  return new Command('config')
    .description('show what the configuration file sets, and on which line')
    .argument('[target]', 'a target of the configuration')
    .option('--config <file>', 'the configuration file; default: pinecone-contract.config.yaml, .json, .js or .ts here')
    .option('--json', 'print it as JSON')
    .action(async (target: string | undefined, options: { readonly config?: string; readonly json?: true }) => {
      const file = options.config ?? findConfig('.');
      if (file === undefined) {
        throw new HarnessError('E_CONFIG', 'there is no configuration file in this folder', {
          hint: 'Write pinecone-contract.config.yaml, or name one: --config FILE. Its schema is suites/config.schema.json of the package.',
        });
      }
      const source = await readConfig(file);
      const settings = settingsOf(source, target);
      if (options.json === true) {
        say(JSON.stringify({ file, settings }, null, 2));
        return;
      }
      const names = Object.keys(source.config.targets ?? {});
      const rows = Object.entries(settings).map(
        ([name, { value, from }]) => `  ${optionOf(name)} ${String(value)}  (${from})`,
      );
      const others = names.length === 0 ? [] : [`targets: ${names.join(', ')}`];
      say([file, ...(rows.length === 0 ? ['  sets no option'] : rows), ...others].join('\n'));
    });
}

/** `allowDestructive` as it is typed: `--allow-destructive`. */
function optionOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
