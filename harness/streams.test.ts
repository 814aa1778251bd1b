import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { selectCases } from './cases/select.ts';
import { loadContract, loadContracts } from './contract.ts';
import type { CaseRecord, RunRecord } from './model/record.ts';
import { harLog } from './report/files/har.ts';
import { junitXml } from './report/files/junit.ts';
import { recordProblems } from './results/validate-record.ts';
import { fixturesTarget } from './targets/fixtures/fixtures.ts';
import { recordVerdict } from './targets/fixtures/record-fixture.ts';
import { liveTarget } from './targets/live/live.ts';
import { mockTarget } from './targets/mock.ts';
import { folderOf } from './testing/documents/document-folder.ts';
import { feedsDocument } from './testing/documents/feeds.ts';
import { type Feed, feedToken, startFeeds } from './testing/servers/feed-server.ts';
import { collectVerdicts, verifyContract } from './verify.ts';
import { defaultLimits } from './wire/limits.ts';

const load = async (): Promise<Awaited<ReturnType<typeof loadContracts>>['contracts']> =>
  (await loadContracts({ spec: join(folderOf({ 'feeds.yaml': feedsDocument }), 'feeds.yaml'), tags: [] })).contracts;

/** Another time limit only where the server falls silent: elsewhere the time limit decides nothing. */
async function runOn(feed: Feed, changed: Partial<typeof defaultLimits> = {}): Promise<readonly RunRecord[]> {
  const url = await startFeeds(feed);
  const limits = { ...defaultLimits, ...changed };
  const records: RunRecord[] = [];
  for (const contract of await load()) {
    const target = await liveTarget({ url, key: feedToken, operation: contract.operation, limits });
    records.push(await verifyContract({ contract, target, seed: 1 }));
  }
  return records;
}

const proved = (records: readonly RunRecord[]): readonly string[] =>
  records.flatMap(({ operation, coverage }) =>
    coverage.map(({ response, status }) => `${operation.id} ${response} ${status}`),
  );

const casesOf = (records: readonly RunRecord[]): readonly CaseRecord[] => records.flatMap(({ cases }) => cases);
const declared = (records: readonly RunRecord[]): readonly CaseRecord[] =>
  casesOf(records).filter(({ response }) => response === '200');
const red = (records: readonly RunRecord[]): readonly string[] =>
  casesOf(records).flatMap(({ id, status, findings, error }) =>
    status === 'fail' || status === 'error' ? [`${id}: ${findings[0]?.message ?? error?.message ?? ''}`] : [],
  );

const all = ['read_events', 'read_lines', 'read_texts'].flatMap((id) => [`${id} 200 proved`, `${id} 401 proved`]);

describe('a response in items', () => {
  it.each(['ends', 'endless', 'compressed'] as const)('of a server that conforms is proved: %s', async (feed) => {
    const records = await runOn(feed);
    expect(red(records)).toEqual([]);
    expect(proved(records)).toEqual(all);
    for (const { exchanges } of declared(records)) {
      const stopped = exchanges.at(-1)?.response?.stopped;
      if (feed === 'ends') expect(stopped).toBeUndefined();
      else
        expect(stopped?.message).toMatch(/^the stream did not end, and was read no further .* after \d+ whole items/);
    }
  });

  it('is proved where the stream stays open, and half an item at its end is not judged', async () => {
    const records = await runOn('held', { timeoutMs: 2000 });
    expect(red(records)).toEqual([]);
    expect(proved(records)).toEqual(all);
    for (const { exchanges } of declared(records)) expect(exchanges.at(-1)?.response?.stopped?.items).toBe(3);
  });

  it('is not proved where no item comes', async () => {
    const records = await runOn('silent', { timeoutMs: 2000 });
    expect(red(records)).toEqual([]);
    expect(proved(records).filter((line) => line.includes(' 200 '))).toEqual([
      'read_events 200 unproved',
      'read_lines 200 unproved',
      'read_texts 200 unproved',
    ]);
    for (const { status, reason } of declared(records)) {
      expect(status).toBe('skip');
      expect(reason).toMatch(
        /before an item was whole.*; let the server send an item in that time, or raise --timeout$/,
      );
    }
    expect(records.map(({ outcome }) => outcome.exit)).toEqual([4, 4, 4]);
  });

  it('is not proved where its first item is larger than what is read', async () => {
    const records = await runOn('endless', { maxBody: 4 });
    expect(declared(records)).toHaveLength(3);
    for (const { status, reason } of declared(records)) {
      expect(status).toBe('skip');
      expect(reason).toMatch(/at the limit of bytes; let the server send a smaller item, or raise --max-body$/);
    }
  });

  it('is judged item by item, whether or not it ends', async () => {
    const found = declared(await runOn('third-item')).map(({ findings }) => findings[0]?.message);
    expect(found).toEqual(Array(3).fill('item 3 departs from its schema: /n is string, not integer'));
  });

  it('is a violation where the server breaks the connection within an item', async () => {
    const records = declared(await runOn('broken-off'));
    expect(records.map(({ status }) => status)).toEqual(['fail', 'fail', 'fail']);
    for (const { findings } of records) expect(findings[0]?.check).toMatch(/^(transport|framing)$/);
  });

  it('is a violation where it is something else', async () => {
    const found = declared(await runOn('no-items')).map(({ findings }) => findings[0]?.message);
    expect(found).toEqual([
      'the body is no event stream: no line of it is a comment or one of the fields data, event, id and retry',
      'item 1 is no JSON document',
      'item 1 is no JSON document',
    ]);
  });

  it('needs the end of its last item where that is what makes it one', async () => {
    const records = declared(await runOn('no-end'));
    expect(records.map(({ findings }) => findings[0]?.message)).toEqual([
      'the stream ends within event 3, so that clients leave it out',
      // RFC 7464 and the formats of lines leave the last end out.
      undefined,
      undefined,
    ]);
  });

  it('comes from the embedded mock in several items', async () => {
    for (const contract of await load()) {
      const { document } = contract.operation;
      const record = await verifyContract({ contract, target: await mockTarget({ document }), seed: 1 });
      expect(red([record])).toEqual([]);
      expect(record.coverage.map(({ status }) => status)).toEqual(['proved', 'proved']);
      const body = declared([record])[0]?.exchanges.at(-1)?.response?.body;
      expect(body !== undefined && 'text' in body ? body.text.match(/"n"/g) : body).toHaveLength(2);
    }
  });

  it.each(['read_events', 'read_lines', 'read_texts'])('is recorded as far as it was read: %s', async (id) => {
    const suite = `suite: ${id}\nversion: 1.0.0\noperation: ${id}\nspec: ./feeds.yaml\nrecipes: { '200': { request: {} } }\n`;
    const folder = folderOf({ 'suite.yaml': suite, 'feeds.yaml': feedsDocument });
    const contract = await loadContract(undefined, { suite: folder });
    const { operation } = contract;
    const cases = selectCases(contract.cases, { globs: [`${id}/200/**`] });
    const url = await startFeeds('endless');
    const target = await liveTarget({ url, key: feedToken, operation });
    const { verdicts } = await collectVerdicts({ contract, cases, target });
    for (const verdict of verdicts) {
      const more = { folder, recordedFrom: url, when: new Date(), suiteVersion: '1', secrets: [feedToken] };
      expect(recordVerdict({ verdict, ...more }).why).toBeUndefined();
    }
    const replay = await fixturesTarget({ folder, operation });
    const record = await verifyContract({ contract, cases, target: replay, seed: 1 });
    expect(red([record])).toEqual([]);
    expect(record.cases.map(({ status }) => status)).toEqual(['pass']);
    expect(record.cases[0]?.exchanges[0]?.response?.stopped?.items).toBeGreaterThan(3);
  });

  it('is shown in the reports as one that was read no further', async () => {
    const records = await runOn('third-item');
    const said = 'the stream did not end, and was read no further from this side after ';
    expect(harLog(records)).toContain(`"comment":"${said}`);
    expect(junitXml(records)).toContain(said);
    for (const record of records) expect(recordProblems(JSON.parse(JSON.stringify(record)))).toEqual([]);
  });
});
