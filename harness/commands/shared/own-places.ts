import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigFile, findConfig, readConfig } from '../../config/read-config.ts';
import type { SpecPlace } from '../../model/document.ts';
import type { CaseRecord, RunRecord } from '../../model/record.ts';
import { readYaml } from '../../openapi/document/yaml.ts';

/**
 * What a user's repository has to do with a case: its state in the states file or the suite, the target in the
 * configuration, the workflow that runs. Of an error, the target comes first.
 */
export async function ownPlaces(
  runs: readonly RunRecord[],
): Promise<(run: RunRecord, record?: CaseRecord) => readonly SpecPlace[]> {
  const config = await configuration(runs.map((run) => optionOf(run, '--config')).find((file) => file !== undefined));
  const workflow = workflowPlace();
  return (run, record) => {
    const states = [statePlace(run, '--states', '', record), statePlace(run, '--suite', 'suite.yaml', record)];
    const target = config === undefined ? undefined : targetPlace(config, run);
    const places = record?.status === 'error' ? [target, ...states, workflow] : [...states, target, workflow];
    return places.filter((place) => place !== undefined);
  };
}

/** The state of a case, in the file that an option of the run names. */
function statePlace(run: RunRecord, option: string, name: string, record?: CaseRecord): SpecPlace | undefined {
  const value = optionOf(run, option);
  if (value === undefined || !existsSync(join(value, name))) return undefined;
  const state = (record?.state ?? '').replaceAll('~', '~0').replaceAll('/', '~1');
  return linePlace(join(value, name), name === '' ? `/${state}` : `/states/${state}`);
}

function optionOf({ options = [] }: RunRecord, option: string): string | undefined {
  return options.includes(option) ? options[options.indexOf(option) + 1] : undefined;
}

/** Nothing here may turn the run red: a file that cannot be read gives no line. */
function linePlace(file: string, pointer: string): SpecPlace | undefined {
  try {
    return readYaml(file).placeOf(pointer);
  } catch {
    return undefined;
  }
}

async function configuration(named: string | undefined): Promise<ConfigFile | undefined> {
  try {
    const file = named ?? findConfig('.');
    return file === undefined ? undefined : await readConfig(file);
  } catch {
    return undefined;
  }
}

function targetPlace({ file, config, placeOf }: ConfigFile, { subject }: RunRecord): SpecPlace {
  const name = Object.entries(config.targets ?? {}).find(([, { url }]) => url === subject.name)?.[0];
  const line = /:(\d+)$/.exec(name === undefined ? '' : placeOf(`/targets/${name}/url`))?.[1];
  return { file, line: Number(line ?? 1), pointer: '' };
}

/** `octo/app/.github/workflows/nightly.yml@refs/heads/main`, as GitHub names the workflow that runs. */
function workflowPlace(): SpecPlace | undefined {
  const path = /^[^/]+\/[^/]+\/(.+)@/.exec(process.env['GITHUB_WORKFLOW_REF'] ?? '')?.[1];
  if (path === undefined) return undefined;
  const file = join(process.env['GITHUB_WORKSPACE'] ?? '.', path);
  if (!existsSync(file)) return undefined;
  const at = readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes('pinecone-contract'));
  return { file, line: Math.max(at, 0) + 1, pointer: '' };
}
