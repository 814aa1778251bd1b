import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Contract, loadContract } from './contract.ts';
import { packageFile } from './core/package-files.ts';
import type { RunRecord } from './model/record.ts';
import { startMock } from './mock/server.ts';
import { folderOf } from './testing/documents/document-folder.ts';
import { indexDocument, indexKey, type IndexMistake, openIndexServer } from './testing/servers/index-server.ts';
import { liveTarget } from './targets/live/live.ts';
import { mockTarget } from './targets/mock.ts';
import { verifyContract } from './verify.ts';

/** The whole suite that the documentation shows. */
const documented = /```yaml\n(suite: create_index\n[\s\S]*?)```/.exec(
  readFileSync(packageFile('docs', 'extending.md'), 'utf8'),
)?.[1];

const backupSuite = `suite: create_backup
version: 1.0.0
operation: create_backup
spec: ./openapi.yaml
states:
  an index that is ready:
    steps:
      - { operation: create_index, request: { headers: { X-Api-Version: '1' }, body: { name: 'x-{unique_word}', dimension: 3 } }, take: { index_name: /name } }
      - { operation: describe_index, take: { ready: /status/ready }, until: { body: { /status/ready: true } } }
  an index that is not ready:
    steps:
      - operation: POST /indexes
        request: { headers: { X-Api-Version: '1' }, body: { name: 'slow-{unique_word}', dimension: 3, ready: false } }
        take: { index: /name }
recipes:
  '201': { state: an index that is ready, request: { body: { name: 'of "{ready}"' } } }
  '400': { state: an index that is ready, request: { body: { name: 5 } } }
  '404': { state: no such index }
  '412': { state: an index that is not ready, request: { path: { index_name: '{index}' }, body: { name: b } } }
`;

function load(suite: string | undefined): Promise<Contract> {
  const folder = folderOf({ 'suite.yaml': suite ?? 'missing', 'openapi.yaml': indexDocument });
  return loadContract(undefined, { suite: folder });
}

async function runOn(origin: string, suite = documented): Promise<RunRecord> {
  const contract = await load(suite);
  const target = await liveTarget({ url: origin, key: indexKey, operation: contract.operation });
  return verifyContract({ contract, target, seed: 1 });
}

const coverageOf = ({ coverage }: RunRecord): string =>
  coverage.map(({ response, status }) => `${response} ${status}`).join(', ');

const findingsOf = ({ cases }: RunRecord): string =>
  cases
    .flatMap(({ id, findings, error }) =>
      [...findings, ...(error === undefined ? [] : [error])].map(({ message }) => `${id}: ${message}`),
    )
    .join('\n');

const allProved = '201 proved, 400 proved, 401 proved, 409 proved, 422 proved';

describe('a suite whose recipes say requests', () => {
  it('proves every response of a server that knows nothing of this tool, and leaves nothing there', async () => {
    const server = await openIndexServer();
    const record = await runOn(server.origin);
    expect(findingsOf(record)).toBe('');
    expect(coverageOf(record)).toBe(allProved);
    expect(record.outcome.exit).toBe(0);
    expect(record.coverage[0]?.how).toBe('the request of its recipe');
    expect([...server.indexes.keys()]).toEqual([]);
    expect(server.requests).toContain('POST /indexes?tag=a&tag=b');
    const twice = server.bodies.filter((body) => body.includes('taken-'));
    expect(twice).toHaveLength(2);
    expect(twice[1]).toBe(twice[0]);
  });

  it('proves them on the mock of any document, over HTTP', async () => {
    const contract = await load(documented);
    const mock = await startMock({ document: contract.operation.document, key: indexKey });
    onTestFinished(() => mock.close());
    const record = await runOn(mock.origin);
    expect(findingsOf(record)).toBe('');
    expect(coverageOf(record)).toBe(allProved);
  });

  it('proves them on the embedded mock', async () => {
    const contract = await load(documented);
    const target = await mockTarget({ document: contract.operation.document });
    expect(coverageOf(await verifyContract({ contract, target, seed: 1 }))).toBe(allProved);
  });

  it('proves what depends on the state of another resource', async () => {
    const server = await openIndexServer();
    const record = await runOn(server.origin, backupSuite);
    expect(findingsOf(record)).toBe('');
    expect(coverageOf(record)).toBe('201 proved, 400 proved, 404 proved, 412 proved');
    expect(server.bodies).toContain('{"name":"of \\"true\\""}');
    expect([...server.indexes.keys()]).toEqual([]);
  });

  it.each([
    ['makes it twice', 'create_index/409/', 'the status is 201, not 409'],
    ['takes any dimension', 'create_index/400/', 'the status is 201, not 400'],
    ['names another status in the body', 'create_index/409/', 'body says status 400'],
    ['leaves out the name', 'create_index/201/', 'name'],
  ] as const satisfies readonly (readonly [IndexMistake, string, string])[])(
    'shows that a server %s',
    async (mistake, id, words) => {
      const server = await openIndexServer(mistake);
      const record = await runOn(server.origin);
      const line = findingsOf(record)
        .split('\n')
        .find((each) => each.startsWith(id));
      expect(line).toContain(words);
      expect(record.outcome.exit).toBe(1);
    },
  );

  it('shows that a server never waits', async () => {
    const server = await openIndexServer('never waits');
    expect(findingsOf(await runOn(server.origin, backupSuite))).toContain(
      'create_backup/412/application-json/sampled: the status is 201, not 412',
    );
  });

  it('waits until what a step has made is as it says', async () => {
    const server = await openIndexServer('takes its time');
    const record = await runOn(server.origin, backupSuite);
    expect(coverageOf(record)).toContain('201 proved');
    expect([...server.indexes.keys()]).toEqual([]);
    const hasty = await runOn(server.origin, backupSuite.replace(', until: { body: { /status/ready: true } }', ''));
    expect(coverageOf(hasty)).toContain('201 violated');
  });

  it('does not make a state that the target arranges by itself', async () => {
    const folder = folderOf({ 'states.yaml': 'an index that is ready: [{ index_name: own-1 }]\n' });
    const server = await openIndexServer();
    const contract = await load(backupSuite.replace('of "{ready}"', 'plain'));
    const options = { url: server.origin, key: indexKey, operation: contract.operation };
    const target = await liveTarget({ ...options, states: join(folder, 'states.yaml') });
    await verifyContract({ contract, target, seed: 1 });
    expect(server.requests).toContain('POST /indexes/own-1/backups');
  });

  it('is a skip with a reason where a step is refused or its answer lacks a value', async () => {
    const server = await openIndexServer('leaves out the name');
    const record = await runOn(server.origin);
    const reasons = record.cases.map(({ reason }) => reason ?? '').join('\n');
    expect(reasons).toMatch(
      /the answer of POST \/indexes has no index_name at \/name; correct the steps of ".*" below states: in .*suite\.yaml, or give/,
    );
    expect(coverageOf(record)).toContain('409 unproved');
  });
});
