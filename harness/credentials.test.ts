import { expect, test } from 'vitest';
import { showCredentials } from './cases/show-credentials.ts';
import { documentOf, head } from './testing/documents/document-folder.ts';
import { findOperation } from './openapi/operation/operation.ts';
import { isAdmitted } from './mock/credentials.ts';

const key = 'pcsk_0123456789';
const schemes = `
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
    App: { type: apiKey, in: header, name: App-Id }
    Query: { type: apiKey, in: query, name: key }
    Cookie: { type: apiKey, in: cookie, name: sid }
    Other: { type: apiKey, in: cookie, name: app }
    Basic: { type: http, scheme: basic }
    Bearer: { type: http, scheme: BEARER }
    OAuth: { type: oauth2, flows: {} }
    OpenId: { type: openIdConnect, openIdConnectUrl: 'https://a.example' }
`;

const asked = async (security: string) => {
  const document = await documentOf(
    `${head()}paths:\n  /a: { get: { security: ${security}, responses: { '200': { description: x } } } }${schemes}`,
  );
  return findOperation(document, 'GET /a');
};

test.for([
  ['[{ Key: [] }]', ['X-Key: KEY'], ''],
  ['[{ Key: [], App: [] }]', ['X-Key: KEY', 'App-Id: KEY'], ''],
  ['[{ Query: [] }]', [], 'key=KEY'],
  ['[{ Cookie: [], Other: [] }]', ['Cookie: sid=KEY; app=KEY'], ''],
  ['[{ Basic: [] }]', [`Authorization: Basic ${Buffer.from(key).toString('base64')}`], ''],
  ['[{ Bearer: [] }]', ['Authorization: Bearer KEY'], ''],
  ['[{ OAuth: [] }]', ['Authorization: Bearer KEY'], ''],
  ['[{ OpenId: [] }, { Key: [] }]', ['Authorization: Bearer KEY'], ''],
  ['[{}, { Key: [] }]', ['X-Key: KEY'], ''],
  ['[]', [], ''],
] as const)('%s is shown as %j %s, and the mock admits exactly that', async ([security, headers, query]) => {
  const operation = await asked(security);
  const request = (variant: 'valid' | 'none' | 'wrong') => {
    const shown = showCredentials(variant, { key }, operation);
    if ('reason' in shown) throw new Error(shown.reason);
    return {
      rawHeaders: shown.headers.flat(),
      query: new URLSearchParams(shown.query.map(([name, value]): [string, string] => [name, value])).toString(),
    };
  };
  const valid = request('valid');
  const lines = valid.rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [`${name}: ${valid.rawHeaders[at + 1] ?? ''}`] : [],
  );
  expect(lines).toEqual(headers.map((line) => line.replaceAll('KEY', key)));
  expect(valid.query).toBe(query.replace('KEY', key));
  expect(isAdmitted(valid, operation.security, key)).toBe(true);
  const open = operation.security.every((alternative) => alternative.length === 0);
  expect(isAdmitted(request('wrong'), operation.security, key)).toBe(open);
  const anonymous = open || operation.security.some((alternative) => alternative.length === 0);
  expect(isAdmitted(request('none'), operation.security, key)).toBe(anonymous);
});

test('an alternative is admitted only with all of its credentials, and any alternative will do', async () => {
  const both = await asked('[{ Key: [], App: [] }, { Bearer: [] }]');
  expect(isAdmitted({ rawHeaders: ['X-Key', key], query: '' }, both.security, key)).toBe(false);
  expect(isAdmitted({ rawHeaders: ['X-Key', key, 'App-Id', key], query: '' }, both.security, key)).toBe(true);
  expect(isAdmitted({ rawHeaders: ['Authorization', `bearer ${key}`], query: '' }, both.security, key)).toBe(true);
  const basic = await asked('[{ Basic: [] }]');
  const pair = (text: string) => ['Authorization', `Basic ${Buffer.from(text).toString('base64')}`];
  expect(isAdmitted({ rawHeaders: pair(`user:${key}`), query: '' }, basic.security, key)).toBe(true);
  expect(isAdmitted({ rawHeaders: pair('user:other'), query: '' }, basic.security, key)).toBe(false);
});
