import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Contract, loadContract } from './contract.ts';
import { packageFile } from './core/package-files.ts';
import type { CaseRecord, RunRecord } from './model/record.ts';
import type { Target } from './model/target.ts';
import { mergeShards } from './results/merge-shards.ts';
import { recordProblems } from './results/validate-record.ts';
import { sdkCases } from './sdk/cases/cases.ts';
import { gateRelease } from './sdk/gate-release.ts';
import { askedManifests, type Release, type SdkManifest } from './sdk/releases/manifest.ts';
import { openNetwork } from './sdk/server/network.ts';
import { mockTarget } from './targets/mock.ts';
import { flawsOfHint, flawsOfMessage } from './testing/message-form.ts';
import { standInSdk } from './testing/servers/stand-in-sdk.ts';
import { verifyContract, type VerifyOptions } from './verify.ts';

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema | false;
}

const schema = JSON.parse(readFileSync(packageFile('suites', 'run.schema.json'), 'utf8')) as Schema;
const page = readFileSync(packageFile('docs', 'run-json.md'), 'utf8');

let contract: Contract;
beforeAll(async () => {
  contract = await loadContract('delete_backup', {});
});

const openMock = (): Promise<Target> => mockTarget({ document: contract.operation.document });

/** Answers each request as that of another path: where none is given, one for which the mock has a server fault. */
async function openWrong(path = '/backups/boom-1'): Promise<Target> {
  const target = await openMock();
  return { ...target, send: (request, how) => target.send({ ...request, path }, how) };
}

function run(over: Partial<VerifyOptions>): Promise<RunRecord> {
  return verifyContract({ contract, target: openMock, cases: contract.cases.slice(0, 8), ...over });
}

async function interrupted(): Promise<RunRecord> {
  const stop = new AbortController();
  const cases = contract.cases.slice(0, 40);
  return run({ cases, concurrency: 1, signal: stop.signal, onVerdict: () => stop.abort() });
}

async function merged(): Promise<RunRecord> {
  const part = (at: number): Promise<RunRecord> =>
    run({
      shard: `${at}/2`,
      seed: at,
      allShards: 8,
      cases: contract.cases.slice(0, 8).filter((_, i) => i % 2 === at - 1),
    });
  const [whole] = mergeShards(await Promise.all([part(1), part(2)]));
  if (whole === undefined) throw new Error('nothing was merged');
  return whole;
}

async function gated(lie: string): Promise<RunRecord> {
  const [manifest] = askedManifests({ names: [], folders: [standInSdk(lie)] }) as [SdkManifest];
  const [release] = manifest.releases as [Release];
  const all = sdkCases(contract.operation, release.sends);
  const network = await openNetwork({ isolate: false });
  onTestFinished(() => network.close());
  return gateRelease({
    ...{ manifest, release, operation: contract.operation, network, waivers: [], started: new Date() },
    command: manifest.run,
    environment: { PATH: process.env['PATH'] ?? '' },
    cases: all.filter(({ id }) => /\/(?:202|404)\//.test(id)),
    known: all.map(({ id }) => id),
  });
}

const waiver = {
  case: 'delete_backup/404/**',
  check: '*',
  reason: 'known since spring',
  issue: 'https://example.com/1',
  since: '2026-01-01',
  expires: '2999-01-01',
  place: 'waivers.yaml:1',
};

/** The waivers that cover whatever is wrong with the first cases of a server that is wrong throughout. */
async function waived(): Promise<RunRecord> {
  const { cases } = await run({ target: () => openWrong() });
  const waivers = cases.flatMap(({ id, findings }) =>
    [...new Set(findings.map(({ check }) => check))].map((check) => ({ ...waiver, case: id, check })),
  );
  return run({ target: () => openWrong(), waivers });
}

const kinds: Readonly<Record<string, () => Promise<RunRecord>>> = {
  'a run of cases of every kind': () => run({ cases: contract.cases.filter((_, place) => place % 5 === 0) }),
  'a run against a server that is wrong': () => run({ target: () => openWrong(), cases: contract.cases.slice(0, 40) }),
  'a run whose failures are waived': waived,
  'a run against a server that has another path': () =>
    run({ target: () => openWrong('/elsewhere'), cases: contract.cases.slice(0, 40) }),
  'a run with a key that is refused': () =>
    run({ target: async () => ({ ...(await openMock()), key: 'pcsk_of_no_project' }) }),
  'a run of each case twice': () => run({ repeat: 2 }),
  'a run that was interrupted': interrupted,
  'a run that goes on with another': async () => run({ resume: await run({}) }),
  'a shard': () => run({ shard: '1/2', allShards: 8 }),
  'shards that are put together': merged,
  'a gate of an SDK': () => gated('honest'),
  'a gate of an SDK that is wrong': () => gated('drops-code'),
  'a gate whose driver fails': () => gated('hangs-after-answering'),
};

describe('what is written', () => {
  it.for(Object.entries(kinds))('%s has the properties of the schema, and no others', async ([, made]) => {
    const record = JSON.parse(JSON.stringify(await made())) as RunRecord;
    expect(recordProblems(record)).toEqual([]);
    expect([...undeclared(record, schema, '')]).toEqual([]);
    expect(record.cases.flatMap(flawsOf)).toEqual([]);
  });
});

describe('docs/run-json.md', () => {
  it('names each property of the schema', () => {
    const named = new Set(
      [...page.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`]+)`/g)].flatMap(([, text = '']) =>
        text.split(/\W+/),
      ),
    );
    expect([...properties(schema)].filter((name) => !named.has(name))).toEqual([]);
  });

  it('names none twice, and none that there is not', () => {
    const all = properties(schema);
    for (const table of page.split(/^## /m)) {
      const rows = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => cell.trim().split(', '));
      const names = rows.map((name) => name.replaceAll('`', ''));
      expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
      expect(names.filter((name) => !name.split('.').every((part) => all.has(part)))).toEqual([]);
    }
  });
});

/** What the messages of a case lack: each names the thing, what was expected, what came and what to do. */
function flawsOf({ id, kind, findings, advice, status, error, reason }: CaseRecord): readonly string[] {
  const found = kind === 'sdk' ? [] : [...findings, ...advice].flatMap((each) => flawsOfMessage(each, undefined));
  const errored = status === 'error' ? flawsOfHint(error?.hint ?? '') : [];
  const skipped = status === 'skip' && (reason ?? '').split(' ').length < 4 ? [`"${reason ?? ''}" is no reason`] : [];
  return [...found, ...errored, ...skipped].map((flaw) => `${id}: ${flaw}`);
}

/** The schema itself, or what it refers to. */
function meant(part: Schema): Schema {
  return part.$ref === undefined ? part : (schema.$defs?.[part.$ref.replace('#/$defs/', '')] ?? {});
}

/** Pointers of the properties that the schema does not declare; a value without declared properties is free. */
function* undeclared(value: unknown, part: Schema, at: string): Generator<string> {
  const { properties: known, items } = meant(part);
  if (Array.isArray(value)) {
    if (items !== undefined && items !== false)
      for (const [place, item] of value.entries()) yield* undeclared(item, items, `${at}/${place}`);
  } else if (typeof value === 'object' && value !== null && known !== undefined) {
    for (const [name, inner] of Object.entries(value)) {
      const declared = known[name];
      if (declared === undefined) yield `${at}/${name}`;
      else yield* undeclared(inner, declared, `${at}/${name}`);
    }
  }
}

/** The names of all properties, however deep. */
function properties(part: unknown): ReadonlySet<string> {
  if (typeof part !== 'object' || part === null) return new Set();
  const own = 'properties' in part ? Object.keys(part.properties as object) : [];
  return new Set([...own, ...Object.values(part).flatMap((inner) => [...properties(inner)])]);
}
