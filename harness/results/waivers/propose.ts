import { stringify } from 'yaml';
import type { CaseRecord } from '../../model/record.ts';

/**
 * The waivers file that a person would edit and commit: one entry for each check that failed in a case and is not waived
 * yet. Reason and issue are left for that person, so that the file is refused until they are written.
 */
export function proposedWaivers(
  cases: readonly CaseRecord[],
  options: { readonly today: string; readonly expires: string },
): string {
  const entries = cases
    .filter((one) => one.status === 'fail' && one.waived === undefined)
    .flatMap((one) => [...new Set(one.findings.map((finding) => finding.check))].map((check) => ({ one, check })))
    .map(({ one, check }) => ({
      case: one.id,
      check,
      reason: '',
      issue: '',
      since: options.today,
      expires: options.expires,
    }));
  const head = '# Write a reason and an issue for each; a waiver without them is refused.\n';
  return head + stringify({ waivers: entries }, { lineWidth: 0 });
}
