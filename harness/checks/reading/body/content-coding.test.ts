import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { HeaderPair, ReceivedResponse } from '../../../model/exchange.ts';
import { describeCheck, errorBody, reply } from '../../../testing/describe-check.ts';
import { notJudgedCheck } from '../../body/not-judged.ts';
import { schemaCheck } from '../../body/schema.ts';
import { contentBytes, contentOf } from './content-coding.ts';

const text = Buffer.from('{"status":404}');
const bomb = gzipSync(new Uint8Array(9 * 1024 * 1024));

function answer(body: Uint8Array, ...codings: readonly string[]): ReceivedResponse {
  const headers = codings.map((coding): HeaderPair => ['Content-Encoding', coding]);
  return { status: 404, reason: '', httpVersion: '1.1', headers, body };
}

it.for([
  ['nothing', text, [], []],
  ['identity', text, ['identity'], []],
  ['gzip', gzipSync(text), ['gzip'], ['gzip']],
  ['gzip by its old name', gzipSync(text), ['X-GZip'], ['x-gzip']],
  ['deflate', deflateSync(text), ['deflate'], ['deflate']],
  ['Brotli', brotliCompressSync(text), ['br'], ['br']],
  ['two codings in one header', gzipSync(deflateSync(text)), ['deflate, identity , gzip'], ['deflate', 'gzip']],
  ['two codings in two headers', brotliCompressSync(gzipSync(text)), ['gzip', 'br'], ['gzip', 'br']],
] as const)('undoes %s', ([, body, labels, codings]) => {
  const content = contentOf(answer(body, ...labels));
  expect(content).toMatchObject({ kind: 'decoded', codings });
  expect(Buffer.from(contentBytes(answer(body, ...labels)))).toEqual(text);
});

it.for([
  ['plain bytes as gzip', text, 'gzip'],
  ['gzip as deflate', gzipSync(text), 'deflate'],
  ['deflate without its wrapper', deflateRawSync(text), 'deflate'],
  ['half of gzip', gzipSync(text).subarray(0, 20), 'gzip'],
  ['plain bytes as Brotli', text, 'br'],
] as const)('sees %s', ([, body, coding]) => {
  expect(contentOf(answer(body, coding))).toMatchObject({ kind: 'mislabelled', coding });
  expect(contentBytes(answer(body, coding))).toBe(body);
});

it.for([
  ['a coding that is not known', text, 'zstd', 'its content coding zstd is not supported'],
  ['a name of every object', text, 'constructor', 'its content coding constructor is not supported'],
  ['content beyond the limit', bomb, 'gzip', 'its content is larger than 8 MiB'],
  ['more codings than anyone applies', text, 'gzip,gzip,gzip,gzip,gzip,gzip', 'it has 6 content codings'],
] as const)('does not undo %s', ([, body, coding, why]) => {
  expect(contentOf(answer(body, coding))).toMatchObject({ kind: 'unknown', why });
});

const coded = (body: Uint8Array, coding: string): string => reply(404, body, { 'Content-Encoding': coding });

describeCheck(schemaCheck, [
  [
    'judges the content of a compressed body',
    { answer: coded(gzipSync('{"status":"404","error":{"code":"NOT_FOUND","message":"x"}}'), 'gzip') },
    ['violation in body /status: the body departs from its schema: /status is string, not integer'],
  ],
  ['accepts it', { answer: coded(brotliCompressSync(errorBody(404, 'NOT_FOUND', 'None.')), 'br') }, []],
  ['does not apply to what is not decoded', { answer: coded(text, 'zstd') }, 'does not apply'],
]);

describeCheck(notJudgedCheck, [
  [
    'says that a body of another coding is not judged',
    { answer: coded(text, 'zstd') },
    ['advice in body: body not judged: its content coding zstd is not supported'],
  ],
  [
    'says that too large a content is not judged',
    { answer: coded(bomb, 'gzip') },
    ['advice in body: body not judged: its content is larger than 8 MiB'],
  ],
]);
