import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { casesOf } from '../../cases/cases.ts';
import { loadSuite } from '../../cases/suite.ts';
import { HarnessError } from '../../core/errors.ts';
import { packageFile } from '../../core/package-files.ts';
import type { Target } from '../../model/target.ts';
import { readDocument } from '../../openapi/document/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { fixtureOf } from '../fixtures/from-exchange.ts';
import { type LiveOptions, liveTarget } from './live.ts';
import { openStaging } from '../../testing/servers/staging.ts';

const key = 'pcsk_canary_live_0123456789';

/** A server and what it saw: `DELETE /backups/ready-1`. */
async function serve(answer: RequestListener): Promise<{ readonly url: string; readonly seen: readonly string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`, seen };
}

async function open(options: Partial<LiveOptions> & { readonly url: string }): Promise<Target> {
  const operation = findOperation(
    await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml')),
    'delete_backup',
  );
  const target = await liveTarget({
    key,
    operation,
    states: packageFile('suites', 'delete_backup', 'states.yaml'),
    firstNumber: 1,
    ...options,
  });
  onTestFinished(async () => {
    await target.close();
  });
  return target;
}

async function remove(target: Target, id: string): Promise<Awaited<ReturnType<Target['send']>>> {
  return target.send({ method: 'DELETE', path: `/backups/${id}`, headers: [['Api-Key', key]] }, { caseId: 'one' });
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing',
    (error: unknown) => (error instanceof HarnessError ? `${error.code} ${error.exit}` : String(error)),
  );
}

test('keeps the path prefix of the URL, in what is sent and in its name', async () => {
  const { url, seen } = await serve((_, response) => response.end());
  const target = await open({ url: `${url}/control/v1/` });
  await target.arrange('a backup that can be deleted', { consumes: true });
  const { request } = await remove(target, 'ready-1');
  expect(seen).toEqual(['DELETE /control/v1/backups/ready-1']);
  expect(target.name).toBe(`${url}/control/v1`);
  expect(request.url).toBe(`${url}/control/v1/backups/ready-1`);
  expect(target.shared).toBe(false);
});

test.for([
  ['503', (_, response) => response.writeHead(503).end()],
  ['429', (_, response) => response.writeHead(429, { 'retry-after': '0' }).end()],
  ['a redirect', (_, response) => response.writeHead(307, { location: '/backups/ready-2' }).end()],
  ['a reset', (request) => request.socket.destroy()],
] as const satisfies readonly (readonly [string, RequestListener])[])(
  'sends the DELETE under test once, also after %s',
  async ([, answer]) => {
    const { url, seen } = await serve(answer);
    const target = await open({ url });
    await target.arrange('a backup that can be deleted', { consumes: true });
    await remove(target, 'ready-1');
    expect(seen).toEqual(['DELETE /backups/ready-1']);
  },
);

test('lets nothing leave that nobody arranged', async () => {
  const { url, seen } = await serve((_, response) => response.end());
  const target = await open({ url });
  expect(await codeOf(remove(target, 'ready-1'))).toBe('E_GUARD 3');
  await target.arrange('a backup that can be deleted', { consumes: true });
  await remove(target, 'ready-1');
  expect(await codeOf(remove(target, 'somebody-elses'))).toBe('E_GUARD 3');
  expect(seen).toEqual(['DELETE /backups/ready-1']);
});

test('a target where nothing listens is a fault, not a finding', async () => {
  const target = await open({ url: 'http://127.0.0.1:1' });
  await target.arrange('a backup that can be deleted', { consumes: true });
  expect((await remove(target, 'ready-1')).fault?.kind).toBe('refused');
});

test('spreads its requests evenly over the seconds', async () => {
  const times: number[] = [];
  const { url } = await serve((_, response) => {
    times.push(performance.now());
    response.end();
  });
  const target = await open({ url, rate: 8 });
  await target.arrange('a backup that can be deleted', { consumes: true });
  await Promise.all(Array.from({ length: 13 }, () => remove(target, 'ready-1')));
  expect(times.length).toBe(13);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1450);
  // A busy machine may hold one up, but a burst of all that a second allows is never seen.
  const most = Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + 100).length));
  expect(most).toBeLessThan(6);
});

test('asks a provider of states by HTTP, and learns what it may delete from it', async () => {
  const staging = await openStaging();
  const target = await open({
    url: staging.mock.origin,
    key: staging.mock.key,
    states: `${staging.mock.origin}/_contract/states`,
  });
  const { values, release } = await target
    .arrange('a backup that can be deleted', { consumes: true })
    .then((given) => ({ values: given.values, release: () => given.release({ untouched: false }) }));
  const { response } = await target.send(
    { method: 'DELETE', path: `/backups/${values['backup_id'] ?? ''}`, headers: [['Api-Key', staging.mock.key]] },
    { caseId: 'one' },
  );
  await release();
  expect(response?.status).toBe(202);
  expect(await target.close()).toEqual([]);
  expect(await staging.hasNeighbour()).toBe(true);
});

test('a second run against the same server meets nothing that the first has used up, and is recorded the same', async () => {
  const { mock } = await openStaging();
  const states = packageFile('suites', 'delete_backup', 'states.yaml');
  const operation = findOperation(
    await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml')),
    'delete_backup',
  );
  const [one] = casesOf(operation, loadSuite(packageFile('suites', 'delete_backup')));
  if (one === undefined) throw new Error('the suite has no case');
  const fixtures: unknown[] = [];
  const ids: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    const target = await liveTarget({ url: mock.origin, key: mock.key, operation, states });
    const { values } = await target.arrange('a backup that can be deleted', { consumes: true });
    const path = `/backups/${values['backup_id'] ?? ''}`;
    const exchange = await target.send({ method: 'DELETE', path, headers: [['Api-Key', mock.key]] }, { caseId: 'one' });
    await target.close();
    expect(exchange.response?.status).toBe(202);
    ids.push(values['backup_id'] ?? '');
    const origin = { recordedFrom: mock.origin, when: '2026-01-01T00:00:00.000Z', suiteVersion: '1', secrets: [] };
    fixtures.push(fixtureOf({ case: one, exchange, values, ...origin }));
  }
  expect(new Set(ids).size).toBe(2);
  expect(fixtures[0]).toEqual(fixtures[1]);
  expect(JSON.stringify(fixtures[0])).toContain('/backups/ready-10000000000001');
});

test('without states it can arrange what does not exist, and says what is missing for the rest', async () => {
  const { url } = await serve((_, response) => response.end());
  const operation = findOperation(
    await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml')),
    'delete_backup',
  );
  const target = await liveTarget({ url, key, operation });
  expect(target.can('no such backup')).toBe(true);
  const { values } = await target.arrange('no such backup', { consumes: false });
  expect(values['backup_id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(target.can('a backup that can be deleted')).toEqual({
    reason: 'nothing arranges "a backup that can be deleted": name a file, a URL or pinecone with --states',
  });
  await target.close();
});

test.for([
  ['no key', { key: '' }, 'E_KEY_MISSING 2'],
  ['a key with a line break', { key: 'pcsk_canary\n' }, 'E_KEY_BROKEN 2'],
  ['a host of others', { url: 'https://staging.example.com' }, 'E_TARGET_SHARED 2'],
  ['production', { url: 'https://api.pinecone.io', allowed: { destructive: true } }, 'E_TARGET_PRODUCTION 2'],
  ['a states file that is not there', { states: '/nowhere/states.yaml' }, 2],
] as const)('%s is refused before anything is sent', async ([, options, want]) => {
  const { url, seen } = await serve((_, response) => response.end());
  expect(await codeOf(open({ url, ...options }))).toMatch(typeof want === 'number' ? /^E_\w+ 2$/ : want);
  expect(seen).toEqual([]);
});

test('a host of others is shared, this machine is not', async () => {
  const far = await open({ url: 'https://staging.example.com', allowed: { destructive: true } });
  expect(far.shared).toBe(true);
});

test('a ledger that cannot be written stops the run before anything is made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pcc-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'ledger'), 'a file where a folder should be');
  const { url, seen } = await serve((_, response) => response.end());
  expect(await codeOf(open({ url, states: 'pinecone', ledgers: join(folder, 'ledger') }))).toBe('E_LEDGER 2');
  expect(seen).toEqual([]);
});
