import { expect, it } from 'vitest';
import type { HeaderPair, ReceivedResponse } from '../../../model/exchange.ts';
import { bodyOf } from './body.ts';

function answer(body: string | Uint8Array, ...headers: readonly HeaderPair[]): ReceivedResponse {
  return { status: 404, reason: '', httpVersion: '1.1', headers, body: Buffer.from(body) };
}

it.for([
  ['Content-Encoding', 'gzip', 'coded'],
  ['content-encoding', 'br', 'coded'],
  ['content-encoding', 'Identity', 'json'],
  ['content-encoding', 'identity, br', 'coded'],
  ['content-encoding', 'not-identity', 'coded'],
  ['x-content-encoding', 'gzip', 'json'],
  ['content-encoding-wanted', 'gzip', 'json'],
] as const)('with %s: %s a body is %s', ([name, value, kind]) => {
  expect(bodyOf(answer('{}', [name, value])).kind).toBe(kind);
});

it.for([
  [[], { kind: 'none' }],
  [[0x1f, 0x8b, 0x08], { kind: 'coded' }],
  [[0x31], { kind: 'json', value: 1, digits: new Map(), duplicates: [] }],
] as const)('the bytes %j are %j', ([bytes, want]) => {
  expect(bodyOf(answer(Uint8Array.from(bytes)))).toStrictEqual(want);
});

it.for([
  ['half the mark of gzip', [0x1f, 0x31]],
  ['the other half', [0x31, 0x8b]],
] as const)('%s is a body that cannot be read', ([, bytes]) => {
  expect(bodyOf(answer(Uint8Array.from(bytes))).kind).toBe('broken');
});

it.for([
  ['{"a":1}', { a: 1 }],
  [' \n[1]', [1]],
  ['1', undefined],
  ['{"a":', undefined],
  ['see {"a":1}', undefined],
  ['"[1]"', undefined],
  [['[1]'], undefined],
] as const)('the value %j holds the document %j', ([value, want]) => {
  const body = bodyOf(answer(JSON.stringify(value)));
  const nested = want === undefined ? {} : { nested: want };
  expect(body).toStrictEqual({ kind: 'json', value, digits: new Map(), duplicates: [], ...nested });
});
