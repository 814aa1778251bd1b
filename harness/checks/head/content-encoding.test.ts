import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { contentEncodingCheck } from './content-encoding.ts';
import { describeCheck, proper, properReply, reply } from '../../testing/describe-check.ts';

const packed = gzipSync(proper(404));

describeCheck(contentEncodingCheck, [
  ['accepts plain bytes', { answer: properReply(404) }, []],
  ['accepts the label of plain bytes', { answer: properReply(404, { 'Content-Encoding': 'identity' }) }, []],
  ['does not apply to an answer of another status', { answer: reply(500), also: ['status'] }, 'does not apply'],
  [
    'finds gzip that nobody asked for',
    { answer: reply(404, packed, { 'Content-Encoding': 'gzip' }) },
    ['advice in header content-encoding: the body is coded as gzip, which the request did not ask for'],
  ],
  [
    'finds another coding that nobody asked for',
    { answer: reply(404, deflateSync(proper(404)), { 'Content-Encoding': 'deflate' }) },
    ['advice in header content-encoding: the body is coded as deflate, which the request did not ask for'],
  ],
  [
    'finds plain bytes that are labelled gzip',
    { answer: properReply(404, { 'Content-Encoding': 'gzip' }) },
    ['violation in header content-encoding: the body is labelled gzip and cannot be decoded as that'],
  ],
  [
    'finds gzip that does not unpack',
    { answer: reply(404, packed.subarray(0, 30), { 'Content-Encoding': 'gzip' }) },
    ['violation in header content-encoding: the body is labelled gzip and cannot be decoded as that'],
  ],
  [
    'finds gzip without a label',
    { answer: reply(404, packed) },
    ['violation in header content-encoding: the body is gzip, and no Content-Encoding says so'],
  ],
  [
    'finds an empty body with a label',
    { answer: reply(202, '', { 'Content-Encoding': 'gzip' }), promise: '202' },
    ['violation in header content-encoding: an empty body is labelled gzip'],
  ],
  [
    'accepts the label of plain bytes twice',
    { answer: properReply(404, { 'Content-Encoding': 'identity , identity' }) },
    [],
  ],
  ['accepts a label without a value', { answer: properReply(404, { 'Content-Encoding': '' }) }, []],
  [
    'accepts a label where HEAD leaves the body out',
    { answer: properReply(404, { 'Content-Encoding': 'gzip' }).replace(/\{.*$/s, ''), request: { method: 'HEAD' } },
    [],
  ],
  [
    'finds gzip by its old name',
    { answer: reply(404, packed, { 'Content-Encoding': 'X-GZIP' }) },
    ['advice in header content-encoding: the body is coded as x-gzip, which the request did not ask for'],
  ],
  [
    'finds plain bytes under the old name',
    { answer: properReply(404, { 'Content-Encoding': 'x-gzip' }) },
    ['violation in header content-encoding: the body is labelled x-gzip and cannot be decoded as that'],
  ],
  [
    'does not unpack another coding that has the name in it',
    { answer: properReply(404, { 'Content-Encoding': 'gzip2' }) },
    ['advice in header content-encoding: the body is coded as gzip2, which the request did not ask for'],
  ],
  [
    'does not unpack another coding that ends so',
    { answer: properReply(404, { 'Content-Encoding': 'pgzip' }) },
    ['advice in header content-encoding: the body is coded as pgzip, which the request did not ask for'],
  ],
  [
    'names every coding, in order',
    {
      answer: reply(404, brotliCompressSync(gzipSync(deflateSync(proper(404)))), {
        'Content-Encoding': ['identity, deflate', 'gzip , br'],
      }),
    },
    ['advice in header content-encoding: the body is coded as deflate, gzip, br, which the request did not ask for'],
  ],
  [
    'unpacks no more than it must to know',
    { answer: reply(404, gzipSync(new Uint8Array(9 * 1024 * 1024)), { 'Content-Encoding': 'gzip' }) },
    ['advice in header content-encoding: the body is coded as gzip, which the request did not ask for'],
  ],
  [
    'does not apply to an answer that broke off',
    {
      answer: reply(404, packed.subarray(0, 30), { 'Content-Encoding': 'gzip', 'Content-Length': '500' }),
      also: ['framing'],
    },
    'does not apply',
  ],
]);
