import type { Contract } from '../../contract.ts';
import type { StartMock } from '../../mock/server.ts';
import type { Case, TargetKind } from '../../model/case.ts';
import type { Target } from '../../model/target.ts';
import type { Verdict } from '../../model/verdict.ts';
import { compileSchemas } from '../../openapi/schema/schema.ts';
import { openTarget } from './open-target.ts';
import type { TargetOptions } from './target-options.ts';
import { watchRun } from './interrupts.ts';

/** What a whole run gave, after the target was closed. */
interface Collected {
  readonly verdicts: readonly Verdict[];
  readonly leftovers: readonly string[];
  readonly interrupted: boolean;
  readonly subject: { readonly kind: TargetKind; readonly name: string };
  readonly secrets: readonly string[];
}

/** Open the target, run the cases with progress on stderr, and close the target whatever happens. */
export async function collect(
  contract: Contract,
  options: TargetOptions,
  how: {
    readonly cases: readonly Case[];
    readonly seed: number;
    readonly repeat?: number;
    readonly quiet: boolean;
    readonly mock?: StartMock;
  },
): Promise<Collected> {
  const watch = watchRun({ total: how.cases.length, quiet: how.quiet });
  const verdicts: Verdict[] = [];
  let target: Target | undefined;
  let leftovers: readonly string[] = [];
  try {
    const opening = openTarget(contract, options, {
      onWaiting: watch.waiting,
      signal: watch.signal,
      ...(how.mock === undefined ? {} : { mock: how.mock }),
    });
    // What judges is made ready while the target gets ready, too.
    const judging = Promise.all([import('../../run/run.ts'), import('../../checks/index.ts')]);
    compileSchemas(contract.operation);
    const [opened, [{ run }, { checks }]] = await Promise.all([opening, judging]);
    target = opened;
    const running = run({
      cases: how.cases,
      target,
      suite: contract.suite,
      checks,
      seed: how.seed,
      repeat: how.repeat ?? 1,
      concurrency: options.concurrency ?? (target.kind === 'live' ? 4 : 16),
      signal: watch.signal,
      onArranging: watch.arranging,
    });
    for await (const verdict of running) {
      verdicts.push(verdict);
      watch.verdict(verdict);
    }
  } finally {
    leftovers = (await target?.close()) ?? [];
    watch.stop();
  }
  return {
    verdicts,
    leftovers,
    interrupted: watch.signal.aborted,
    subject: { kind: target.kind, name: target.name },
    secrets: [target.key],
  };
}
