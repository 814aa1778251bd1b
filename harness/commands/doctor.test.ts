import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder, serve } from '../testing/cli.ts';
import { checkClock, checkKey, checkNode, checkProxy } from './doctor/checkups.ts';

const env = { PINECONE_API_KEY: 'pcsk_doctor_of_the_tests_1' };

test('a target that is ready is exit 0; no request carries the key', async () => {
  const cwd = emptyFolder();
  const seen: string[] = [];
  const origin = await serve((request, response) => {
    seen.push(JSON.stringify(request.rawHeaders));
    response.writeHead(404).end();
  });
  writeFileSync(join(cwd, 'pinecone-contract.config.yaml'), `targets: { staging: { url: '${origin}' } }\n`);
  const ended = await cli.run(['doctor', 'staging'], { cwd, env });
  expect(ended, ended.stderr).toMatchObject({ exit: 0 });
  expect(ended.stdout).toMatch(/^✔ configuration .*config\.yaml$/m);
  expect(ended.stdout).toMatch(/^✔ API key .*is set, 26 characters$/m);
  expect(ended.stdout).toContain(`${origin} answers (404 to GET /`);
  expect(ended.stdout).toMatch(/^✔ clock/m);
  expect(seen).toHaveLength(1);
  expect(seen[0]).not.toContain('pcsk_');
});

test('a target that is down and a key that is missing are exit 3', async () => {
  const ended = await cli.run(['doctor', 'http://127.0.0.1:9', '--json']);
  expect(ended.exit).toBe(3);
  const found = JSON.parse(ended.stdout) as readonly { readonly name: string; readonly state: string }[];
  expect(found.filter(({ state }) => state === 'bad').map(({ name }) => name)).toEqual(['API key', 'target']);
});

test('a target that is neither named nor a URL is exit 2', async () => {
  const ended = await cli.run(['doctor', 'stagin']);
  expect(ended.exit).toBe(2);
  expect(ended.stderr).toMatch(/stagin is neither a target of the configuration nor a URL/);
});

test('what is found out about Node, key, clock and proxy', () => {
  expect(checkNode('20.19.0').state).toBe('good');
  expect(checkNode('24.0.0').state).toBe('good');
  expect(checkNode('20.18.9')).toMatchObject({ state: 'bad', words: '20.18.9; 20.19 or later is needed' });
  expect(checkKey('', false).state).toBe('absent');
  expect(checkKey('a\nb', true).state).toBe('bad');
  const now = new Date('2026-01-01T00:00:00Z');
  expect(checkClock('Thu, 01 Jan 2026 00:00:59 GMT', now).state).toBe('good');
  expect(checkClock('Thu, 01 Jan 2026 00:02:00 GMT', now)).toMatchObject({
    state: 'bad',
    words: expect.stringContaining('120 s') as string,
  });
  expect(checkClock(undefined, now).state).toBe('absent');
  expect(checkClock(undefined, now, false)).toMatchObject({
    state: 'absent',
    words: 'not compared: the target has not answered',
  });
  expect(checkProxy({ HTTPS_PROXY: 'http://user:secret@proxy' }).words).toBe('HTTPS_PROXY is set');
});
