import { stringify } from 'yaml';
import type { Json } from '../../model/document.ts';

/** A value as YAML in blocks, each line after so many blanks. */
export function yamlOf(value: Json, indent = 0): string {
  const text = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
  return text.replace(/^(?=.)/gm, ' '.repeat(indent));
}
