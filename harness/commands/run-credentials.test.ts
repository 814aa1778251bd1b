import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, serve } from '../testing/cli.ts';
import { folderOf, head } from '../testing/documents/document-folder.ts';

const [key, app, login] = ['key_8Vt1Zr9Xb3Yp6Ns4', 'app_q2Wm8Lk5Rt7Uc1Qe', 'me:pass w0rd of m1ne'];

test('several credentials are sent, masked wherever they come back, and shown by their own variables', async () => {
  const cwd = folderOf({
    'api.yaml': `${head()}security: [{ Key: [], app-id: [], Login: [] }]
paths:
  /a: { get: { operationId: read, responses: { '200': { description: x } } } }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
    app-id: { type: apiKey, in: query, name: app }
    Login: { type: http, scheme: basic }
`,
  });
  const basic = Buffer.from(login).toString('base64');
  const seen = new Set<string>();
  const target = await serve((request, response) => {
    const sent = [request.url, request.headers['x-key'], request.headers.authorization].join(' ');
    seen.add(sent);
    response.writeHead(500, { 'content-type': 'text/plain', 'x-a': `${sent} ${login}` }).end(`${sent} ${login}`);
  });
  const ended = await cli.run(['run', 'read', '--spec', 'api.yaml', '--target', target, '--verbose'], {
    cwd,
    env: {
      PINECONE_API_KEY: key,
      PINECONE_CONTRACT_CREDENTIAL_APP_ID: app,
      PINECONE_CONTRACT_CREDENTIAL_LOGIN: login,
    },
  });
  expect([...seen]).toContain(`/a?app=${app} ${key} Basic ${basic}`);
  const report = readFileSync(join(cwd, 'reports', 'run.json'), 'utf8');
  for (const secret of [key, app, login, 'pass w0rd of m1ne', basic]) {
    expect(ended.stdout + ended.stderr + report).not.toContain(secret);
  }
  expect(ended.stdout).toContain('app=$PINECONE_CONTRACT_CREDENTIAL_APP_ID');
  expect(ended.stdout).toContain('"X-Key: $PINECONE_API_KEY"');
  expect(ended.stdout).toContain('Basic $(printf %s "$PINECONE_CONTRACT_CREDENTIAL_LOGIN" | base64');
});

test('what any command writes has no credential of the environment in it', async () => {
  const env = { PINECONE_CONTRACT_CREDENTIAL_APP_ID: app, PINECONE_CONTRACT_CREDENTIAL_LOGIN: login };
  const ended = await cli.run(['compare', `${app}.json`, `${login}.json`], { env: { ...env, PINECONE_API_KEY: key } });
  expect(ended.exit).toBe(2);
  expect(ended.stderr).toContain('<api-key>.json');
  expect(ended.stderr).not.toContain(app);
  expect(ended.stderr).not.toContain(login.slice(3));
});

test('of two security alternatives the one that takes a client certificate is passed over, with a word', async () => {
  const cwd = folderOf({
    'api.yaml': `${head('3.1.0')}paths:
  /a:
    get:
      operationId: read
      security: [{ Cert: [] }, { Key: [] }]
      responses: { '200': { description: x }, '401': { description: no } }
components:
  securitySchemes:
    Cert: { type: mutualTLS }
    Key: { type: apiKey, in: header, name: X-Key }
`,
  });
  const target = await serve((request, response) => {
    response.writeHead(request.headers['x-key'] === key ? 200 : 401).end();
  });
  const args = ['run', 'read', '--spec', 'api.yaml'];
  for (const more of [[], ['--target', target]]) {
    const ended = await cli.run([...args, ...more], { cwd, env: { PINECONE_API_KEY: key } });
    expect(ended.stderr).toContain('the security alternative Cert is not tested');
    expect(ended.stdout).toContain('2 of 2 proved');
    expect(ended.exit).toBe(0);
  }
});

test('a redirect is never followed, and a key in its Location is named and masked', async () => {
  const cwd = folderOf({
    'api.yaml': `${head()}security: [{ Key: [] }]
paths:
  /a: { get: { operationId: read, responses: { '200': { description: x } } } }
components: { securitySchemes: { Key: { type: apiKey, in: header, name: X-Key } } }
`,
  });
  const heard: string[] = [];
  const other = await serve((request, response) => {
    heard.push(request.url ?? '');
    response.end();
  });
  const target = await serve((_request, response) => {
    response.writeHead(307, { location: `${other}/a?key=${key}` }).end();
  });
  const args = ['run', 'read', '--spec', 'api.yaml', '--target', target, '--verbose'];
  const ended = await cli.run(args, { cwd, env: { PINECONE_API_KEY: key } });
  expect(ended.exit).toBe(1);
  expect(ended.stdout).toContain('redirect: the answer redirects to another host');
  expect(ended.stdout).toContain('leaked-key: the answer holds the API key that was sent');
  expect(heard).toEqual([]);
  const report = readFileSync(join(cwd, 'reports', 'run.json'), 'utf8');
  expect(report).toContain(`${other}/a?key=<api-key>`);
  expect(report + ended.stdout + ended.stderr).not.toContain(key);
});
