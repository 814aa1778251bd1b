import { expect, it } from 'vitest';
import type { Exchange } from '../../model/exchange.ts';
import type { Subject } from '../../model/target.ts';
import { askedIds, echoes } from './request-echoes.ts';
import { textsOf, ownTextsOf } from './response-text.ts';
import { deleteBackup, promiseOf, subjectFor } from '../../testing/describe-check.ts';

async function askedAt(url: string, more: Partial<Exchange> & { readonly body?: string } = {}): Promise<Subject> {
  const operation = await deleteBackup();
  const { body, ...rest } = more;
  const request = { method: 'DELETE', url, headers: [], ...(body === undefined ? {} : { body }) };
  const exchange = { request, notes: [], ms: 1, ...rest };
  return subjectFor({
    operation,
    expectation: promiseOf(operation, {}),
    exchange,
    values: { neighbour_id: 'other-1' },
  });
}

it.for([
  ['http://a.example/backups/b-1', ['b-1']],
  ['HTTP://a.example/backups/b-1?c=d', ['b-1']],
  ['http://a.example/api/v1/backups/b-1', ['b-1']],
  ['http://a.example/backups/%2562%31', ['%2562%31', '%621', 'b1']],
  ['http://a.example/backups/%zz', ['%zz']],
  ['http://a.example/backups/ｂ1', ['ｂ1', 'b1']],
  ['http://a.example/backups/', []],
  ['http://a.example/indexes/b-1', []],
  ['http://a.example/backups/b-1/restore', []],
  ['http://a.example/', []],
] as const)('%s asks for %j', async ([url, want]) => {
  expect(askedIds(await askedAt(url))).toEqual(want);
});

it('a server may send back each part of the request, and the longest is looked for first', async () => {
  const subject = await askedAt('http://a.example/backups/b-1?id=b-2', { body: '{"id":"b-3"}' });
  expect(echoes(subject)).toEqual(['http://a.example/backups/b-1?id=b-2', '/backups/b-1', '{"id":"b-3"}', 'other-1']);
});

it('a request without a body, and an id of three characters, are no echoes', async () => {
  expect(echoes(await askedAt('http://a.example/backups/abc'))).toEqual([
    'http://a.example/backups/abc',
    '/backups/abc',
    'other-1',
  ]);
  expect(echoes(await askedAt('http://a.example/backups/abcd'))).toContain('abcd');
});

const response = {
  status: 404,
  reason: 'Not Found',
  httpVersion: '1.1',
  headers: [['X-Id', 'b-1234']],
  body: Buffer.from('{"error":{"message":["no","xb-1234y",null,true,4]}}'),
} as const;

it('the texts of an answer are its reason, its headers and the strings of its body', async () => {
  const subject = await askedAt('http://a.example/backups/b-1234', { response });
  expect(textsOf(subject)).toEqual([
    { where: 'status', text: 'Not Found' },
    { where: 'header x-id', text: 'b-1234' },
    { where: 'body', text: 'error\nmessage\nxb-1234y\nno' },
  ]);
  expect(ownTextsOf(subject).map(({ text }) => text)).toEqual(['Not Found', ' ', 'error\nmessage\nx y\nno']);
});

it('of a long list the first ten thousand items are read', async () => {
  const body = Buffer.from(JSON.stringify(Array.from({ length: 10_001 }, () => 'item')));
  const subject = await askedAt('http://a.example/backups/b-1', { response: { ...response, body } });
  expect(textsOf(subject)[2]?.text.split('\n')).toHaveLength(10_000);
});

it('there is no text where there is no answer', async () => {
  expect(textsOf(await askedAt('http://a.example/backups/b-1'))).toEqual([]);
});
