import { HarnessError } from '../../core/errors.ts';
import { checkedData } from '../../openapi/data.ts';
import { readYaml } from '../../openapi/document/yaml.ts';

/** The values of one state: by name, a template or literal, or a list of them. */
export type StateValues = Readonly<Record<string, string | readonly string[]>>;

/** A states file: by state, its values, or a list of sets of values. */
export type StatesFile = Readonly<Record<string, StateValues | readonly StateValues[]>>;

/** Read and check a states file; errors name the file and the line. */
export function readStates(file: string): StatesFile {
  const yaml = readYaml(file);
  const states = checkedData<StatesFile>(yaml, 'states');
  for (const [state, entry] of Object.entries(states)) {
    if (isUneven(entry)) {
      const { line } = yaml.placeOf(`/${state.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      throw new HarnessError('E_DATA', `${file}:${line}: the lists of "${state}" are not of one length`, {
        hint: 'Give each of its values as many entries: the first of each make one set, and so on.',
      });
    }
  }
  return states;
}

function isUneven(entry: StatesFile[string]): boolean {
  const sets: readonly StateValues[] = isList(entry) ? entry : [entry];
  return sets.some(
    (set) => new Set(Object.values(set).flatMap((value) => (isText(value) ? [] : [value.length]))).size > 1,
  );
}

function isList(entry: StatesFile[string]): entry is readonly StateValues[] {
  return Array.isArray(entry);
}

function isText(value: string | readonly string[]): value is string {
  return typeof value === 'string';
}
