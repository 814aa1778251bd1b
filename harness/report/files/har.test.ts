import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { Har } from 'har-format';
import { expect, test } from 'vitest';
import { harLog } from './har.ts';
import { exchange, greenRun, record, sampleRun } from '../../testing/sample-run.ts';

test('fits the published schema of HAR', () => {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  const folder = join(dirname(createRequire(import.meta.url).resolve('har-schema/package.json')), 'lib');
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
    const schema = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { $schema?: string };
    // Its draft is older than this Ajv, and it uses nothing that has changed since.
    delete schema.$schema;
    ajv.addSchema(schema);
  }
  const valid = ajv.getSchema('har.json#');
  expect(valid).toBeDefined();
  const fits = valid?.(parsed());
  expect(valid?.errors ?? []).toEqual([]);
  expect(fits).toBe(true);
});

test('has every exchange of every run, in order, each on the page of its case', () => {
  const { log } = parsed();
  expect(log.entries.map(({ comment }) => comment)).toEqual([
    ...greenRun().cases.map(({ id }) => `${id}, step delete`),
    ...sampleRun()
      .cases.filter(({ exchanges }) => exchanges.length > 0)
      .map(({ id }) => `${id}, step delete`),
    'delete_backup/x, step delete, sent as http://127.0.0.1:1/x?a=1&a=%20b&c={%zz é#&key=<api-key>',
    'delete_backup/x, step delete',
    'delete_backup/x, step delete',
  ]);
  const pages = new Set(log.pages?.map(({ id }) => id));
  expect(pages.size).toBe(log.pages?.length);
  for (const { pageref } of log.entries) expect(pages).toContain(pageref);
});

test('a request has its query, cookies and body; the key is masked', () => {
  const entry = parsed().log.entries.at(-3);
  expect(entry?.request).toMatchInlineSnapshot(`
    {
      "bodySize": 8,
      "cookies": [
        {
          "name": "k",
          "value": "<api-key>",
        },
        {
          "name": "l",
          "value": "2",
        },
      ],
      "headers": [
        {
          "name": "Cookie",
          "value": "k=<api-key>; l=2",
        },
        {
          "name": "Content-Type",
          "value": "application/json",
        },
      ],
      "headersSize": -1,
      "httpVersion": "HTTP/1.1",
      "method": "POST",
      "postData": {
        "mimeType": "application/json",
        "text": "{"é":1}",
      },
      "queryString": [
        {
          "name": "a",
          "value": "1",
        },
        {
          "name": "a",
          "value": " b",
        },
        {
          "name": "c",
          "value": "{%zz é#",
        },
        {
          "name": "key",
          "value": "<api-key>",
        },
      ],
      "url": "http://127.0.0.1:1/x?a=1&a=%20b&c=%7B%25zz%20%C3%A9%23&key=%3Capi-key%3E",
    }
  `);
});

test('an answer that is not text is in base64', () => {
  const entry = parsed().log.entries.at(-2);
  expect(entry?.response.content).toEqual({
    size: 2,
    mimeType: 'application/octet-stream',
    text: '//4=',
    encoding: 'base64',
  });
  expect(entry?.response.cookies).toEqual([{ name: 'a', value: 'b=c' }]);
});

test('an answer that never came has status 0 and the fault', () => {
  const entry = parsed().log.entries.at(-1);
  expect(entry?.response).toMatchObject({ status: 0, _error: 'reset: the connection was reset' });
});

function parsed(): Har {
  const odd = exchange(200, 'OK', '');
  const request = {
    method: 'POST',
    url: 'http://127.0.0.1:1/x?a=1&a=%20b&c={%zz é#&key=<api-key>',
    headers: [
      ['Cookie', 'k=<api-key>; l=2'],
      ['Content-Type', 'application/json'],
    ] as const,
    body: '{"é":1}',
  };
  const binary = {
    status: 200,
    reason: 'OK',
    httpVersion: '1.1',
    headers: [
      ['content-type', 'application/octet-stream'],
      ['Set-Cookie', 'a=b=c; Path=/; HttpOnly'],
    ] as const,
    body: { base64: '//4=' },
    bodyBytes: 2,
  };
  const lost = {
    step: 'delete',
    request: odd.request,
    notes: [],
    ms: 1,
    fault: { kind: 'reset', message: 'the connection was reset' },
  } as const;
  const third = greenRun({
    subject: { kind: 'live', name: 'http://127.0.0.1:1' },
    cases: [record({ id: 'delete_backup/x', exchanges: [{ ...odd, request }, { ...odd, response: binary }, lost] })],
  });
  return JSON.parse(harLog([greenRun(), sampleRun(), third])) as Har;
}
