import { statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { findConfig, readConfig, type ConfigFile } from '../../config/read-config.ts';
import { settingsOf } from '../../config/settings.ts';
import { loadSuite } from '../../cases/suite.ts';
import { loadContract, loadContracts, type ContractOptions } from '../../contract.ts';
import { defaultOperation } from '../../core/default-suite.ts';
import { readDocument } from '../../openapi/document/document.ts';
import { follow, below } from '../../openapi/document/pointer.ts';
import { listOperations } from '../../openapi/operation/operation.ts';
import { apiVersion, deliveredVersion } from '../../versions/versions.ts';
import type { Candidate } from './candidate.ts';
import type { CommandLine } from './command-line.ts';

/** The targets of the configuration. */
export async function targetNames(line: CommandLine): Promise<readonly Candidate[]> {
  const source = await configOf(line);
  return Object.entries(source?.config.targets ?? {}).map(([value, { url }]) => ({ value, about: url }));
}

/** A configuration that is a program is not run to complete a word. */
async function configOf({ given }: CommandLine): Promise<ConfigFile | undefined> {
  const file = given.get('config')?.at(-1) ?? findConfig('.');
  return file === undefined || !/^\.(?:ya?ml|json)$/.test(extname(file)) || !isFile(file)
    ? undefined
    : readConfig(file);
}

/** A pipe or a device may keep whoever reads it waiting. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Which document and suite the command line, or else the configuration, is about. */
async function contractOptions(line: CommandLine): Promise<ContractOptions> {
  const given = (name: string): string | undefined => line.given.get(name)?.at(-1);
  const source = await configOf(line);
  const settings = source === undefined ? {} : settingsOf(source);
  const set = (name: string): string | undefined => given(name) ?? (settings[name]?.value as string | undefined);
  const named = given('spec') !== undefined || given('api') !== undefined;
  const [spec, api, suite] = [named ? given('spec') : set('spec'), named ? given('api') : set('api'), set('suite')];
  return {
    ...(spec === undefined ? {} : { spec }),
    ...(api === undefined ? {} : { api }),
    ...(suite === undefined ? {} : { suite }),
  };
}

/** Nothing is fetched, nor waited for, to complete a word. */
function isElsewhere({ spec, suite }: ContractOptions): boolean {
  const document = spec ?? (suite === undefined ? undefined : specOfSuite(suite));
  return document !== undefined && (/^https?:/i.test(document) || !isFile(document));
}

function specOfSuite(folder: string): string | undefined {
  if (!isFile(join(folder, 'suite.yaml'))) return folder;
  const { spec } = loadSuite(folder);
  return spec === undefined || /^https?:/i.test(spec) ? spec : resolve(folder, spec);
}

/** The ids of the cases of an operation, or of every operation of a document of one's own. */
export async function caseIds(line: CommandLine): Promise<readonly Candidate[]> {
  const options = await contractOptions(line);
  if (isElsewhere(options)) return [];
  const targets = (await targetNames(line)).map(({ value }) => value);
  const operation = line.args.find((each) => !targets.includes(each));
  const every = options.suite === undefined && operation === undefined && options.spec !== undefined;
  const contracts = every ? (await loadContracts(options)).contracts : [await loadContract(operation, options)];
  const cases = contracts.flatMap((contract) => contract.cases);
  return byPart(
    cases.map(({ id, title }) => ({ value: id, about: title })),
    line.typed,
  );
}

export async function sdkCaseIds({ typed }: CommandLine): Promise<readonly Candidate[]> {
  const [{ allManifests }, { plansByApi }] = await Promise.all([
    import('../../sdk/releases/manifest.ts'),
    import('../sdk/operation.ts'),
  ]);
  const plans = await plansByApi(allManifests());
  const titles = new Map([...plans.values()].flatMap((each) => each.map(({ id, title }) => [id, title] as const)));
  return byPart(
    [...titles].map(([value, about]) => ({ value, about })),
    typed,
  );
}

/** Ids part by part, as a shell does it with folders: there are more than a hundred. */
function byPart(ids: readonly Candidate[], typed: string): readonly Candidate[] {
  const parts = new Map<string, Candidate[]>();
  for (const each of ids.filter(({ value }) => value.startsWith(typed))) {
    const end = each.value.indexOf('/', typed.length) + 1;
    const part = end === 0 ? each.value : each.value.slice(0, end);
    parts.set(part, [...(parts.get(part) ?? []), each]);
  }
  return [...parts].map(([value, [first, ...more]]) =>
    first !== undefined && more.length === 0 ? first : { value, about: `${more.length + 1} cases` },
  );
}

async function documentOf(line: CommandLine): ReturnType<typeof readDocument> {
  const { spec, api } = await contractOptions(line);
  return readDocument(spec ?? apiVersion(api ?? deliveredVersion).file, { onlyOperation: true });
}

export async function operationNames(line: CommandLine): Promise<readonly Candidate[]> {
  const options = await contractOptions(line);
  if (options.spec === undefined) return [{ value: defaultOperation, about: 'the operation' }];
  if (isElsewhere(options)) return [];
  return listOperations(await documentOf(line)).map(({ id }) => ({ value: id, about: 'an operation' }));
}

export async function tags(line: CommandLine): Promise<readonly Candidate[]> {
  if (isElsewhere(await contractOptions(line))) return [];
  const document = await documentOf(line);
  const found = listOperations(document).flatMap(({ pointer }) => {
    const own = follow(document.root, below(pointer, 'tags'))?.value;
    return Array.isArray(own) ? own.map(String) : [];
  });
  return [...new Set(found)].map((value) => ({ value, about: 'a tag' }));
}

/** The SDKs that ship, without those that are named already. */
export async function sdkNames(named: readonly string[]): Promise<readonly Candidate[]> {
  const { allManifests } = await import('../../sdk/releases/manifest.ts');
  return allManifests().flatMap(({ name, title }) => (named.includes(name) ? [] : [{ value: name, about: title }]));
}

export async function sdkReleases(named: readonly string[]): Promise<readonly Candidate[]> {
  const { allManifests } = await import('../../sdk/releases/manifest.ts');
  const asked = allManifests().filter(({ name }) => named.includes(name));
  return asked.flatMap(({ name, releases }) => releases.map(({ version }) => ({ value: version, about: name })));
}
