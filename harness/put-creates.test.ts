import { readdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContracts } from './contract.ts';
import type { OasDocument } from './model/document.ts';
import type { RunRecord } from './model/record.ts';
import type { Target } from './model/target.ts';
import { folderOf } from './testing/documents/document-folder.ts';
import {
  openSettingServer,
  settingDocument,
  settingKey,
  type SettingMistake,
  type SettingServer,
} from './testing/servers/setting-server.ts';
import { liveTarget } from './targets/live/live.ts';
import { mockTarget } from './targets/mock.ts';
import { verifyContract } from './verify.ts';

type Open = (
  operation: { readonly document: OasDocument } & Parameters<typeof liveTarget>[0]['operation'],
) => Promise<Target>;

async function runAll(open: Open, document = settingDocument): Promise<readonly RunRecord[]> {
  const spec = join(folderOf({ 'openapi.yaml': document }), 'openapi.yaml');
  const records: RunRecord[] = [];
  for (const contract of (await loadContracts({ spec, tags: [] })).contracts) {
    records.push(await verifyContract({ contract, target: await open(contract.operation), seed: 1 }));
  }
  return records;
}

const at =
  ({ origin }: SettingServer): Open =>
  (operation) =>
    liveTarget({ url: origin, key: settingKey, operation });

const failuresOf = (records: readonly RunRecord[]): string =>
  records
    .flatMap(({ cases }) =>
      cases.flatMap(({ id, findings, error }) =>
        [...findings, ...(error === undefined ? [] : [error])].map(({ message }) => `${id}: ${message}`),
      ),
    )
    .join('\n');

const openIn = (records: readonly RunRecord[]): readonly string[] =>
  records.flatMap(({ operation, coverage }) =>
    coverage.flatMap(({ response, status }) => (status === 'proved' ? [] : [`${operation.id} ${response} ${status}`])),
  );

describe('a PUT that makes what is not there', () => {
  it('is proved twice on an honest server, with what is read and deleted of it, and nothing is left', async () => {
    const server = await openSettingServer();
    const records = await runAll(at(server));
    expect(failuresOf(records)).toBe('');
    expect(openIn(records)).toEqual([]);
    expect([...server.settings.keys(), ...server.rooms]).toEqual([]);
    const puts = server.requests.filter((line) => line.startsWith('PUT'));
    const twice = puts.filter((line, place) => puts.indexOf(line) !== place);
    expect(twice.length).toBeGreaterThan(0);
  });

  it('is proved on the mock of any document', async () => {
    const records = await runAll(({ document }) => mockTarget({ document }));
    expect(failuresOf(records)).toBe('');
    expect(openIn(records)).toEqual([]);
    const hows = records.flatMap(({ coverage }) => coverage.map(({ how }) => how));
    expect(hows.filter((how) => how.includes('Prefer'))).toEqual([]);
  });

  it.each([
    ['says 201 each time', 'put_setting/200/', 'the status is 201'],
    ['forgets what it makes', 'put_setting/probe/effect/can-be-read', 'cannot be read'],
    ['stores another value', 'put_setting/probe/effect/can-be-read', 'another /value'],
    ['makes it without a key', 'put_setting/401/', 'the status is'],
    ['takes any value', 'put_setting/probe/input/', 'the status is 201'],
  ] as const satisfies readonly (readonly [SettingMistake, string, string])[])(
    'shows that a server %s',
    async (mistake, id, words) => {
      const server = await openSettingServer(mistake);
      const failures = failuresOf(await runAll(at(server))).split('\n');
      expect(failures.filter((line) => line.startsWith(id)).join('\n')).toContain(words);
      expect([...server.settings.keys()]).toEqual([]);
    },
  );
});

/** An address of this machine by which other machines know it: whatever listens there counts as shared. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

describe.skipIf(outside === undefined)('a PUT that makes something on a host that is not this machine', () => {
  const shared =
    ({ origin }: SettingServer, ledgers: string, create = true): Open =>
    (operation) =>
      liveTarget({
        url: origin.replace('127.0.0.1', outside ?? ''),
        key: settingKey,
        operation,
        ledgers,
        allowed: { destructive: true, plainHttp: true, create },
      });
  const problemsOf = (records: readonly RunRecord[]): readonly string[] =>
    records.flatMap(({ outcome }) => outcome.problems).filter((each) => each.startsWith('left behind'));

  it('is proved, and what it made is deleted by the id that the run has drawn', async () => {
    const server = await openSettingServer(undefined, '0.0.0.0');
    const ledgers = folderOf({});
    const records = await runAll(shared(server, ledgers));
    expect(failuresOf(records)).toBe('');
    expect(openIn(records)).toEqual([]);
    expect(problemsOf(records)).toEqual([]);
    expect(server.made).toBeGreaterThan(0);
    expect([...server.settings.keys()]).toEqual([]);
    expect(readdirSync(ledgers)).toEqual([]);
  });

  it('is not sent without --allow-create', async () => {
    const server = await openSettingServer(undefined, '0.0.0.0');
    const records = await runAll(shared(server, folderOf({}), false));
    expect(server.made).toBe(0);
    expect(openIn(records)).toEqual(expect.arrayContaining(['put_setting 201 unproved', 'put_setting 200 unproved']));
  });

  it('is not sent where the ids are so short that one may be of somebody', async () => {
    const server = await openSettingServer(undefined, '0.0.0.0');
    const document = settingDocument.replace('{3,20}', '{3}');
    const records = await runAll(shared(server, folderOf({})), document);
    expect(server.requests.filter((line) => line.startsWith('PUT /rooms/room-'))).toEqual([]);
    expect(openIn(records)).toContain('put_setting 201 unproved');
    expect(JSON.stringify(records)).toContain('leaves none of enough length');
  });
});
