import type { Contract } from '../../contract.ts';
import type { Case } from '../../model/case.ts';
import { knownFailures } from '../../results/waivers/known-failures.ts';
import type { Waiver } from '../../results/waivers/waiver.ts';
import type { CollectOptions } from '../../verify.ts';
import { openTarget } from './open-target.ts';
import type { TargetOptions } from '../options/target-options.ts';
import { watchRun } from './interrupts.ts';

/** A run of the command line: its progress is shown on stderr, and Ctrl-C and SIGTERM interrupt it. */
export async function watched<T>(
  contract: Contract,
  options: TargetOptions,
  how: {
    readonly cases: readonly Case[];
    readonly quiet: boolean;
    readonly waivers?: readonly Waiver[];
  },
  work: (collect: CollectOptions) => Promise<T>,
): Promise<T> {
  const { waivers = [] } = how;
  const isKnown = knownFailures({ ...contract, waivers, started: new Date() });
  const watch = watchRun({ total: how.cases.length, quiet: how.quiet });
  try {
    return await work({
      contract,
      target: (signal) =>
        openTarget(contract, options, {
          onWaiting: watch.waiting,
          signal,
        }),
      cases: how.cases,
      signal: watch.signal,
      onArranging: watch.arranging,
      onVerdict: (verdict) => watch.verdict(verdict, isKnown),
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
      ...(options.deadline === undefined ? {} : { deadlineMs: options.deadline * 1000 }),
    });
  } finally {
    watch.stop();
  }
}
