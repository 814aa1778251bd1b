import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, refusal, siteOf } from '../../testing/documents/document-folder.ts';
import { readText } from './source-text.ts';

test('knows the absolute path and the hash of a file', async () => {
  const folder = folderOf({ 'a.txt': 'hello\n' });
  expect(await readText(join(folder, 'x/../a.txt'), { redirects: true })).toEqual({
    location: join(folder, 'a.txt'),
    text: 'hello\n',
    sha256: '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03',
  });
});

test('reads a named pipe', async () => {
  const pipe = join(folderOf({}), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const writer = spawn('sh', ['-c', 'printf "openapi: 3.0.3" > "$1"', 'sh', pipe], { stdio: 'ignore' });
  const ended = once(writer, 'exit');
  expect((await readText(pipe, { redirects: true })).text).toBe('openapi: 3.0.3');
  await ended;
});

test('does not read a device without end to its end', async () => {
  expect(await refusal(readText('/dev/zero', { redirects: true }))).toMatch(
    'E_DOCUMENT_TOO_LARGE exit 2\n/dev/zero is larger than 20 MB',
  );
});

test('does not wait for a server that never answers, or never ends', async () => {
  const { origin } = await siteOf({
    '/silent': () => undefined,
    '/slow': (response) => response.writeHead(200).write('openapi: '),
  });
  for (const path of ['/silent', '/slow']) {
    const shown = await refusal(readText(origin + path, { redirects: true, timeoutMs: 300 }), origin);
    expect(shown).toMatch(`E_DOCUMENT_URL exit 2\n…${path} cannot be read: no whole answer within 0.3 s`);
  }
});

test('does not read a download without end to its end', async () => {
  const { origin } = await siteOf({
    '/endless': (response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('#'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    },
  });
  expect(await refusal(readText(`${origin}/endless`, { redirects: true }), origin)).toMatch(
    '…/endless is larger than 20 MB',
  );
});

test('says when an answer breaks off', async () => {
  const { origin } = await siteOf({
    '/cut': (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('openapi');
      setTimeout(() => response.destroy(), 20);
    },
  });
  expect(await refusal(readText(`${origin}/cut`, { redirects: true }), origin)).toMatch(
    /^E_DOCUMENT_URL exit 2\n…\/cut cannot be read: /,
  );
});
