import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../../core/errors.ts';
import type { RunRecord } from '../../model/record.ts';
import { readRun } from './read-run.ts';

/** The runs of `--resume`: files, and the run*.json of folders; one of each operation. */
export function runsToResume(places: readonly string[]): ReadonlyMap<string, RunRecord> {
  const runs = new Map<string, RunRecord>();
  for (const run of places.flatMap(filesOf).map(readRun)) {
    const { id } = run.operation;
    if (runs.has(id)) {
      throw new HarnessError('E_RESUME', `--resume names two runs of ${id}`, {
        hint: 'Name the run.json of the run that was cut off.',
      });
    }
    runs.set(id, run);
  }
  return runs;
}

/** The run of one operation. */
export function runToResume(places: readonly string[], operation: string): RunRecord {
  const runs = runsToResume(places);
  const run = runs.get(operation);
  if (run !== undefined && runs.size === 1) return run;
  throw new HarnessError(
    'E_RESUME',
    `--resume names a run of ${[...runs.keys()].join(', ')}, and ${operation} is to be run`,
    { hint: 'Name the run.json of a run of that operation; with --all, those of all operations.' },
  );
}

function filesOf(place: string): readonly string[] {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) return [place];
  const files = readdirSync(place).filter((name) => /^run(\..+)?\.json$/.test(name));
  if (files.length > 0) return files.sort().map((name) => join(place, name));
  throw new HarnessError('E_RESUME', `${place} holds no run.json`, {
    hint: 'Name the run.json of the run that was cut off, or the folder of its reports.',
  });
}
