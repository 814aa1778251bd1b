import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { emptyFolder } from '../testing/cli.ts';
import { compiledCli } from '../testing/compiled.ts';
import { startScriptedSocket } from '../testing/servers/scripted-socket.ts';

/** Sends two requests: one when no further file can be opened, one when there is room again. */
const script = `
import { openSync, closeSync } from 'node:fs';
const [, , origin, compiled] = process.argv;
const { openWire } = await import(compiled + '/wire/send.js');
const { defaultLimits } = await import(compiled + '/wire/limits.js');
const wire = openWire({ origin, limits: defaultLimits, secrets: [] });
const request = { method: 'DELETE', path: '/backups/b-1', headers: [] };
const open = [];
try { for (;;) open.push(openSync('/dev/null')); } catch {}
const full = await wire.send(request);
open.forEach(closeSync);
const free = await wire.send(request);
console.log(JSON.stringify([full.fault?.kind, free.response?.status]));
process.exit();
`;

test('a server is not blamed for the files that this process lacks', { timeout: 60_000 }, async () => {
  const server = await startScriptedSocket(['HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n']);
  onTestFinished(() => server.close());
  const file = join(emptyFolder(), 'few-files.mjs');
  writeFileSync(file, script);
  const command = 'ulimit -n 128 && exec "$0" "$@"';
  const args = ['-c', command, process.execPath, file, server.origin, dirname(compiledCli)];
  const { stdout } = await promisify(execFile)('bash', args);
  expect(JSON.parse(stdout)).toEqual(['own-machine', 404]);
});
