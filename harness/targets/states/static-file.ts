import type { JsonObject } from '../../model.ts';
import { checkedData } from '../../spec/data.ts';
import { readYaml } from '../../spec/yaml.ts';

/** The values of one state: by name, a template or literal, or a list of them. */
export type StateValues = Readonly<Record<string, string | readonly string[]>>;

/** A states file: by state, its values, or a list of sets of values. */
export type StatesFile = Readonly<Record<string, StateValues | readonly StateValues[]>>;

const text: JsonObject = { type: 'string', minLength: 1 };
const values: JsonObject = {
  type: 'object',
  minProperties: 1,
  additionalProperties: { oneOf: [text, { type: 'array', minItems: 1, uniqueItems: true, items: text }] },
};
const schema: JsonObject = {
  type: 'object',
  minProperties: 1,
  additionalProperties: { oneOf: [values, { type: 'array', minItems: 1, items: values }] },
};

/** Read and check a states file; errors name the file and the line. */
export function readStates(file: string): StatesFile {
  return checkedData<StatesFile>(readYaml(file), schema, 'states file');
}
