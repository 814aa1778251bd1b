/** Why bytes are not one strict JSON document in UTF-8. */
export interface JsonProblem {
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly hint?: string;
}

/** RFC 8259: UTF-8 without a byte order mark, one value, nothing after it. `text` is undefined where it is not UTF-8. */
export function jsonProblem(bytes: Buffer, text: string | undefined, maxDepth: number): JsonProblem | undefined {
  return encodingProblem(bytes, text) ?? syntaxProblem(text ?? '', maxDepth);
}

function encodingProblem(bytes: Buffer, text: string | undefined): JsonProblem | undefined {
  const start = `bytes ${bytes.toString('hex', 0, 4).replace(/(..)(?=.)/g, '$1 ')}`;
  const expected = 'UTF-8 without a byte order mark (RFC 8259 §8.1)';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { message: 'the body begins with a byte order mark', expected, actual: start };
  }
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16 || (bytes.length > 3 && (bytes[0] === 0) !== (bytes[1] === 0) && (bytes[0] === 0) === (bytes[2] === 0))) {
    return { message: 'the body is UTF-16', expected, actual: start };
  }
  if (text !== undefined) return undefined;
  const at = firstInvalid(bytes);
  const actual = `byte 0x${bytes.toString('hex', at, at + 1)} at offset ${at}`;
  return { message: 'the body is not valid UTF-8', expected, actual, hint: 'Encode the text as UTF-8, not Latin-1.' };
}

/** The offset of the first byte that no UTF-8 text has there. */
function firstInvalid(bytes: Buffer): number {
  // The decoder puts U+FFFD in place of what it cannot read; all before it is as it was.
  let at = 0;
  for (const part of bytes.toString('utf8').split('\ufffd')) {
    at += Buffer.byteLength(part);
    if (bytes.toString('hex', at, at + 3) !== 'efbfbd') return at;
    at += 3;
  }
  return at;
}

function syntaxProblem(text: string, maxDepth: number): JsonProblem | undefined {
  const expected = 'one JSON document';
  if (text.trim() === '') return { message: 'the body is white space only', expected, actual: JSON.stringify(text) };
  // Each level takes a bracket to open and one to close.
  if (text.length > 2 * maxDepth && depthOf(text) > maxDepth) {
    const message = `the body nests deeper than ${maxDepth} levels`;
    return { message, expected: 'a document that any parser can read', actual: `depth ${depthOf(text)}` };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ...diagnosis(text), expected };
  }
  const lone = /(?<!\\)(?:\\\\)*\\u(d[89a-f][0-9a-f]{2})/.exec(JSON.stringify(value));
  if (lone === null) return undefined;
  return {
    message: 'a string in the body holds half of a surrogate pair, which is no character',
    expected: 'strings of whole characters (RFC 8259 §8.2)',
    actual: `\\u${lone[1] ?? ''}`,
  };
}

/** What kind of slip makes the text no JSON. */
function diagnosis(text: string): Pick<JsonProblem, 'message' | 'actual' | 'hint'> {
  const trimmed = text.trim();
  const end = endOfDocument(trimmed);
  if (end !== undefined && end < trimmed.length) {
    const rest = trimmed.slice(end).trim();
    const message = /^[[{"]/.test(rest) ? 'the body holds two JSON documents' : 'text follows the JSON document';
    return { message, actual: rest };
  }
  if (/^\s*<(!doctype|html|\?xml|head|body)/i.test(text)) {
    return { message: 'the body is a page of HTML or XML, not JSON', actual: trimmed, hint: pageHint };
  }
  const plain = trimmed.replace(strings, '""');
  if (/\b(NaN|-?Infinity|undefined|None|True|False)\b/.test(plain)) {
    const word = /\b(NaN|-?Infinity|undefined|None|True|False)\b/.exec(plain)?.[0] ?? '';
    return { message: `the body has ${word}, which is not JSON`, actual: trimmed };
  }
  if (/,\s*[\]}]/.test(plain)) return { message: 'the body has a comma before a closing bracket', actual: trimmed };
  if (/^[{[]/.test(trimmed) && end === undefined && depthAtEnd(trimmed) > 0) {
    return { message: 'the JSON document breaks off', actual: `…${trimmed.slice(-40)}`, hint: cutHint };
  }
  return { message: 'the body is not valid JSON', actual: trimmed };
}

const pageHint = 'A proxy or framework in front of the API answers with a page of its own.';
const cutHint = 'Compare Content-Length with the length of the body in bytes, not in characters.';

/** Where the first object or array ends, by its brackets. */
function endOfDocument(text: string): number | undefined {
  let depth = 0;
  for (const { bracket, end } of brackets(text)) {
    depth += bracket === '{' || bracket === '[' ? 1 : -1;
    if (depth === 0) return parses(text.slice(0, end)) ? end : undefined;
  }
  return undefined;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const { bracket } of brackets(text)) {
    depth += bracket === '{' || bracket === '[' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function depthAtEnd(text: string): number {
  let depth = 0;
  for (const { bracket } of brackets(text)) depth += bracket === '{' || bracket === '[' ? 1 : -1;
  return depth;
}

const strings = /"[^"\\]*(?:\\.[^"\\]*)*"/gs;

/** The brackets that stand outside of strings. */
function* brackets(text: string): Iterable<{ readonly bracket: string; readonly end: number }> {
  for (const found of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"?|[[\]{}]/gs)) {
    if (!found[0].startsWith('"')) yield { bracket: found[0], end: found.index + 1 };
  }
}
