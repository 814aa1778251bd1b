import type { CaseRecord, RunRecord } from '../model/record.ts';
import { outcomeLabelOf, restOfId, type CaseOutcome } from './labels.ts';
import { groupBy } from '../core/group-by.ts';
import { printable } from '../core/printable.ts';

/** The cases of one run that belong together and decide no declared response: `auth`, `methods`. */
interface CaseGroup {
  readonly name: string;
  readonly cases: readonly CaseRecord[];
  readonly passed: number;
  /** What a look at the group must show first. */
  readonly worst: CaseOutcome;
  /** The fates beside `pass` that occur, worst first, with how often. */
  readonly others: readonly { readonly fate: CaseOutcome; readonly count: number }[];
}

export function caseGroups(run: RunRecord): readonly CaseGroup[] {
  const undecided = run.cases.filter((record) => record.kind !== 'declared' && record.response === undefined);
  return [...groupBy(undecided, (record) => groupOf(run, record))].map(([name, cases]) => {
    const fates = groupBy(cases, outcomeLabelOf);
    const others = worstFirst.flatMap((fate) => {
      const count = fates.get(fate)?.length ?? 0;
      return count === 0 ? [] : [{ fate, count }];
    });
    return { name, cases, passed: fates.get('pass')?.length ?? 0, worst: others[0]?.fate ?? 'pass', others };
  });
}

const worstFirst: readonly CaseOutcome[] = ['fail', 'error', 'waived', 'skip'];

/** `auth` of `delete_backup/probe/auth/no-key`. */
function groupOf(run: RunRecord, record: CaseRecord): string {
  const [first = '', second] = restOfId(run, record.id).split('/');
  return printable(first === 'probe' && second !== undefined ? second : first);
}
