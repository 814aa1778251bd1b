import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../core/errors.ts';
import { printableJson } from '../core/text/printable.ts';
import type { RunRecord } from '../model/record.ts';
import { ctrfReport } from './files/ctrf.ts';
import { harLog } from './files/har.ts';
import { htmlReport } from './html/html.ts';
import { junitXml } from './files/junit.ts';
import { markdownSummary } from './files/markdown.ts';
import { makeFolder } from '../core/make-folder.ts';

/**
 * Every report of some runs into a folder. Each file is written under another name first and then renamed, so that a
 * reader never sees half of one.
 */
export function writeReports(runs: readonly RunRecord[], folder: string): void {
  const files = new Map([
    ...recordFiles(runs),
    ['junit.xml', junitXml(runs)],
    ['index.html', htmlReport(runs)],
    ['summary.md', markdownSummary(runs)],
    ['run.har', harLog(runs)],
    ['ctrf.json', ctrfReport(runs)],
  ]);
  try {
    makeFolder(folder);
    for (const [name, text] of files) replace(join(folder, name), text);
  } catch (cause) {
    throw new HarnessError('E_REPORTS', `the reports cannot be written to ${folder}: ${messageOf(cause)}`, {
      hint: 'Give a folder that can be written to with --reports. What the run found is printed all the same.',
      cause,
    });
  }
}

/**
 * `run.json` for one run; for several `run.mock.json`, `run.sdk-python-7.3.0.json`, `run.mock-2026-07.json`, which `report`
 * merges again.
 */
function recordFiles(runs: readonly RunRecord[]): readonly (readonly [name: string, text: string])[] {
  const [only] = runs;
  if (only !== undefined && runs.length === 1) return [['run.json', json(only)]];
  const taken = new Map<string, number>();
  const partsOf = ({ subject: { kind, name, version } }: RunRecord): readonly string[] => [
    ...(kind === name ? [name] : [kind, name]),
    ...(version === undefined ? [] : [version]),
  ];
  // Runs of one subject by several API versions are distinguished by the version.
  const differ = (run: RunRecord): boolean =>
    runs.some(
      (other) =>
        other.document.version !== run.document.version && partsOf(other).join('\n') === partsOf(run).join('\n'),
    );
  return runs.map((run) => {
    const parts = [...partsOf(run), ...(differ(run) ? [run.document.version] : [])];
    const words = parts
      .join('-')
      .replace(/[^\w.]+/g, '-')
      .slice(0, 150);
    const times = (taken.get(words) ?? 0) + 1;
    taken.set(words, times);
    return [`run.${words}${times === 1 ? '' : `-${times}`}.json`, json(run)];
  });
}

function json(run: RunRecord): string {
  return `${printableJson(JSON.stringify(run, null, 2))}\n`;
}

/** Nothing else is left to do by now, so that waiting for the disk costs less than threads would. */
function replace(file: string, text: string): void {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
