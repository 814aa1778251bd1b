import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describeCheck, errorBody, key, properReply, reply, type Row } from '../../testing/describe-check.ts';
import { leakedKeyCheck } from './leaked-key.ts';

const saying = (message: string): { readonly answer: string } => ({
  answer: reply(404, errorBody(404, 'NOT_FOUND', message)),
});
const found = (what: string, where = 'body'): readonly string[] => [`violation in ${where}: the answer holds ${what}`];
const percent = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const sent = 'the API key that was sent';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P';

describeCheck(leakedKeyCheck, [
  ['accepts an answer without', { answer: properReply(404) }, []],
  ['accepts the name of the header', saying('Send your key as Api-Key: <key>, or as Bearer token'), []],
  ['accepts the beginning of the key, as logs show it', saying(`Invalid key ${key.slice(0, 9)}…`), []],
  [
    'accepts a challenge',
    {
      answer: properReply(401, { 'WWW-Authenticate': 'Bearer realm="pinecone", error="invalid_token"' }),
      promise: '401',
    },
    [],
  ],
  [
    'accepts a challenge of basic credentials',
    { answer: properReply(401, { 'WWW-Authenticate': 'Basic realm="pinecone"' }), promise: '401' },
    [],
  ],
  ['accepts words about basic things', saying('basic authentication is unsupported'), []],
  ['accepts URLs and addresses', saying('See https://docs.pinecone.io:443/x@y or mail to a:b@example.com'), []],
  ['does not apply without an answer', { answer: [{ close: 'end' }], also: ['transport'] }, 'does not apply'],
  ['finds the key in the body', saying(`Invalid key ${key}`), found(sent)],
  [
    'finds it escaped',
    { answer: reply(404, errorBody(404, 'NOT_FOUND', `Invalid ${key}`).replace('pcsk', '\\u0070csk')) },
    found(sent),
  ],
  ['finds it in a header', { answer: properReply(404, { 'X-Debug': `key=${key}` }) }, found(sent, 'header x-debug')],
  [
    'finds it percent-encoded',
    { answer: properReply(404, { Link: `</?k=${encodeURIComponent(`${key}=`)}>` }) },
    found(sent, 'header link'),
  ],
  ['finds it without its first four characters', saying(`Invalid key ${key.slice(4)}`), found(sent)],
  [
    'finds it in HTML entities',
    saying('Invalid ' + Array.from(key, (letter) => `&#${letter.charCodeAt(0)};`).join('')),
    found(sent),
  ],
  [
    'finds it in escapes of bytes',
    saying(Array.from(key, (letter) => `\\x${letter.charCodeAt(0).toString(16)}`).join('')),
    found(sent),
  ],
  ['finds it percent-encoded three times', saying(`Invalid ${percent(percent(percent(key)))}`), found(sent)],
  ['finds it in base64 of base64', saying(base64(base64(`user:${key}`))), found(sent)],
  [
    'finds it in UTF-16',
    {
      answer: reply(404, Buffer.from(errorBody(404, 'NOT_FOUND', `Invalid ${key}`), 'utf16le')),
      also: ['json'],
    },
    found(sent),
  ],
  ...(
    [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ] as const
  ).map(([coding, pack]): Row => [
    `finds it in a body that is coded as ${coding}`,
    {
      answer: reply(404, pack(Buffer.from(errorBody(404, 'NOT_FOUND', `Invalid ${key}`))), {
        'Content-Encoding': coding,
      }),
    },
    found(sent),
  ]),
  [
    'finds another secret in a compressed body',
    { answer: reply(404, gzipSync(errorBody(404, 'NOT_FOUND', jwt)), { 'Content-Encoding': 'gzip' }) },
    found('a JSON web token'),
  ],
  ['finds it in base64', saying(Buffer.from(`user:${key}`).toString('base64')), found(sent)],
  [
    'finds it in an answer that is wrong otherwise',
    { answer: reply(500, key, { 'Content-Type': 'text/plain' }), also: ['status'] },
    found(sent),
  ],
  [
    'finds it in an answer that breaks off',
    { answer: [reply(404, `{"key":"${key}"`, { 'Content-Length': '500' }), { close: 'end' }], also: ['framing'] },
    found(sent),
  ],
  [
    'finds the key of somebody else',
    saying('Cached for pcsk_4xYzAb_9sdf8sdf7sdf6sdf5sdf'),
    found('a Pinecone API key'),
  ],
  ['finds a web token', saying(jwt), found('a JSON web token')],
  [
    'finds a bearer token',
    { answer: properReply(404, { 'X-Upstream-Authorization': 'Bearer 4f9a8c7b6d5e4f3a2b1c0d9e' }) },
    found('a bearer token', 'header x-upstream-authorization'),
  ],
  ['finds basic credentials', saying('Basic dXNlcjpwYXNzd29yZDEy'), found('basic credentials')],
  ['finds a key of AWS', saying('AKIAIOSFODNN7EXAMPLE'), found('an AWS access key')],
  ['finds a key of Stripe', saying('sk_live_4eC39HqLyjWDarjtT1zdp7dc'), found('a Stripe key')],
  ['finds the secret of AWS', saying('aws_secret_access_key=wJalrXUtnFEMI'), found('a password')],
  ['finds a private key', saying('-----BEGIN RSA PRIVATE KEY-----\nMII'), found('a private key')],
  [
    'finds a password in a URL',
    saying('cannot reach postgres://admin:hunter2@db/backups'),
    found('credentials in a URL'),
  ],
  ['finds an access token', saying('ya29.a0AfH6SMBx1234567890abcdefghij'), found('an access token')],
  ['finds a password in a text', saying('connect with user=admin&password=hunter2'), found('a password')],
  [
    'finds a property that names a secret',
    { answer: reply(404, errorBody(404, 'NOT_FOUND', 'x').replace('"x"', '"x","details":{"DB_PASSWORD":"hunter2"}')) },
    found('a property that names a secret'),
  ],
  [
    'accepts a secret that was masked',
    { answer: reply(404, errorBody(404, 'NOT_FOUND', 'x').replace('"x"', '"x","details":{"password":"[FILTERED]"}')) },
    [],
  ],
  ['accepts words about secrets', saying('The password: too short. The secret is out; sk-8 is no key'), []],
]);
