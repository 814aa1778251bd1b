import type { Property, Send, Step } from '../model/case.ts';

/** The requests of a step. */
export function sendsOf(step: Step): readonly (Send | Property)[] {
  switch (step.kind) {
    case 'send':
    case 'property':
      return [step];
    case 'together':
      return step.sends;
    case 'provoke':
      return step.attempts.map(({ name, request, or }) => ({ kind: 'send', name, request, expectation: or }));
    case 'make': {
      const { name, request, expectation } = step;
      return [{ kind: 'send', name, request, expectation }];
    }
    case 'observe':
      return [];
    default:
      return step satisfies never;
  }
}
