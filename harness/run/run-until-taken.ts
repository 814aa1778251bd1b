import type { Case } from '../model/case.ts';
import type { Verdict } from '../model/verdict.ts';
import { runCase } from './run-case.ts';
import type { RunContext } from './run-context.ts';
import { type Refused, throttlingOf } from './throttling.ts';

/** A case alone, and again with fresh states while the server refuses its requests for now. */
export async function runUntilTaken(one: Case, context: RunContext): Promise<Verdict> {
  let before: Verdict | undefined;
  for (;;) {
    const ended: { refused?: Refused; exhausted?: true } = {};
    const verdict = await runCase(one, context, {
      freshId: () => crypto.randomUUID(),
      onRefused: (refused) => (ended.refused = refused),
      onExhausted: () => (ended.exhausted = true),
    });
    if (ended.exhausted === true && before !== undefined) return before;
    if (ended.refused === undefined || !throttlingOf(context.target).runsAgain(one, ended.refused)) return verdict;
    before = verdict;
  }
}
