import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { SentRequest } from '../model/exchange.ts';
import type { Credential } from '../model/document.ts';
import { curlLine } from './curl.ts';
import { sentRequest } from './secrets/redact.ts';

const request: SentRequest = {
  method: 'DELETE',
  url: 'http://127.0.0.1:5080/backups/670e8400',
  headers: [
    ['Host', '127.0.0.1:5080'],
    ['Api-Key', '<api-key>'],
    ['X-Pinecone-Api-Version', '2025-04'],
  ],
};

const rows: readonly (readonly [what: string, given: Partial<SentRequest>, want: string])[] = [
  [
    'takes the key from the environment',
    {},
    `curl -i -X DELETE http://127.0.0.1:5080/backups/670e8400 -H "Api-Key: $PINECONE_API_KEY" -H 'X-Pinecone-Api-Version: 2025-04'`,
  ],
  [
    'does not wait for the body of a HEAD',
    { method: 'HEAD', headers: [] },
    'curl -i --head http://127.0.0.1:5080/backups/670e8400',
  ],
  ['needs no method for GET', { method: 'GET', headers: [] }, 'curl -i http://127.0.0.1:5080/backups/670e8400'],
  [
    'keeps dot segments',
    { url: 'http://127.0.0.1:5080/backups/../x', headers: [] },
    'curl -i -X DELETE --path-as-is http://127.0.0.1:5080/backups/../x',
  ],
  [
    'keeps brackets and braces',
    { url: 'http://127.0.0.1:5080/backups/{a}[1]', headers: [] },
    `curl -i -X DELETE --globoff 'http://127.0.0.1:5080/backups/{a}[1]'`,
  ],
  [
    'sends a target that is no URL as it is',
    { url: 'http://127.0.0.1:5080/backups/a b#c', headers: [] },
    `curl -i -X DELETE --request-target '/backups/a b#c' http://127.0.0.1:5080/`,
  ],
  [
    'puts the key into a query',
    { url: 'http://127.0.0.1:5080/backups/1?api_key=<api-key>', headers: [] },
    `curl -i -X DELETE "http://127.0.0.1:5080/backups/1?api_key=$PINECONE_API_KEY"`,
  ],
  [
    'sends a header without a value',
    { headers: [['Api-Key', '']] },
    `curl -i -X DELETE http://127.0.0.1:5080/backups/670e8400 -H 'Api-Key;'`,
  ],
  [
    'adds no content type of its own to a body',
    { method: 'POST', headers: [], body: `@it's` },
    `curl -i -X POST http://127.0.0.1:5080/backups/670e8400 -H Content-Type: --data-raw '@it'\\''s'`,
  ],
];

test.for(rows)('%s', ([, given, want]) => {
  expect(curlLine({ ...request, ...given })).toBe(want);
});

const key: Credential = { scheme: 'Key', type: 'apiKey', in: 'header', name: 'Api-Key' };
const app: Credential = { scheme: 'App', type: 'apiKey', in: 'header', name: 'App-Id' };
const place: Credential = { scheme: 'Place', type: 'apiKey', in: 'query', name: 'place key' };
const session: Credential = { scheme: 'Session', type: 'apiKey', in: 'cookie', name: 'sid' };
const login: Credential = { scheme: 'Login', type: 'http', in: 'header', name: 'Authorization', prefix: 'Basic' };
const values = {
  KEY: 'key-0123456',
  APP: 'app-0123456',
  PLACE: 'place-0123',
  SID: 'sid-01234567',
  LOGIN: 'me:pass word 1',
};
const credentials = [
  { credential: key, variable: 'KEY' },
  { credential: app, variable: 'APP' },
  { credential: place, variable: 'PLACE' },
  { credential: session, variable: 'SID' },
  { credential: login, variable: 'LOGIN' },
];
const withAll = (origin: string) =>
  sentRequest(
    origin,
    {
      method: 'GET',
      path: `/a?n=1&place%20key=${values.PLACE}&other=${values.KEY}`,
      headers: [
        ['Api-Key', values.KEY],
        ['app-id', values.APP],
        ['Authorization', `Basic ${Buffer.from(values.LOGIN).toString('base64')}`],
        ['Cookie', `a=b; sid=${values.SID}; k=${values.KEY}`],
      ],
    },
    [...Object.values(values), 'pass word 1'],
  );

test('shows each credential by the variable of its own scheme, and any other place by that of the key', () => {
  expect(curlLine(withAll('http://127.0.0.1:1'), credentials)).toBe(
    'curl -i "http://127.0.0.1:1/a?n=1&place%20key=$PLACE&other=$KEY" -H "Api-Key: $KEY" -H "app-id: $APP" ' +
      `-H "Authorization: Basic $(printf %s "$LOGIN" | base64 | tr -d '\\n')" -H "Cookie: a=b; sid=$SID; k=$KEY"`,
  );
});

/** What a server gets from a command line that a shell runs. */
async function sentBy(line: (origin: string) => string, variables: Readonly<Record<string, string>>): Promise<string> {
  const heads: string[] = [];
  const server = createServer((socket) => {
    socket.on('data', (bytes) => {
      heads.push(bytes.toString('utf8'));
      socket.end('HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const command = line(`http://127.0.0.1:${port}`);
  const shell = spawn('bash', ['-c', command], { env: { ...process.env, ...variables }, stdio: 'ignore' });
  await once(shell, 'close');
  server.close();
  return heads.join('');
}

describe.skipIf(spawnSync('curl', ['--version']).status !== 0)('run by a shell', () => {
  const odd = [
    '/backups/a',
    '/backups/../b/%2e%2e/c',
    '/backups/{x}[1-3]',
    `/backups/it's $HOME \`id\` "q" #f`,
    '/backups/?k=<api-key>&n=1',
    '/b/ünï',
  ];

  test('sends every credential', async () => {
    const head = await sentBy((origin) => curlLine(withAll(origin), credentials), values);
    expect(head).toContain(`GET /a?n=1&place%20key=${values.PLACE}&other=${values.KEY} HTTP/1.1\r\n`);
    expect(head).toContain(`\r\nApi-Key: ${values.KEY}\r\napp-id: ${values.APP}\r\n`);
    expect(head).toContain(`\r\nAuthorization: Basic ${Buffer.from(values.LOGIN).toString('base64')}\r\n`);
    expect(head).toContain(`\r\nCookie: a=b; sid=${values.SID}; k=${values.KEY}\r\n`);
  });

  test.for(odd)('sends %s byte for byte', async (path) => {
    const sent = await sentBy(
      (origin) => curlLine({ ...request, url: `${origin}${path}`, headers: request.headers.slice(1) }),
      { PINECONE_API_KEY: 'key-1' },
    );
    const head = sent.split('\r\n');
    expect(head[0]).toBe(`DELETE ${path.replace('<api-key>', 'key-1')} HTTP/1.1`);
    expect(head).toContain('Api-Key: key-1');
    expect(head).toContain('X-Pinecone-Api-Version: 2025-04');
  });
});
