import type { Fault, KeyReading, On } from '../fault.ts';
import { inAnswer, inProbe } from './row.ts';

/** The key is not asked for as the document says. */
export const authFaults: readonly Fault[] = [
  passing('no-key', 'nothing-is-shown', 'A request without a key is served'),
  passing('empty-key', 'it-is-empty', 'A request with an empty key is served'),
  {
    ...passing('wrong-key', 'it-is-unknown', 'Any key will do'),
    violates: ['401'],
  },
  passing('truncated-key', 'it-is-cut-short', 'The beginning of a key is enough'),
  passing('extended-key', 'it-begins-well', 'A key may have more characters after it'),
  passing('other-case-key', 'it-is-in-another-case', 'The letter case of a key does not matter'),
  passing('over-long-key', 'it-is-very-long', 'A key of thousands of characters is not looked at'),
  passing('key-in-query', 'it-is-in-the-query', 'The key counts in the query, where logs and proxies see it'),
  passing('key-in-cookie', 'it-is-in-a-cookie', 'The key counts in a cookie, which browsers add by themselves'),
  passing('key-as-bearer', 'it-is-a-bearer-token', 'The key counts as a bearer token'),
  inKey('near-keys', 'longer-before', { header: 'api-key', is: 'x{key}' }, 'A key may have characters before it'),
  inKey('near-keys', 'last-character', 'it-ends-otherwise', 'The last character of a key is not compared'),
  inKey('near-keys', 'half-compared', 'it-has-the-same-half', 'Only the beginning and the length of a key count'),
  inKey('near-keys', 'quoted', { header: 'api-key', is: '"{key}"' }, 'Quotes around a key are dropped'),
  inKey('near-keys', 'percent-encoded', 'it-is-percent-encoded', 'A key is percent-decoded before it is compared'),
  inKey('near-keys', 'scheme', { header: 'api-key', is: 'Bearer {key}' }, 'Bearer may stand before a key'),
  inKey(
    'near-keys',
    'one-of-a-list',
    { header: 'api-key', is: '{key}, pcsk_00000_another' },
    'A header may hold a list of keys, one of them valid',
  ),
  inKey('near-keys', 'null', { header: 'api-key', is: 'null' }, 'The word null is a valid key'),
  inKey('near-keys', 'undefined', { header: 'api-key', is: 'undefined' }, 'The word undefined is a valid key'),
  inKey('near-keys', 'asterisk', { header: 'api-key', is: '*' }, 'An asterisk is a valid key'),
  inKey('key-elsewhere', 'x-api-key', { header: 'x-api-key', is: '{key}' }, 'The key counts in X-Api-Key'),
  inKey('key-elsewhere', 'token-header', { header: 'x-auth-token', is: '{key}' }, 'The key counts in X-Auth-Token'),
  inKey('key-elsewhere', 'bare', { header: 'authorization', is: '{key}' }, 'The key counts alone in Authorization'),
  inKey('key-elsewhere', 'basic', 'it-is-a-user-name', 'The key counts as the user of basic authentication'),
  inKey(
    'key-elsewhere',
    'proxy',
    { header: 'proxy-authorization', is: 'Bearer {key}' },
    'The key counts in Proxy-Authorization',
  ),
  inKey('key-elsewhere', 'body', 'it-is-in-the-body', 'The key counts in the body'),
  inKey('instead-of-a-key', 'bearer', { header: 'authorization', is: 'Bearer' }, 'An empty bearer token will do'),
  inKey(
    'instead-of-a-key',
    'inside',
    { header: 'x-forwarded-for', is: '127.0.0.1' },
    'Who claims to come from inside needs no key',
  ),
  inProbe('auth/key-not-remembered', {
    name: 'auth/key-compared-once',
    says: 'A connection that has shown a valid key may show any from then on',
    tamper: { do: 'accept-key', when: 'the-connection-has-shown-one-and-any-is-shown' },
    check: 'status',
  }),
  inProbe('auth/key-in-cookie', {
    name: 'auth/key-in-a-cookie-of-another-name',
    says: 'The key counts in a cookie called x-api-key',
    on: { header: ['cookie', /(^|; )x-api-key=/] },
    tamper: { do: 'accept-key', when: 'it-is-in-a-cookie' },
    check: 'status',
  }),
  inProbe('auth/over-long-key', {
    name: 'auth/long-key-breaks',
    says: 'A key of thousands of characters breaks the server',
    on: { header: ['api-key', /^.{1000}/] },
    tamper: { do: 'status', status: 500 },
    check: 'status',
  }),
  inProbe('auth/doubled-key', {
    name: 'auth/two-keys-break',
    says: 'Two keys in one request break the server',
    on: { header: ['api-key', /, /] },
    tamper: { do: 'status', status: 500 },
    check: 'status',
  }),
  inProbe('auth/no-key', {
    name: 'auth/no-key-is-403',
    says: 'A missing key is answered 403; only a wrong one is answered 401',
    on: { header: ['api-key', /^$/] },
    tamper: { do: 'status', status: 403 },
    check: 'status',
  }),
  inProbe('auth/no-key', {
    name: 'auth/no-key-is-plain-text',
    says: 'A missing key is answered by a gateway, in plain text',
    on: { header: ['api-key', /^$/] },
    tamper: [
      { do: 'header', name: 'Content-Type', value: 'text/plain' },
      { do: 'body', text: 'No API key found in request' },
    ],
    check: 'media-type',
  }),
  inProbe('auth/empty-key', {
    name: 'auth/empty-key-breaks',
    says: 'An empty key breaks the server',
    on: { header: ['api-key', /^$/], status: [401] },
    tamper: { do: 'status', status: 500 },
    check: 'status',
  }),
  inProbe('auth/header-name-case', {
    name: 'auth/header-in-one-spelling',
    says: 'The key counts only where its header is spelt Api-Key, letter for letter',
    on: { spelledUnlike: 'Api-Key' },
    tamper: { do: 'refuse-key' },
    check: 'status',
  }),
  inProbe('auth/key-not-remembered', {
    name: 'auth/key-remembered',
    says: 'A connection that has shown a key once may do without from then on',
    tamper: { do: 'accept-key', when: 'the-connection-has-shown-one' },
    check: 'status',
  }),
  inProbe('auth/nothing-happens', {
    name: 'auth/refused-and-done',
    says: 'A deletion is refused for its key and carried out all the same',
    on: { status: [401] },
    tamper: { do: 'delete', which: 'the-asked-one' },
    check: 'effect-untouched',
  }),
  inProbe('auth/nothing-happens', {
    name: 'auth/refused-and-done-with-uuids',
    says: 'A deletion without any key is refused and carried out all the same',
    on: { status: [401], header: ['api-key', /^$/] },
    tamper: { do: 'delete', which: 'the-asked-one' },
    check: 'effect-untouched',
    states: 'http',
  }),
  inProbe('auth/still-deletable', {
    name: 'auth/refused-and-done-blindly',
    says: 'A deletion is refused for its key and carried out, on a server where nothing can be looked at',
    on: { status: [401] },
    tamper: { do: 'delete', which: 'the-asked-one' },
    check: 'status',
    blind: 405,
  }),
  inProbe('auth/before-existence', {
    name: 'auth/existence-before-key',
    says: 'Without a key an unknown id is answered 404 and one that exists 401, so that ids can be guessed',
    on: { header: ['api-key', /^$/] },
    tamper: { do: 'look-before-key', tells: [404] },
    check: 'status',
  }),
  inAnswer(401, {
    name: 'auth/existence-before-wrong-key',
    says: 'With a wrong key an unknown id is answered 404',
    on: { status: [401, 404] },
    tamper: { do: 'look-before-key', tells: [404] },
    check: 'status',
  }),
  inProbe('auth/before-existence', {
    name: 'auth/existence-in-other-words',
    says: 'Without a key the 401 is worded otherwise where the id exists, so that ids can be guessed',
    on: { status: [401], path: /ready-/ },
    tamper: { do: 'json', at: '/error/message', to: 'You may not delete this backup.' },
    check: 'effect-alike',
  }),
  inProbe('auth/before-precondition', {
    name: 'auth/precondition-in-other-words',
    says: 'The 401 discloses that a restore job is pending',
    on: { status: [401], path: /pending-/ },
    tamper: { do: 'json', at: '/error/details', to: { pending: true } },
    check: 'effect-alike',
  }),
  inProbe('auth/before-precondition', {
    name: 'auth/precondition-before-key',
    says: 'A pending restore job is disclosed without a key: 412 comes before 401',
    tamper: { do: 'look-before-key', tells: [412] },
    check: 'status',
  }),
  inProbe('auth/before-500', {
    name: 'auth/fault-before-key',
    says: 'A server fault is disclosed without a key: the work begins before the key is checked',
    tamper: { do: 'look-before-key', tells: [500] },
    check: 'status',
    as: 'advice',
  }),
  around('no-version', { header: ['x-pinecone-api-version', /^$/] }, 'that names no version'),
  around('unknown-version', { header: ['x-pinecone-api-version', /1999/] }, 'of an unknown version'),
  around('debugging', { path: /[?&]debug=/ }, 'that asks for debugging'),
  around('browser', { header: ['user-agent', /Mozilla/] }, 'of a browser'),
  around('preflight', { header: ['access-control-request-method', /./] }, 'that claims to be a preflight'),
  around('override', { header: ['x-http-method-override', /OPTIONS/] }, 'that overrides its method'),
  around('rewrite', { header: ['x-original-url', /./] }, 'that rewrites its path'),
  around('monitor', { header: ['user-agent', /kube-probe/] }, 'of a monitor'),
  around('body', { body: true }, 'with a body'),
  inProbe('auth/odd-requests', {
    name: 'auth/around-with-encoded-path',
    says: 'A deletion without a key is accepted on the path in percent-encoding',
    on: { method: 'DELETE', path: /^\/%62ackups\//, header: ['api-key', /^$/] },
    tamper: { do: 'answer', status: 202 },
    check: 'status',
  }),
];

/** The key is not asked for in requests of one kind. */
function around(name: string, on: On, which: string): Fault {
  return inProbe('auth/odd-requests', {
    name: `auth/around-with-${name}`,
    says: `A request without a key ${which} is served`,
    on,
    tamper: { do: 'accept-key', when: 'nothing-is-shown' },
    check: 'status',
  });
}

function inKey(probe: string, name: string, when: KeyReading, says: string): Fault {
  return inProbe(`auth/${probe}`, {
    name: `auth/${name}-passes`,
    says,
    tamper: { do: 'accept-key', when },
    check: 'status',
  });
}

function passing(probe: string, when: KeyReading, says: string): Fault {
  return inProbe(`auth/${probe}`, {
    name: `auth/${probe}-passes`,
    says,
    tamper: { do: 'accept-key', when },
    check: 'status',
  });
}
