import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Suite } from '../../cases/suite.ts';
import { HarnessError, messageOf } from '../../core/errors.ts';
import { whyNoFile } from '../../core/writable-place.ts';
import type { CaseRecord } from '../../model/record.ts';
import { proposedWaivers } from '../../results/waivers/propose.ts';
import { readWaivers, type Waiver } from '../../results/waivers/waiver.ts';

/** The waivers of a run: those of `--waivers`, else those of the suite, which are about a real server. */
export function waiversOf(file: string | undefined, suite: Suite, target: string): readonly Waiver[] {
  if (file !== undefined) return readWaivers(file);
  if (target === 'mock' || target === 'fixtures') return [];
  return suite.folder === undefined ? [] : readWaivers(join(suite.folder, 'waivers.yaml'), { optional: true });
}

const waivedDays = 30;

/** Before a run, which may take minutes: the proposal must have a place to go, in a folder that is there. */
export function refuseProposalTo(file: string | undefined): void {
  const why = file === undefined ? undefined : whyNoFile(file);
  if (file === undefined || why === undefined) return;
  throw new HarnessError('E_WRITE', `${file} cannot be written: ${why}`, {
    hint: 'Name a file in a folder that can be written to.',
  });
}

/** Write the file that a person completes and commits. */
export async function writeProposal(file: string, cases: readonly CaseRecord[], today: Date): Promise<void> {
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  const expires = new Date(today.getTime() + waivedDays * 24 * 3600 * 1000);
  try {
    await writeFile(file, proposedWaivers(cases, { today: day(today), expires: day(expires) }));
  } catch (cause) {
    throw new HarnessError('E_WRITE', `${file} could not be written: ${messageOf(cause)}`, {
      hint: 'Name a file in a folder that can be written to. The reports have been written.',
      cause,
    });
  }
}
