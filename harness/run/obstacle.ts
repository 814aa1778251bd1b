import { METHODS } from 'node:http';
import { withStateRemedy } from '../cases/recipes/remedy.ts';
import { noForbiddenKey } from '../cases/show-credentials.ts';
import { noSuchResource, type Suite } from '../cases/suite.ts';
import type { Case } from '../model/case.ts';
import type { RunContext } from './run-context.ts';
import { attemptsOn } from './steps/provoke-step.ts';

/** Why a case cannot run. `byDesign`: it is the nature of such a target, and no shortfall of this run. */
export interface Obstacle {
  readonly reason: string;
  readonly exempt?: string;
  readonly byDesign?: true;
}

export function obstacleTo(one: Case, { target, suite }: RunContext): Obstacle | undefined {
  if (one.unprovoked !== undefined) return { reason: one.unprovoked };
  if (one.kind === 'probe' && !target.answersAnything) {
    return { reason: 'probes need a server that answers; fixtures replay recorded exchanges', byDesign: true };
  }
  if (one.hazard !== undefined && target.shared)
    return { reason: `never on a shared target: ${one.hazard}`, byDesign: true };
  if (target.forbiddenKey === undefined && needsForbiddenKey(one)) {
    return one.kind === 'declared'
      ? { reason: noForbiddenKey, exempt: noForbiddenKey }
      : { reason: noForbiddenKey, byDesign: true };
  }
  const { method } = one.operation;
  if (target.kind === 'mock' && !METHODS.includes(method)) {
    const reason = `the embedded mock cannot be asked with ${method}, which the HTTP parser of Node.js does not know`;
    return { reason, exempt: reason };
  }
  const [step] = one.steps;
  if (step?.kind === 'provoke') {
    const exempt = one.exempt?.on.includes(target.kind) === true ? one.exempt.reason : undefined;
    const tried = attemptsOn(step, target.kind);
    if (tried.length === 0) {
      const reason = exempt ?? `nothing in the document says how to get this response; ${step.remedy}`;
      return { reason, ...(exempt === undefined ? {} : { exempt }) };
    }
    if (tried.some(({ stateless }) => stateless === true)) return undefined;
  }
  for (const { state, arrangement } of one.needs) {
    if (state === noSuchResource) continue;
    const can = target.can(state, arrangement);
    if (can === true) continue;
    const exempt = one.exempt?.on.includes(target.kind) === true ? one.exempt.reason : undefined;
    return { reason: exempt ?? withRemedy(can.reason, one, suite, state), ...(exempt === undefined ? {} : { exempt }) };
  }
  return undefined;
}

function needsForbiddenKey({ steps }: Case): boolean {
  return steps.some((step) => {
    if (step.kind === 'send') return step.request.credential === 'forbidden';
    if (step.kind !== 'provoke') return false;
    const everywhere = step.attempts.filter(({ on }) => on === undefined);
    return everywhere.length > 0 && everywhere.every(({ request }) => request.credential === 'forbidden');
  });
}

/** Why a state cannot be arranged, and what to write where. */
export function withRemedy(reason: string, one: Case, suite: Suite, state: string): string {
  const [step] = one.steps;
  if (step?.kind === 'provoke') return `${reason}; ${step.remedy}`;
  return withStateRemedy(reason, suite, state);
}
