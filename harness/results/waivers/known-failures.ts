import type { Case } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { Verdict } from '../../model/verdict.ts';
import { waivedIn } from './apply.ts';
import { type Waiver, waiversOfVersion } from './waiver.ts';

/** Whether a verdict is a failure that is waived, by the rules that the record of the run goes by. */
export function knownFailures(options: {
  readonly waivers: readonly Waiver[];
  readonly operation: Operation;
  /** All cases of the operation, selected or not. */
  readonly cases: readonly Case[];
  readonly started: Date;
}): (verdict: Verdict) => boolean {
  const { waivers, operation, cases, started } = options;
  const waived = waivedIn({
    waivers: waiversOfVersion(waivers, operation.document.version),
    known: cases.map(({ id }) => id),
    today: started.toISOString().slice(0, 10),
  });
  return (verdict) => {
    if (verdict.status !== 'fail') return false;
    const { case: one, status, findings } = verdict;
    return waived({ id: one.id, status, findings });
  };
}
