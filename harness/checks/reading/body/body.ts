import { isUtf8 } from 'node:buffer';
import type { ReceivedResponse } from '../../../model/exchange.ts';
import { contentOf } from './content-coding.ts';
import { digitsLost } from '../json/json-numbers.ts';
import { duplicateKeys } from '../json/json-text.ts';
import { jsonProblem, type JsonProblem } from '../json/json-problem.ts';

/** A body, read once and strictly. */
export type Body =
  | { readonly kind: 'none' }
  /** Its content coding cannot be undone, or it is compressed and does not say so. */
  | { readonly kind: 'coded' }
  | { readonly kind: 'broken'; readonly problem: JsonProblem }
  | {
      readonly kind: 'json';
      readonly value: unknown;
      /** The digits of its numbers that a double does not hold exactly, by JSON pointer. */
      readonly digits: ReadonlyMap<string, string>;
      /** JSON pointers of the properties that are there twice. */
      readonly duplicates: readonly string[];
      /** The JSON document that the value, being a string, holds itself. */
      readonly nested?: unknown;
    };

const known = new WeakMap<ReceivedResponse, Body>();

/** The body of an answer, taken as JSON. */
export function bodyOf(answer: ReceivedResponse): Body {
  const body = known.get(answer) ?? read(answer);
  known.set(answer, body);
  return body;
}

/** Deeper than any real API nests and than some parsers can go. */
const maxDepth = 256;

function read(answer: ReceivedResponse): Body {
  const content = contentOf(answer);
  if (content.kind !== 'decoded' || isGzip(content.bytes)) return { kind: 'coded' };
  const bytes = Buffer.from(content.bytes.buffer, content.bytes.byteOffset, content.bytes.byteLength);
  if (bytes.length === 0) return { kind: 'none' };
  const text = isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  const problem = jsonProblem(bytes, text, maxDepth);
  if (problem !== undefined || text === undefined) {
    return { kind: 'broken', problem: problem ?? { message: 'the body is not UTF-8', expected: 'UTF-8', actual: '' } };
  }
  const value: unknown = JSON.parse(text);
  const nested = nestedDocument(value);
  return {
    kind: 'json',
    value,
    digits: digitsLost(text),
    duplicates: duplicateKeys(text, value),
    ...(nested === undefined ? {} : { nested }),
  };
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function nestedDocument(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
