import { tracedText } from './traced-text.ts';
import type { YamlText } from './yaml-text.ts';

/**
 * Reads JSON whose every pointer can be found again; undefined where the text is no JSON or repeats a key, which the
 * reader of YAML names with its place. Reading with `JSON.parse` and looking for places afterwards, in the containers on
 * the way only, takes a tenth of the time and memory of a syntax tree of the whole text.
 */
export function parseJson(text: string, file: string): YamlText | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (keysInText(text) !== keysInValue(value)) return undefined;
  const lineAt = linesOf(text);
  const childrenAt = childrenOf(text);
  const start = skipSpace(text, 0);

  const trace: YamlText['trace'] = (parts) => {
    let at = value;
    let reached = 0;
    for (const part of parts) {
      if (!hasPart(at, part)) break;
      at = (at as Readonly<Record<string, unknown>>)[part];
      reached += 1;
    }
    const ref = isContainer(at) && Object.hasOwn(at, '$ref') ? at['$ref'] : undefined;
    const place = (): Place => placeIn(parts.slice(0, reached), start, childrenAt);
    return {
      rest: parts.slice(reached),
      ...(typeof ref === 'string' ? { ref } : {}),
      line: () => lineAt(place().named),
      written: () => (reached < parts.length || isContainer(at) ? undefined : scalarAt(text, place().value, at)),
    };
  };
  return tracedText({ file, value, text, trace });
}

/** Where a value begins, and where the key or the item that names it does. */
interface Place {
  readonly named: number;
  readonly value: number;
}

type Children = ReadonlyMap<string, Place>;

function placeIn(parts: readonly string[], start: number, childrenAt: (offset: number) => Children): Place {
  return parts.reduce<Place>((place, part) => childrenAt(place.value).get(part) ?? place, {
    named: start,
    value: start,
  });
}

/** The members of the object or array at an offset. Each is read once; what is inside of its members is passed over. */
function childrenOf(text: string): (offset: number) => Children {
  const known = new Map<number, Children>();
  return (offset) => {
    const children = known.get(offset) ?? readChildren(text, offset);
    known.set(offset, children);
    return children;
  };
}

function readChildren(text: string, offset: number): Children {
  const children = new Map<string, Place>();
  const isObject = text[offset] === '{';
  let at = skipSpace(text, offset + 1);
  while (text[at] !== '}' && text[at] !== ']') {
    const named = at;
    let name = String(children.size);
    if (isObject) {
      const end = endOfString(text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      // Behind the key and its colon.
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    children.set(name, { named, value: at });
    at = skipSpace(text, endOfValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return children;
}

/** The text is known to be JSON, so that brackets match and strings end. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else {
      if (char === '{' || char === '[') depth += 1;
      if (char === '}' || char === ']') depth -= 1;
      at = depth === 0 && char !== '}' && char !== ']' ? endOfLiteral(text, at) : at + 1;
    }
    if (depth > 0) at = nextMark(text, at);
  } while (depth > 0);
  return at;
}

const marks = /["{}[\]]/g;

function nextMark(text: string, from: number): number {
  marks.lastIndex = from;
  return marks.exec(text)?.index ?? text.length;
}

const literal = /[^\s,\]}]*/y;

function endOfLiteral(text: string, from: number): number {
  literal.lastIndex = from;
  literal.exec(text);
  return literal.lastIndex;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

const space = /\s*/y;

function skipSpace(text: string, from: number): number {
  space.lastIndex = from;
  space.exec(text);
  return space.lastIndex;
}

function scalarAt(text: string, offset: number, value: unknown): string {
  return typeof value === 'string' ? value : text.slice(offset, endOfLiteral(text, offset));
}

/** How many keys a JSON text has: strings in front of a colon. */
function keysInText(text: string): number {
  let keys = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at = endOfString(text, at);
    if (text[at] === ':' || text[skipSpace(text, at)] === ':') keys += 1;
  }
  return keys;
}

function keysInValue(value: unknown): number {
  const open: unknown[] = [value];
  let keys = 0;
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part !== 'object' || part === null) continue;
    const inner: readonly unknown[] = Object.values(part);
    if (!Array.isArray(part)) keys += inner.length;
    for (const each of inner) if (typeof each === 'object' && each !== null) open.push(each);
  }
  return keys;
}

/** The 1-based line of an offset. */
function linesOf(text: string): (offset: number) => number {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(1, low);
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function hasPart(value: unknown, part: string): boolean {
  if (Array.isArray(value)) return /^\d+$/.test(part) && Number(part) < value.length;
  return isContainer(value) && Object.hasOwn(value, part);
}
