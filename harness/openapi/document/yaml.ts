import { readFileSync } from 'node:fs';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { HarnessError, messageOf } from '../../core/errors.ts';
import { parseJson } from './json-source.ts';
import { tracedText } from './traced-text.ts';
import type { YamlFile, YamlText } from './yaml-text.ts';

export type { YamlFile, YamlText };

// Aliases may repeat a value this often before the text counts as an attempt to exhaust memory.
const maxAliasCount = 10_000;

export function readYaml(file: string): YamlFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HarnessError('E_FILE', `${file} cannot be read: ${messageOf(cause)}`, {
      hint: 'Check the path.',
      cause,
    });
  }
  return parseYaml(text, file);
}

/** Reads YAML 1.2, and so JSON. `file` is only named in errors and places. */
export function parseYaml(text: string, file: string): YamlText {
  if (nestedTooDeeply.test(text)) throw tooDeep(file);
  const json = parseJson(text, file);
  if (json !== undefined) return json;
  const counter = new LineCounter();
  try {
    // The library compares every key with every other one of its mapping; `repeatedKey` needs one pass.
    const document = parseDocument(text, {
      lineCounter: counter,
      prettyErrors: false,
      uniqueKeys: false,
      merge: true,
      logLevel: 'silent',
    });
    const trouble = document.errors[0] ?? repeatedKey(document.contents);
    if (trouble !== undefined) {
      if (trouble.message.includes('call stack')) throw new RangeError(trouble.message);
      throw syntaxError(text, file, counter.linePos(trouble.pos[0]), trouble.message);
    }
    const value: unknown = document.toJS({ maxAliasCount });
    return textOf({ document, counter, file, value, text });
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    if (cause instanceof RangeError) {
      throw tooDeep(file, cause);
    }
    throw new HarnessError('E_YAML', `${file} cannot be read as YAML: ${messageOf(cause)}`, {
      hint: 'Write the values out where aliases (`*name`) repeat them.',
      cause,
    });
  }
}

function textOf(parsed: {
  readonly document: Document;
  readonly counter: LineCounter;
  readonly file: string;
  readonly value: unknown;
  readonly text: string;
}): YamlText {
  const { document, counter, file, value, text } = parsed;
  const lineAt = (offset: number | undefined): number => Math.max(1, counter.linePos(offset ?? 0).line);
  const trace: YamlText['trace'] = (parts) => {
    let node = resolved(document, document.contents);
    let offset = node?.range?.[0];
    const line = (): number => lineAt(offset);
    for (const [index, part] of parts.entries()) {
      const found = childOf(document, node, part);
      if (found === undefined) {
        return { line, rest: parts.slice(index), ...refOf(document, node), written: () => undefined };
      }
      node = resolved(document, found.node);
      offset = found.offset;
    }
    const written = isScalar(node) && typeof node.source === 'string' ? node.source : undefined;
    return { line, rest: [], ...refOf(document, node), written: () => written };
  };
  return tracedText({ file, value, text, trace });
}

/** Hundreds of lists or mappings that begin in one place: the parser takes minutes and all memory before it gives up. */
const nestedTooDeeply = /(?:[-?] +){500}|(?:[[{]\s*(?:"[^"\n]{0,100}"\s*:\s*)?){500}/;

function tooDeep(file: string, cause?: unknown): HarnessError {
  return new HarnessError('E_YAML', `${file} is nested too deeply to be read`, {
    hint: 'Check that its brackets are closed.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function syntaxError(text: string, file: string, at: { line: number; col: number }, message: string): HarnessError {
  const line = (text.split('\n', at.line)[at.line - 1] ?? '').trim().slice(0, 100);
  const sentence = message.replace(/\s+/g, ' ').trim();
  return new HarnessError('E_YAML', `${file}:${at.line}:${at.col}: ${sentence}`, {
    hint: line === '' ? 'Correct the file there.' : `The line reads: ${JSON.stringify(line)}`,
  });
}

function repeatedKey(top: unknown): { readonly pos: readonly [number]; readonly message: string } | undefined {
  const open: unknown[] = [top];
  while (open.length > 0) {
    const node = open.pop();
    if (isSeq(node)) open.push(...node.items);
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      open.push(value);
      const name = nameOf(key);
      if (!isScalar(key) || name === undefined || name === '<<') continue;
      if (seen.has(name))
        return { pos: [key.range?.[0] ?? 0], message: `the key ${JSON.stringify(name)} is here twice` };
      seen.add(name);
    }
  }
  return undefined;
}

function resolved(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
}

function childOf(
  document: Document,
  node: Node | undefined,
  part: string,
): { readonly node: unknown; readonly offset: number | undefined } | undefined {
  if (isSeq(node)) {
    const item: unknown = /^\d+$/.test(part) ? node.items[Number(part)] : undefined;
    return item === undefined ? undefined : { node: item, offset: offsetOf(item) };
  }
  if (!isMap(node)) return undefined;
  const pair = pairOf(node.items, part);
  if (pair !== undefined) return { node: pair.value, offset: offsetOf(pair.key) };
  const merged = resolved(document, pairOf(node.items, '<<')?.value);
  const sources: readonly unknown[] = isSeq(merged) ? merged.items : merged === undefined ? [] : [merged];
  return sources
    .map((source) => childOf(document, resolved(document, source), part))
    .find((found) => found !== undefined);
}

function pairOf(pairs: readonly Pair[], name: string): Pair | undefined {
  return pairs.find(({ key }) => nameOf(key) === name);
}

/** A key as JSON has it; the library turns the merge key `<<` into a symbol. */
function nameOf(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'symbol' ? key.value.description : String(key.value);
}

function offsetOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range?.[0] : undefined;
}

function refOf(document: Document, node: Node | undefined): { ref?: string } {
  const value = isMap(node) ? resolved(document, pairOf(node.items, '$ref')?.value) : undefined;
  return isScalar(value) && typeof value.value === 'string' ? { ref: value.value } : {};
}
