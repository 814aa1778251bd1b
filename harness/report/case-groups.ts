import type { CaseRecord, RunRecord } from '../model/record.ts';
import { outcomeLabelOf, restOfId, type CaseOutcome } from './labels.ts';
import { groupBy } from '../core/group-by.ts';
import { printable } from '../core/text/printable.ts';

/** The cases of one run that belong together and decide no declared response: `auth`, `methods`. */
interface CaseGroup {
  readonly name: string;
  readonly cases: readonly CaseRecord[];
  readonly passed: number;
  /** The worst outcome in the group, by which it is marked. */
  readonly worst: CaseOutcome;
  /** The outcomes other than `pass` that occur, worst first, with how often. */
  readonly others: readonly { readonly outcome: CaseOutcome; readonly count: number }[];
}

export function caseGroups(run: RunRecord): readonly CaseGroup[] {
  const undecided = run.cases.filter((record) => record.kind !== 'declared' && record.response === undefined);
  return [...groupBy(undecided, (record) => groupOf(run, record))].map(([name, cases]) => {
    const outcomes = groupBy(cases, outcomeLabelOf);
    const others = worstFirst.flatMap((outcome) => {
      const count = outcomes.get(outcome)?.length ?? 0;
      return count === 0 ? [] : [{ outcome, count }];
    });
    return { name, cases, passed: outcomes.get('pass')?.length ?? 0, worst: others[0]?.outcome ?? 'pass', others };
  });
}

const worstFirst: readonly CaseOutcome[] = ['fail', 'error', 'waived', 'skip'];

/** `auth` of `delete_backup/probe/auth/no-key`. */
function groupOf(run: RunRecord, record: CaseRecord): string {
  const [first = '', second] = restOfId(run, record.id).split('/');
  return printable(first === 'probe' && second !== undefined ? second : first);
}
