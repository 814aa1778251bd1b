import { describe, expect, test } from 'vitest';
import { faultOf, timeUp, type Circumstances } from './faults.ts';

const before: Circumstances = { origin: 'https://api.example', proxied: false, connected: false, received: 0 };
const failure = (code: string, message = 'it failed\nat once'): Error => Object.assign(new Error(message), { code });

const rows: readonly (readonly [string, Error, Partial<Circumstances>, string])[] = [
  [
    'a name that is not known',
    failure('ENOTFOUND'),
    {},
    'dns: the name of https://api.example cannot be resolved (ENOTFOUND)',
  ],
  [
    'a name server that does not answer',
    failure('EAI_AGAIN'),
    {},
    'dns: the name of https://api.example cannot be resolved (EAI_AGAIN)',
  ],
  ['a closed port', failure('ECONNREFUSED'), {}, 'refused: nothing listens at https://api.example (ECONNREFUSED)'],
  [
    'an error inside of another',
    new Error('fetch failed', { cause: failure('ECONNREFUSED') }),
    {},
    'refused: nothing listens at https://api.example (ECONNREFUSED)',
  ],
  [
    'a network that is not reachable',
    failure('ENETUNREACH'),
    {},
    'refused: no connection to https://api.example: it failed (ENETUNREACH)',
  ],
  ['an error without a code', new TypeError(''), {}, 'refused: no connection to https://api.example: TypeError'],
  [
    'a handshake that is broken off',
    failure('ECONNRESET'),
    {},
    'tls: https://api.example broke the connection off during the handshake (ECONNRESET)',
  ],
  [
    'a handshake that fails',
    failure('ERR_SSL_WRONG_VERSION_NUMBER'),
    {},
    'tls: the TLS handshake with https://api.example failed: it failed (ERR_SSL_WRONG_VERSION_NUMBER)',
  ],
  [
    'a revoked certificate',
    failure('CERT_REVOKED'),
    {},
    'tls: https://api.example cannot be trusted: its certificate has been revoked (CERT_REVOKED)',
  ],
  [
    'a certificate of an unknown kind of trouble',
    failure('CERT_UNTRUSTED'),
    {},
    'tls: the TLS handshake with https://api.example failed: it failed (CERT_UNTRUSTED)',
  ],
  [
    'a proxy that fails',
    failure('ECONNREFUSED'),
    { proxied: true },
    'proxy: the proxy did not connect to https://api.example: it failed',
  ],
  ['a reset', failure('ECONNRESET'), { connected: true }, 'reset: the server reset the connection without answering'],
  [
    'a reset while writing',
    failure('EPIPE'),
    { connected: true, received: 7 },
    'reset: the server reset the connection in the middle of its answer, after 7 bytes',
  ],
  [
    'headers without end',
    failure('UND_ERR_HEADERS_OVERFLOW'),
    { connected: true },
    'headers-too-large: the headers of the answer are larger than the limit',
  ],
  [
    'an end',
    failure('UND_ERR_SOCKET', 'other side closed'),
    { connected: true },
    'closed-early: the server closed the connection without answering',
  ],
  [
    'a length that lies',
    failure('UND_ERR_RES_CONTENT_LENGTH_MISMATCH'),
    { connected: true, received: 9 },
    'closed-early: the server closed the connection in the middle of its answer, after 9 bytes',
  ],
  [
    'an answer that undici refuses',
    failure('', 'Response does not match the HTTP/1.1 protocol (Invalid header token)'),
    { connected: true, received: 9 },
    'malformed: the answer is not proper HTTP/1.1: Invalid header token',
  ],
];

describe('a fault is described in one sentence', () => {
  test.each(rows)('%s', (_, error, circumstances, expected) => {
    const { kind, message } = faultOf(error, { ...before, ...circumstances });
    expect(`${kind}: ${message}`).toBe(expected);
  });

  const late: readonly (readonly [string, Partial<Circumstances>, string])[] = [
    ['no connection in time', {}, 'refused: no connection to https://api.example within 10 ms'],
    [
      'no connection in time through a proxy',
      { proxied: true },
      'proxy: no connection to https://api.example within 10 ms',
    ],
    ['no byte in time', { connected: true }, 'no-answer: no byte of an answer came within 10 ms'],
    [
      'not all in time',
      { connected: true, received: 3 },
      'too-slow: the answer was not whole after 10 ms; 3 bytes had come',
    ],
  ];
  test.each(late)('%s', (_, circumstances, expected) => {
    const { kind, message } = timeUp(10, { ...before, ...circumstances });
    expect(`${kind}: ${message}`).toBe(expected);
  });
});
