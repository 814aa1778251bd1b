import { existsSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HarnessError, messageOf } from '../core/errors.ts';
import { checkedData, dataIssues } from '../openapi/data.ts';
import { readYaml } from '../openapi/document/yaml.ts';
import type { Config } from './config.ts';

/** A configuration and the file that it is from. */
export interface ConfigFile {
  readonly file: string;
  readonly config: Config;
  /** Where a setting stands, such as `pinecone-contract.config.yaml:7`. */
  readonly placeOf: (pointer: string) => string;
}

const extensions = ['yaml', 'yml', 'json', 'js', 'mjs', 'ts'];

/** The configuration file of a folder; undefined where there is none. Throws `E_CONFIG` for two of them. */
export function findConfig(folder: string): string | undefined {
  const found = extensions
    .map((each) => join(folder, `pinecone-contract.config.${each}`))
    .filter((file) => existsSync(file));
  if (found.length > 1) {
    throw new HarnessError('E_CONFIG', `${folder} has ${found.length} configuration files: ${found.join(', ')}`, {
      hint: 'Keep one, or name the one that is meant: --config FILE.',
    });
  }
  return found[0];
}

/** Reads and validates a configuration file. Throws `E_FILE`, `E_YAML`, `E_DATA` or `E_CONFIG`. */
export async function readConfig(file: string): Promise<ConfigFile> {
  if (['.js', '.mjs', '.ts'].includes(extname(file)))
    return { file, config: await imported(file), placeOf: () => file };
  const yaml = readYaml(file);
  const config = checkedData<Config>(yaml, 'config');
  return { file, config, placeOf: (pointer) => `${file}:${yaml.placeOf(pointer).line}` };
}

async function imported(file: string): Promise<Config> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(resolve(file)).href)) as { readonly default?: unknown };
  } catch (cause) {
    throw new HarnessError('E_CONFIG', `${file} cannot be loaded: ${messageOf(cause)}`, {
      hint: file.endsWith('.ts')
        ? 'Node runs TypeScript from version 22.18 on. Write the configuration as .yaml or .js for older versions.'
        : 'Run it with node to see where it fails.',
      cause,
    });
  }
  const issues = dataIssues('config', module.default);
  if (issues.length > 0) {
    const lines = issues.map(
      ({ path, message, expected }) => `${path === '' ? 'the default export' : path}: ${message}, expected ${expected}`,
    );
    throw new HarnessError('E_CONFIG', `${file} is not a valid configuration:\n  ${lines.join('\n  ')}`, {
      hint: 'Export it as default: export default defineConfig({ … }).',
    });
  }
  return module.default as Config;
}
