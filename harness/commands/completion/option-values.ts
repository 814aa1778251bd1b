import type { Option } from 'commander';
import { apiVersions } from '../../versions/versions.ts';
import { type Candidates, none, plain } from './candidate.ts';
import type { CommandLine } from './command-line.ts';
import { caseIds, operationNames, sdkCaseIds, sdkReleases, tags, targetNames } from './values.ts';

/** What may be the value of an option. */
export async function optionValues(option: Option, line: CommandLine): Promise<Candidates> {
  if (option.argChoices !== undefined) return { ...none, values: plain(option.argChoices) };
  switch (option.attributeName()) {
    case 'api': {
      const versions = apiVersions().map(({ version }) => version);
      return { ...none, values: plain(line.path === 'run' ? [...versions, 'all'] : versions) };
    }
    case 'target': {
      const own = line.path === 'run' ? plain(['mock', 'fixtures']) : [];
      return { ...none, values: [...own, ...(line.path === 'sweep' ? [] : await targetNames(line))] };
    }
    case 'states':
      return { values: plain(['pinecone'], 'real resources of the control-plane API'), files: 'files' };
    case 'case':
      return { ...none, values: /^(?:sdk|mock)$/.test(line.path) ? await sdkCaseIds(line) : await caseIds(line) };
    case 'operation':
      return { ...none, values: await operationNames(line) };
    case 'tag':
      return { ...none, values: await tags(line) };
    case 'version':
      return { ...none, values: await sdkReleases(line.args) };
    default:
      return { ...none, files: filesFor(option.flags) };
  }
}

/** By what the help calls the value: `<file>`, `<dir>`, `<run.json>`. */
function filesFor(flags: string): Candidates['files'] {
  const [, value = ''] = /[<[](.*)[>\]]/.exec(flags) ?? [];
  if (/file|path|\.json/.test(value)) return 'files';
  return value.includes('dir') ? 'folders' : 'none';
}
