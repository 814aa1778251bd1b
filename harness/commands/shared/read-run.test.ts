import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import type { RunRecord } from '../../model/record.ts';
import { githubAnnotations } from '../../report/files/github.ts';
import { terminalMatrix } from '../../report/terminal/terminal-matrix.ts';
import { terminalReport } from '../../report/terminal/terminal.ts';
import { comparedCases, compareRuns } from '../../results/compare.ts';
import { mergeShards } from '../../results/merge-shards.ts';
import { sampleRun } from '../../testing/sample-run.ts';
import { readRun } from './read-run.ts';
import { writeReports } from '../../report/write-reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'pcc-read-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** mulberry32: the same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const replacements = [
  'null',
  'true',
  '-1',
  '0.5',
  '1e400',
  '"x"',
  '""',
  '"\\ud800\\ufffe"',
  '[]',
  '[null]',
  '{}',
  '{"__proto__":1}',
  '[[[1]]]',
  '{"text":1}',
];

/** The JSON of a run in which one to three values were replaced, removed or doubled. */
function mutated(seed: number): string {
  const next = numbers(seed);
  const run: unknown = JSON.parse(JSON.stringify(sampleRun()));
  const holes: string[] = [];
  for (let times = 1 + next(3); times > 0; times -= 1) {
    const places: { readonly parent: object; readonly key: string }[] = [];
    const visit = (parent: unknown): void => {
      if (typeof parent !== 'object' || parent === null) return;
      for (const key of Object.keys(parent)) {
        if (key !== 'schema') places.push({ parent, key });
        visit(Reflect.get(parent, key));
      }
    };
    visit(run);
    const place = places[next(places.length)];
    if (place === undefined) break;
    switch (next(5)) {
      case 0:
        Reflect.deleteProperty(place.parent, place.key);
        break;
      case 1:
        Reflect.set(place.parent, place.key, [Reflect.get(place.parent, place.key), run === null]);
        break;
      default:
        holes.push(replacements[next(replacements.length)] ?? 'null');
        Reflect.set(place.parent, place.key, `hole ${holes.length - 1}`);
    }
  }
  return JSON.stringify(run).replace(/"hole (\d)"/g, (_, hole: string) => holes[Number(hole)] ?? 'null');
}

test('400 files that were edited by hand are read and reported, or are an error with the file and the place', () => {
  const outcomes = { read: 0, refused: 0 };
  const wrong: string[] = [];
  for (let seed = 1; seed <= 400; seed += 1) {
    const file = join(folder, 'run.json');
    writeFileSync(file, mutated(seed));
    try {
      const run = readRun(file);
      outcomes.read += 1;
      reportAll(run);
    } catch (thrown) {
      const isExpected = thrown instanceof HarnessError && thrown.code === 'E_RUN_FILE';
      if (isExpected && thrown.message.startsWith(`${file} is not a valid run: /`)) outcomes.refused += 1;
      else wrong.push(`seed ${seed}: ${String(thrown)}`);
    }
  }
  expect(wrong).toEqual([]);
  // Both ways are tried, or the mutations say nothing.
  expect(outcomes.read).toBeGreaterThan(10);
  expect(outcomes.refused).toBeGreaterThan(200);
});

function reportAll(run: RunRecord): void {
  const runs = mergeShards([run, sampleRun()]);
  const terminal = { columns: 80, colour: false, verbose: true };
  terminalReport(run, { ...terminal, quiet: false });
  terminalMatrix(runs, terminal);
  githubAnnotations(runs, { root: folder });
  writeReports(runs, folder);
  comparedCases(run, sampleRun());
  compareRuns(run, sampleRun());
}

test.for([
  ['nothing', ''],
  ['no JSON', '{"schema":'],
  ['another JSON', '[1]'],
  ['a later format', '{"schema":"pinecone-contract/run@2","cases":[]}'],
] as const)('%s is an error that names the file', ([, text]) => {
  const file = join(folder, 'other.json');
  writeFileSync(file, text);
  expect(() => readRun(file)).toThrow(HarnessError);
  expect(() => readRun(file)).toThrow(file);
});
