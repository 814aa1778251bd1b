import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../core/make-folder.ts';
import type { RunRecord } from '../../model/record.ts';
import { latestRuns } from '../matrix.ts';
import { badgeOf, releasesMarkdown } from './history-text.ts';

/** `sdk-releases.md`, and `badges/NAME-VERSION.json` for each release; nothing where no SDK is among the runs. */
export function writeSdkReports(runs: readonly RunRecord[], folder: string): void {
  const sdks = latestRuns(runs).filter(({ subject }) => subject.kind === 'sdk');
  if (sdks.length === 0) return;
  const badges = join(folder, 'badges');
  makeFolder(badges);
  writeFileSync(join(folder, 'sdk-releases.md'), releasesMarkdown(sdks));
  for (const run of sdks) {
    const name = [run.subject.name, run.subject.version ?? []]
      .flat()
      .join('-')
      .replace(/[^\w.-]+/g, '-');
    writeFileSync(join(badges, `${name}.json`), `${JSON.stringify(badgeOf(run))}\n`);
  }
}
