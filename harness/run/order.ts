import type { Case } from '../model/case.ts';

/**
 * Declared cases start first, so that they get the states that are scarce; then what has to wait, so that the others fill
 * its time; then those of many steps, so that none of these is waited for at the end.
 */
export function inRunOrder(cases: readonly Case[]): readonly Case[] {
  return [...cases].sort(
    (a, b) =>
      Number(a.kind === 'probe') - Number(b.kind === 'probe') ||
      Number(waits(b)) - Number(waits(a)) ||
      requestsOf(b) - requestsOf(a),
  );
}

/** About how many requests a case sends. */
function requestsOf({ steps }: Case): number {
  return steps.reduce(
    (sum, step) => sum + (step.kind === 'property' ? step.runs : step.kind === 'provoke' ? step.attempts.length : 1),
    0,
  );
}

function waits({ steps }: Case): boolean {
  return steps.some((step) => step.kind === 'observe' && (step.afterMs ?? 0) > 0);
}
