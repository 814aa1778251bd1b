import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadContract } from './contract.ts';
import type { RunRecord } from './model/record.ts';
import { folderOf } from './testing/documents/document-folder.ts';
import { indexDocument, type IndexServer, indexKey, openIndexServer } from './testing/servers/index-server.ts';
import { liveTarget } from './targets/live/live.ts';
import { verifyContract } from './verify.ts';

/** An address of this machine by which other machines know it: whatever listens there counts as shared. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

interface Given {
  readonly create: boolean;
  readonly document?: string;
}

interface Ended {
  readonly record: RunRecord;
  readonly ledgers: readonly string[];
}

const run = (server: IndexServer, name: string, given: Given): Promise<Ended> => runAt(server.origin, name, given);

async function runAt(origin: string, name: string, { create, document = indexDocument }: Given): Promise<Ended> {
  const folder = folderOf({ 'openapi.yaml': document, 'ledgers/keep': '' });
  const contract = await loadContract(name, { spec: join(folder, 'openapi.yaml') });
  const ledgers = join(folder, 'ledgers');
  const target = await liveTarget({
    url: origin.replace('127.0.0.1', outside ?? ''),
    key: indexKey,
    operation: contract.operation,
    ledgers,
    allowed: { destructive: true, plainHttp: true, create },
  });
  const record = await verifyContract({ contract, target, seed: 1 });
  return { record, ledgers: readdirSync(ledgers).filter((file) => file !== 'keep') };
}

const putDocument = `openapi: 3.0.3
info: { title: Things, version: '1' }
security: [{ key: [] }]
paths:
  /things/{id}:
    put:
      operationId: put_thing
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
      responses: { '200': { description: Changed }, '201': { description: Made }, '404': { description: Unknown } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: Api-Key } } }
`;

const statusOf = ({ coverage }: RunRecord, key: string): string =>
  coverage.find(({ response }) => response === key)?.status ?? '';

describe.skipIf(outside === undefined)('operations on a host that is not this machine', () => {
  it('make nothing without --allow-create, and say so', async () => {
    const server = await openIndexServer(undefined, '0.0.0.0');
    const { record, ledgers } = await run(server, 'create_index', { create: false });
    expect(statusOf(record, '201')).toBe('unproved');
    expect(record.coverage.find(({ response }) => response === '201')?.how).toContain('--allow-create');
    expect(server.made).toBe(0);
    expect(ledgers).toEqual([]);
  });

  it('delete what they made with the operation of the document, and leave no ledger', async () => {
    const server = await openIndexServer(undefined, '0.0.0.0');
    const { record, ledgers } = await run(server, 'create_index', { create: true });
    expect(statusOf(record, '201')).toBe('proved');
    expect(server.made).toBeGreaterThan(0);
    expect([...server.indexes.keys()]).toEqual([]);
    expect(record.outcome.problems).toEqual([]);
    expect(ledgers).toEqual([]);
  });

  it.each(
    (['answers with what is there', 'says that it made what is there'] as const).flatMap((mistake) =>
      ['create_index', 'create_backup', 'delete_index'].map((name) => [mistake, name] as const),
    ),
  )('delete and change nothing of somebody where a server %s: %s', async (mistake, name) => {
    const server = await openIndexServer(mistake, '0.0.0.0');
    server.indexes.set('of-somebody', { name: 'of-somebody', dimension: 3, status: { ready: true } });
    const { record, ledgers } = await run(server, name, { create: true });
    expect([...server.indexes.keys()]).toContain('of-somebody');
    expect(server.requests.filter((line) => /^(?!GET).* \/indexes\/of-somebody/.test(line))).toEqual([]);
    expect(record.outcome.problems).toContainEqual(
      expect.stringMatching(
        /^left behind: what POST \/indexes was answered with: GET \/indexes\/of-somebody does not show .* DELETE http:\/\/\S+:\d+\/indexes\/of-somebody deletes it$/,
      ),
    );
    expect(ledgers).toHaveLength(1);
  });

  it.each(['create_index', 'delete_index'])(
    'name what they made where no request could send a value of its own: %s',
    async (name) => {
      const server = await openIndexServer('gives names of its own', '0.0.0.0');
      const document = indexDocument
        .replace('required: [name, dimension]', 'required: [dimension]')
        .replace(/\n {8}name: \{ type: string, minLength: 1, maxLength: 45.*/, '');
      const { record } = await run(server, name, { create: true, document });
      expect(server.indexes.size).toBeGreaterThan(0);
      expect(server.indexes.size).toBe(server.made);
      expect(record.outcome.problems).toContainEqual(
        expect.stringMatching(
          /POST \/indexes was answered with: the request sends no value of its own .* DELETE \S+\/indexes\/index-1 /,
        ),
      );
    },
  );

  it.each([
    ['a text', 'description: { type: string, maxLength: 60 }', /"description":"[^"]*[0-9a-p]{8}/],
    ['a list', 'tags: { type: array, maxItems: 2, items: { type: string } }', /"tags":\[.*[0-9a-p]{8}/],
    [
      'an object',
      'labels: { type: object, additionalProperties: { type: string } }',
      /"labels":\{.*"run":"[^"]*[0-9a-p]{8}/,
    ],
  ])('delete what they made by a value in an optional property that takes %s', async (_, property, sent) => {
    const server = await openIndexServer('gives names of its own', '0.0.0.0');
    const document = indexDocument
      .replace('required: [name, dimension]', 'required: [dimension]')
      .replace(/name: \{ type: string, minLength: 1, maxLength: 45.*/, property)
      .replace(
        '        status: { type: object, required',
        `        ${property}\n        status: { type: object, required`,
      );
    for (const name of ['create_index', 'delete_index']) {
      const { record, ledgers } = await run(server, name, { create: true, document });
      expect(record.outcome.problems).toEqual([]);
      expect(ledgers).toEqual([]);
      expect(record.coverage[0]).toMatchObject({ status: 'proved' });
    }
    expect(server.made).toBeGreaterThan(1);
    expect(server.indexes.size).toBe(0);
    expect(server.bodies.filter((body) => sent.test(body)).length).toBeGreaterThan(1);
  });

  it.each(['create_index', 'delete_index'])(
    'name the value that a request without an answer has sent: %s',
    async (name) => {
      const server = await openIndexServer('hangs up', '0.0.0.0');
      const { record } = await run(server, name, { create: true });
      const [first = ''] = server.indexes.keys();
      expect(record.outcome.problems.filter((each) => each.includes('POST /indexes got no answer')).length).toBe(
        server.made,
      );
      const values = record.outcome.problems.flatMap((each) => /sent the value (\S+), which/.exec(each)?.[1] ?? []);
      expect(values.some((value) => first.includes(value))).toBe(true);
    },
  );

  it('name what is left behind where the document has no operation that deletes it', async () => {
    const server = await openIndexServer(undefined, '0.0.0.0');
    const document = indexDocument.replace(/\n {4}delete:[\s\S]*?(?=\n {2}\/indexes\/\{index_name\}\/backups)/, '');
    expect(document).not.toContain('delete_index');
    const { record, ledgers } = await run(server, 'create_index', { create: true, document });
    expect(record.outcome.problems).toContain(
      'left behind: what POST /indexes made: no request of this run deletes it',
    );
    expect(ledgers).toHaveLength(1);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('send a PUT, which may make what is not there, with --allow-create alone: %s', async (create, least) => {
    const made = new Set<string>();
    const server = createServer(({ method, url = '', headers }, response) => {
      const isMade = method === 'PUT' && headers['api-key'] === indexKey;
      if (isMade) made.add(url);
      response.writeHead(isMade ? 201 : 404).end();
    });
    await once(server.listen(0, '0.0.0.0'), 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { record } = await runAt(`http://127.0.0.1:${port}`, 'put_thing', { create, document: putDocument });
    expect(made.size).toBeGreaterThanOrEqual(least);
    if (!create) expect(made.size).toBe(0);
    const left = record.outcome.problems.filter((each) => each.includes('left behind: what PUT /things/'));
    expect(left.length > 0).toBe(create);
  });
});
