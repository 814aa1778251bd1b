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
      const named = line.path === 'sweep' ? [] : await targetNames(line);
      return { ...none, values: [...plain(wordsIn(option.flags)), ...named] };
    }
    case 'case':
      return { ...none, values: /^(?:sdk|mock)$/.test(line.path) ? await sdkCaseIds(line) : await caseIds(line) };
    case 'operation':
      return { ...none, values: await operationNames(line) };
    case 'tag':
      return { ...none, values: await tags(line) };
    case 'version':
      return { ...none, values: await sdkReleases(line.args) };
    default:
      return { values: plain(wordsIn(option.flags)), files: filesFor(option.flags) };
  }
}

/** What can be typed as it is: `mock` and `fixtures` of `<mock|fixtures|url>`. */
function wordsIn(flags: string): readonly string[] {
  const [, values = ''] = /<(.*\|.*)>/.exec(flags) ?? [];
  return values.split('|').filter((each) => /^[a-z]+$/.test(each) && !/^(?:file|url|dir|path)$/.test(each));
}

/** By what the help calls the value: `<file>`, `<dir>`, `<run.json>`. */
function filesFor(flags: string): Candidates['files'] {
  const [, value = ''] = /[<[](.*)[>\]]/.exec(flags) ?? [];
  if (/file|path|\.json/.test(value)) return 'files';
  return value.includes('dir') ? 'folders' : 'none';
}
