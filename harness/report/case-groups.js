import { fateOf, restOfId } from './labels.ts';
import { grouped } from '../core/group-by.ts';
import { printable } from '../core/printable.ts';
export function caseGroups(run) {
  const undecided = run.cases.filter((record) => record.kind !== 'declared' && record.response === undefined);
  return [...grouped(undecided, (record) => groupOf(run, record))].map(([name, cases]) => {
    const fates = grouped(cases, fateOf);
    const others = worstFirst.flatMap((fate) => {
      const count = fates.get(fate)?.length ?? 0;
      return count === 0 ? [] : [{ fate, count }];
    });
    return { name, cases, passed: fates.get('pass')?.length ?? 0, worst: others[0]?.fate ?? 'pass', others };
  });
}
const worstFirst = ['fail', 'error', 'waived', 'skip'];
/** `auth` of `delete_backup/probe/auth/no-key`. */
function groupOf(run, record) {
  const [first = '', second] = restOfId(run, record.id).split('/');
  return printable(first === 'probe' && second !== undefined ? second : first);
}
