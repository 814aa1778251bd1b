import dns from 'node:dns';
import dnsPromises from 'node:dns/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import { isLoopbackAddress } from '../../core/loopback.ts';
import { packageFile } from '../../core/package-files.ts';
import { readDocument } from '../../openapi/document/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { type LiveOptions, liveTarget } from './live.ts';

test.for([
  ['127.0.0.1', true],
  ['127.255.255.254', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:10.0.0.1', false],
  ['10.0.0.1', false],
  ['0.0.0.0', false],
  ['::', false],
  ['::2', false],
  ['2001:db8::1', false],
  ['1::1', false],
  ['128.127.0.1', false],
  ['127.0.0.1.example.com', false],
  ['', false],
] as const)('%s is an address of this machine: %s', ([address, want]) => {
  expect(isLoopbackAddress(address)).toBe(want);
});

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

/** An address of this machine by which other machines know it. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

/** What names resolve to: the first answer is for the run's beginning, the next ones for its connections. */
function resolveTo(first: string, later: string): void {
  vi.spyOn(dnsPromises, 'lookup').mockImplementation((() => Promise.resolve([{ address: first, family: 4 }])) as never);
  vi.spyOn(dns, 'lookup').mockImplementation(((
    _host: string,
    options: { readonly all?: boolean },
    done: (error: null, ...found: readonly unknown[]) => void,
  ) => {
    if (options.all === true) done(null, [{ address: later, family: 4 }]);
    else done(null, later, 4);
  }) as never);
  syncBuiltinESMExports();
}

/** A server on all addresses of this machine, and the keys that it was sent. */
async function serve(): Promise<{ readonly port: number; readonly keys: readonly unknown[] }> {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers['api-key']);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, keys };
}

async function remove(url: string, allowed: LiveOptions['allowed'] = {}): Promise<string> {
  const operation = findOperation(
    await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml')),
    'delete_backup',
  );
  const states = packageFile('suites', 'delete_backup', 'states.yaml');
  try {
    const target = await liveTarget({ url, key: 'pcsk_canary_live', operation, states, allowed });
    onTestFinished(async () => {
      await target.close();
    });
    const { values } = await target.arrange('a backup that can be deleted', { consumes: true });
    const path = `/backups/${values['backup_id'] ?? ''}`;
    const { response } = await target.send(
      { method: 'DELETE', path, headers: [['Api-Key', 'pcsk_canary_live']] },
      { caseId: 'one' },
    );
    return `${String(response?.status)}${target.shared ? ', shared' : ''}`;
  } catch (error) {
    return error instanceof HarnessError ? error.code : String(error);
  }
}

test('a name below .localhost is this machine where it resolves to it', async () => {
  const { port, keys } = await serve();
  resolveTo('127.0.0.1', '127.0.0.1');
  expect(await remove(`http://staging.localhost:${port}`)).toBe('200');
  expect(keys).toEqual(['pcsk_canary_live']);
});

test('a name below .localhost that resolves to another machine needs the flags of another machine', async () => {
  const { port, keys } = await serve();
  resolveTo('192.0.2.7', '192.0.2.7');
  const url = `http://staging.localhost:${port}`;
  expect(await remove(url)).toBe('E_TARGET_SHARED');
  expect(await remove(url, { destructive: true })).toBe('E_TARGET_PLAIN');
  expect(keys).toEqual([]);
});

test.skipIf(outside === undefined)('a name that answers otherwise later is refused at the connection', async () => {
  const { port, keys } = await serve();
  resolveTo('127.0.0.1', outside ?? '');
  expect(await remove(`http://staging.localhost:${port}`)).toBe('E_TARGET_SHARED');
  expect(keys).toEqual([]);
});

test.skipIf(outside === undefined)('with the flags it is a shared target', async () => {
  const { port } = await serve();
  resolveTo(outside ?? '', outside ?? '');
  const allowed = { destructive: true, plainHttp: true };
  expect(await remove(`http://staging.localhost:${port}`, allowed)).toMatch(/E_GUARD|, shared$/);
});
