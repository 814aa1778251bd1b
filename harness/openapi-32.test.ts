import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContracts } from './contract.ts';
import { diffDocuments } from './diff/operations.ts';
import { lintDocument } from './lint/lint.ts';
import type { RunRecord } from './model/record.ts';
import { readDocument } from './openapi/document/document.ts';
import { liveTarget } from './targets/live/live.ts';
import { mockTarget } from './targets/mock.ts';
import { folderOf } from './testing/documents/document-folder.ts';
import { stationDocument } from './testing/documents/station.ts';
import { startStation, type StationMistake, stationToken } from './testing/servers/station-server.ts';
import { verifyContract } from './verify.ts';

const file = (): string => join(folderOf({ 'station.yaml': stationDocument }), 'station.yaml');
const load = async (): Promise<Awaited<ReturnType<typeof loadContracts>>['contracts']> =>
  (await loadContracts({ spec: file(), tags: [] })).contracts;

async function runOn(mistake?: StationMistake): Promise<readonly RunRecord[]> {
  const url = await startStation(mistake);
  const records: RunRecord[] = [];
  for (const contract of await load()) {
    // What exists is the run's own, so that LOCK may be sent.
    const states = join(folderOf({ 'states.yaml': "a train that exists: { id: '7' }\n" }), 'states.yaml');
    const target = await liveTarget({ url, key: stationToken, operation: contract.operation, states });
    records.push(await verifyContract({ contract, target, seed: 1 }));
  }
  return records;
}

const red = (records: readonly RunRecord[]): readonly string[] =>
  records.flatMap(({ cases }) =>
    cases.flatMap(({ id, status, findings, error }) =>
      status === 'fail' || status === 'error' ? [`${id}: ${findings[0]?.message ?? error?.message ?? ''}`] : [],
    ),
  );
const unproved = (records: readonly RunRecord[]): readonly string[] =>
  records.flatMap(({ operation, coverage }) =>
    coverage.flatMap(({ response, status, how }) =>
      status === 'proved' ? [] : [`${operation.id} ${response} ${how}`],
    ),
  );

describe('a document of OpenAPI 3.2', () => {
  it('is read with all its operations', async () => {
    const found = (await load()).map(({ operation: { id, method, path } }) => `${id}: ${method} ${path}`);
    expect(found).toEqual([
      'watch_departures: GET /departures',
      'search_departures: QUERY /departures',
      'find_trains: GET /trains',
      'lock_train: LOCK /trains/{id}',
    ]);
  });

  it('is proved on the embedded mock', async () => {
    const records: RunRecord[] = [];
    for (const contract of await load()) {
      const target = await mockTarget({ document: contract.operation.document });
      records.push(await verifyContract({ contract, target, seed: 1 }));
    }
    expect(red(records)).toEqual([]);
    expect(unproved(records)).toEqual([]);
  });

  it('is proved on a server that keeps to it', async () => {
    const records = await runOn();
    expect(red(records)).toEqual([]);
    expect(unproved(records)).toEqual([]);
    const asked = records
      .flatMap(({ cases }) => cases)
      .flatMap(({ exchanges }) => exchanges.map(({ request }) => request));
    expect(asked.filter(({ url }) => url.endsWith('/trains?to=Oslo+S&stops=1&stops=2')).length).toBeGreaterThan(0);
  });

  it.each([
    [
      'event-data',
      'watch_departures/200/text-event-stream/sampled: item 2 has data that departs from its contentSchema: the value lacks the required property "n"',
    ],
    [
      'event-type',
      'watch_departures/200/text-event-stream/sampled: item 2 departs from its schema: /event is "crash", which is not one of the values listed under enum',
    ],
    [
      'line',
      'search_departures/200/application-jsonl/sampled: item 2 departs from its schema: /n is string, not integer',
    ],
    [
      'default-mapping',
      'lock_train/200/application-json/sampled: the body departs from its schema: the value lacks the required property "wheels"',
    ],
    ['any-query', 'find_trains/probe/input/query-criteria-missing: '],
  ] as const)('shows the mistake of a server: %s', async (mistake, found) => {
    expect(red(await runOn(mistake)).join('\n')).toContain(found);
  });

  it('is linted', async () => {
    const document = await readDocument(file());
    const rules = lintDocument(document).map(({ rule, at }) => `${rule} ${at.pointer}`);
    expect(rules.filter((rule) => !rule.startsWith('error-without-schema'))).toEqual([]);
    const wrong = stationDocument.replace("to: 'Oslo S'", 'to: 5').replace('n: 7 }', 'n: seven }');
    const broken = await readDocument(join(folderOf({ 'station.yaml': wrong }), 'station.yaml'));
    const found = lintDocument(broken).filter(({ rule }) => rule === 'example-breaks-schema');
    expect(found.map(({ message }) => message)).toEqual([
      'the example oslo of the parameter criteria breaks its schema: /to is integer, not string',
      'the example one of the response 200 breaks its schema: /0/n is string, not integer',
    ]);
  });

  it('names what is not applied', async () => {
    const parts = `openapi: 3.2.0
info: { title: A, version: '1' }
paths:
  /parts: { get: { operationId: parts, responses: { '200': { content: { multipart/mixed: { itemSchema: { type: string } } } } } } }
  /some:
    get:
      operationId: some
      responses:
        '200':
          content:
            text/event-stream:
              itemSchema:
                required: [data]
                oneOf: [{ properties: { data: { type: string, contentMediaType: application/json, contentSchema: { type: object } } } }]
`;
    const spec = join(folderOf({ 'parts.yaml': parts }), 'parts.yaml');
    const advice: string[] = [];
    for (const contract of (await loadContracts({ spec, tags: [] })).contracts) {
      const target = await mockTarget({ document: contract.operation.document });
      const record = await verifyContract({ contract, target, seed: 1 });
      expect(red([record])).toEqual([]);
      advice.push(...record.cases.flatMap((each) => each.advice.map(({ message }) => message)));
    }
    expect([...new Set(advice)]).toEqual([
      'body judged without itemSchema: this keyword of its media type is not applied',
      'body judged without contentSchema: it stands in an alternative, so that it is only of some events',
    ]);
  });

  it('is compared with one of 3.1', async () => {
    const operation = (content: string): string =>
      `info: { title: A, version: '1' }\npaths: { /x: { get: { operationId: x, responses: { '200': { description: Lines., content: { application/jsonl: ${content} } } } } } }\n`;
    const item = (type: string): string => `{ type: object, properties: { n: { type: ${type} } } }`;
    const folder = folderOf({
      'old.yaml': `openapi: 3.1.0\n${operation(`{ schema: ${item('integer')} }`)}`,
      'same.yaml': `openapi: 3.2.0\n${operation(`{ itemSchema: ${item('integer')} }`)}`,
      'other.yaml': `openapi: 3.2.0\n${operation(`{ itemSchema: ${item('string')} }`)}`,
    });
    const [old, same, other] = await Promise.all(
      ['old.yaml', 'same.yaml', 'other.yaml'].map((name) => readDocument(join(folder, name))),
    );
    if (old === undefined || same === undefined || other === undefined) throw new Error('no documents');
    const changes = (after: typeof old): readonly string[] =>
      diffDocuments(old, after).flatMap((each) => each.changes.map(({ rule }) => rule));
    expect(changes(same)).toEqual([]);
    expect(changes(other).length).toBeGreaterThan(0);
  });
});
