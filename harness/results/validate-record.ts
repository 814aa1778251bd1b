import { dataIssues } from '../openapi/data.ts';

/** Deeper values than this overflow the stack of what writes them again. */
const deepest = 200;

/**
 * Where a parsed run.json departs from its JSON Schema, so that a file that was cut, edited or made by something else
 * is one clear error: `/cases/3/findings is null, not array`. Each begins with a JSON pointer; empty for a valid file.
 */
export function recordProblems(value: unknown): readonly string[] {
  const deep = tooDeep(value);
  if (deep !== undefined) return [`${deep} is nested more than ${deepest} levels deep`];
  // A pointer to the whole file is empty.
  return dataIssues('run', value).map(({ path, message }) => (path === '' ? `/ (the file): ${message}` : message));
}

/** The start of the pointer to a value below the deepest level. */
function tooDeep(value: unknown): string | undefined {
  const open: { readonly at: unknown; readonly level: number; readonly top: string }[] = [
    { at: value, level: 0, top: '' },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, level, top } = next;
    if (typeof at !== 'object' || at === null) continue;
    if (level > deepest) return top;
    for (const [name, inner] of Object.entries(at)) {
      open.push({ at: inner, level: level + 1, top: level < 3 ? `${top}/${name}` : top });
    }
  }
  return undefined;
}
