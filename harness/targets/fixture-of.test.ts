import { expect, test } from 'vitest';
import { casesOf } from '../cases/cases.ts';
import { loadSuite } from '../cases/suite.ts';
import { shipped } from '../installed.ts';
import type { Case, Exchange, HeaderPair } from '../model.ts';
import { readDocument } from '../spec/document.ts';
import { findOperation } from '../spec/operation.ts';
import type { Fixture } from './fixture-file.ts';
import { fixtureOf } from './fixture-of.ts';

const key = 'pcsk_canary_fixture_0123456789abcdef';

async function notFound(): Promise<Case> {
  const document = await readDocument(shipped('specs', 'db_control_2025-04.oas.yaml'));
  const cases = casesOf(findOperation(document, 'delete_backup'), loadSuite(shipped('suites', 'delete_backup')));
  const found = cases.find(({ id }) => id.includes('/404/'));
  if (found === undefined) throw new Error('no case for 404');
  return found;
}

async function recorded(answer: {
  readonly headers?: readonly HeaderPair[];
  readonly body: string | Buffer;
  readonly sent?: readonly HeaderPair[];
}): Promise<Fixture> {
  const { headers = [], body, sent = [] } = answer;
  const exchange: Exchange = {
    request: { method: 'DELETE', url: 'https://staging.example.com/v1/backups/b-1', headers: sent },
    response: {
      status: 404,
      reason: 'Not Found',
      httpVersion: '1.1',
      headers,
      body: new Uint8Array(Buffer.from(body)),
    },
    notes: [],
    ms: 1,
  };
  return fixtureOf({
    case: await notFound(),
    exchange,
    values: { backup_id: 'b-1' },
    recordedFrom: 'https://staging.example.com/v1',
    when: '2026-01-02T03:04:05.000Z',
    suiteVersion: '1.0.0',
    secrets: [key],
  });
}

test('keeps neither keys nor cookies nor what differs from answer to answer', async () => {
  const fixture = await recorded({
    sent: [
      ['Api-Key', '<api-key>'],
      ['Cookie', `session=${key}`],
      ['Authorization', `Bearer ${key.slice(0, -1)}`],
      ['User-Agent', 'pinecone-contract/1'],
      ['X-Pinecone-Api-Version', '2025-04'],
    ],
    headers: [
      ['Date', 'Mon, 05 Jan 2026 00:00:00 GMT'],
      ['Set-Cookie', 'session=abc'],
      ['X-Request-Id', '1'],
      ['X-Cloud-Trace-Context', '1'],
      ['CF-Ray', '1'],
      ['Server-Timing', 'a;dur=1'],
      ['Via', '1.1 proxy'],
      ['ETag', '"1"'],
      ['X-Envoy-Upstream-Service-Time', '1'],
      ['X-Echo', `your key is ${key}`],
      ['Content-Type', 'application/json'],
    ],
    body: JSON.stringify({
      error: { code: 'NOT_FOUND', message: `${key} and pcsk_another_key_0123456789` },
      status: 404,
    }),
  });
  const [{ rawHeaders, reqheaders, response, path, scope }] = fixture.nock;
  expect(rawHeaders).toEqual(['X-Echo', 'your key is <api-key>', 'Content-Type', 'application/json']);
  expect(reqheaders).toEqual({ 'x-pinecone-api-version': '2025-04' });
  expect(fixture.credentials).toEqual([
    'api-key: <api-key>',
    'authorization: something else',
    'cookie: something else',
  ]);
  expect(response).toEqual({ error: { code: 'NOT_FOUND', message: '<api-key> and <api-key>' }, status: 404 });
  expect([scope, path]).toEqual(['https://staging.example.com', '/backups/b-1']);
  expect(JSON.stringify(fixture)).not.toContain('canary');
});

test.for([
  ['an object whose text is its own', '{"a":1}', { response: { a: 1 } }],
  ['JSON in another layout', '{ "a": 1 }', { response: '7b202261223a2031207d', responseIsBinary: true }],
  ['a key twice', '{"a":1,"a":2}', { response: '7b2261223a312c2261223a327d', responseIsBinary: true }],
  ['JSON that is no object', 'null', { response: '6e756c6c', responseIsBinary: true }],
  ['text', 'not found', { response: 'not found' }],
  ['bytes that are no text', Buffer.from([0xff, 0x00]), { response: 'ff00', responseIsBinary: true }],
  ['nothing', '', {}],
] as const)('keeps %s byte for byte', async ([, body, want]) => {
  const fixture = await recorded({ body, headers: [['Content-Length', String(Buffer.from(body).length)]] });
  const [{ status, rawHeaders, response, responseIsBinary }] = fixture.nock;
  expect({
    ...(response === undefined ? {} : { response }),
    ...(responseIsBinary === undefined ? {} : { responseIsBinary }),
  }).toEqual(want);
  expect([status, rawHeaders]).toEqual([404, ['Content-Length', String(Buffer.from(body).length)]]);
});

test('an exchange without an answer cannot be recorded', async () => {
  const its = await notFound();
  const record = (): Fixture =>
    fixtureOf({
      case: its,
      exchange: {
        request: { method: 'DELETE', url: 'http://127.0.0.1:1/backups/b-1', headers: [] },
        fault: { kind: 'reset', message: 'the server reset the connection' },
        notes: [],
        ms: 1,
      },
      values: {},
      recordedFrom: 'http://127.0.0.1:1',
      when: '2026-01-02T03:04:05.000Z',
      suiteVersion: '1.0.0',
      secrets: [],
    });
  expect(record).toThrow(/was not recorded: the server reset the connection/);
});
