import type { Argument } from 'commander';
import { apiVersions } from '../../versions/versions.ts';
import { errorCodes } from '../explain-error.ts';
import { type Candidates, none, plain } from './candidate.ts';
import type { CommandLine } from './command-line.ts';
import { caseIds, operationNames, sdkCaseIds, sdkNames, targetNames } from './values.ts';

/** What may stand for an argument of a command. */
export async function argumentValues(argument: Argument, line: CommandLine): Promise<Candidates> {
  if (argument.argChoices !== undefined) return { ...none, values: plain(argument.argChoices) };
  const versions = plain(
    apiVersions().map(({ version }) => version),
    'an API version',
  );
  switch (`${line.path} ${argument.name()}`) {
    case 'run operation':
    case 'record operation':
      return { ...none, values: [...(await targetNames(line)), ...(await operationNames(line))] };
    case 'cases operation':
    case 'init operation':
      return { ...none, values: await operationNames(line) };
    case 'explain case':
      return { ...none, values: await explainable(line) };
    case 'doctor target':
    case 'config target':
      return { ...none, values: await targetNames(line) };
    case 'diff before':
    case 'diff after':
      return { values: versions, files: 'files' };
    case 'lint what':
      return { values: [...versions, ...(await operationNames(line))], files: 'files' };
    case 'compare before':
    case 'compare after':
    case 'report run.json':
      return { ...none, files: 'files' };
    case 'sdk name':
    case 'sdk prepare name':
      return { ...none, values: await sdkNames(line.args) };
    default:
      return none;
  }
}

async function explainable(line: CommandLine): Promise<Candidates['values']> {
  if (line.typed.startsWith('E')) return errorCodes();
  if (line.typed.startsWith('sdk/')) return sdkCaseIds(line);
  return [...(await caseIds(line)), { value: 'sdk/', about: 'cases for SDKs' }, { value: 'E_', about: 'error codes' }];
}
