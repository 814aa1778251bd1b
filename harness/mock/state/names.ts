import type { Json, JsonObject } from '../../model/document.ts';
import { isObject } from '../reply/reply.ts';
import type { NewIndex } from './store.ts';

/** Why a name cannot be an index's, or nothing. */
export function nameProblem(name: string): string | undefined {
  if (name.length < 1 || name.length > 45) return 'Index name must be 1 to 45 characters long.';
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
    return "Index name must consist of lower case letters, digits or '-', and start and end with a letter or digit.";
  }
  return undefined;
}

/** A text that may be left out. */
export function isLabel(value: Json | undefined): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

/** What the maker of an index hangs on it, beside its name. */
export function labelsIn({ tags, deletion_protection: protection }: JsonObject): Pick<NewIndex, 'tags' | 'protected'> {
  const texts = Object.entries(isObject(tags) ? tags : {}).filter(isText);
  return { protected: protection === 'enabled', ...(isObject(tags) ? { tags: Object.fromEntries(texts) } : {}) };
}

function isText(entry: readonly [string, Json]): entry is [string, string] {
  return typeof entry[1] === 'string';
}
