import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { SentRequest } from '../model/exchange.ts';
import { curlLine } from './curl.ts';

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

describe.skipIf(spawnSync('curl', ['--version']).status !== 0)('run by a shell', () => {
  const odd = [
    '/backups/a',
    '/backups/../b/%2e%2e/c',
    '/backups/{x}[1-3]',
    `/backups/it's $HOME \`id\` "q" #f`,
    '/backups/?k=<api-key>&n=1',
    '/b/ünï',
  ];

  test.for(odd)('sends %s byte for byte', async (path) => {
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
    const line = curlLine({ ...request, url: `http://127.0.0.1:${port}${path}`, headers: request.headers.slice(1) });
    const shell = spawn('bash', ['-c', line], { env: { ...process.env, PINECONE_API_KEY: 'key-1' }, stdio: 'ignore' });
    await once(shell, 'close');
    server.close();
    const head = heads.join('').split('\r\n');
    expect(head[0]).toBe(`DELETE ${path.replace('<api-key>', 'key-1')} HTTP/1.1`);
    expect(head).toContain('Api-Key: key-1');
    expect(head).toContain('X-Pinecone-Api-Version: 2025-04');
  });
});
