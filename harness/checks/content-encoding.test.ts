import { deflateSync, gzipSync } from 'node:zlib';
import { contentEncodingCheck } from './content-encoding.ts';
import { describeCheck, proper, properReply, reply } from './bench.test-support.ts';

const packed = gzipSync(proper(404));

describeCheck(contentEncodingCheck, [
  ['accepts plain bytes', { answer: properReply(404) }, []],
  ['accepts the label of plain bytes', { answer: properReply(404, { 'Content-Encoding': 'identity' }) }, []],
  ['does not apply to an answer of another status', { answer: reply(500), also: ['status'] }, 'does not apply'],
  [
    'finds gzip that nobody asked for',
    { answer: reply(404, packed, { 'Content-Encoding': 'gzip' }) },
    ['violation in header content-encoding: the body is coded as gzip, which the request did not ask for'],
  ],
  [
    'finds another coding that nobody asked for',
    { answer: reply(404, deflateSync(proper(404)), { 'Content-Encoding': 'deflate' }) },
    ['violation in header content-encoding: the body is coded as deflate, which the request did not ask for'],
  ],
  [
    'finds plain bytes that are labelled gzip',
    { answer: properReply(404, { 'Content-Encoding': 'gzip' }) },
    ['violation in header content-encoding: the body is labelled gzip and is none'],
  ],
  [
    'finds gzip that does not unpack',
    { answer: reply(404, packed.subarray(0, 30), { 'Content-Encoding': 'gzip' }) },
    ['violation in header content-encoding: the body is labelled gzip and is none'],
  ],
  [
    'finds gzip without a label',
    { answer: reply(404, packed) },
    ['violation in header content-encoding: the body is gzip, and nothing says so'],
  ],
  [
    'finds an empty body with a label',
    { answer: reply(202, '', { 'Content-Encoding': 'gzip' }), promise: '202' },
    ['violation in header content-encoding: an empty body is labelled gzip'],
  ],
]);
