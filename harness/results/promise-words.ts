import type { Case, Expectation, Step } from '../model/case.ts';
import type { Verdict } from '../model/verdict.ts';

/** What the requests and observations of a step must give. */
export function stepPromises(step: Step): readonly { readonly name: string; readonly promise: string }[] {
  switch (step.kind) {
    case 'send':
    case 'property':
    case 'make':
      return [{ name: step.name, promise: promiseInWords(step.expectation) }];
    case 'together':
      return step.sends.map(({ name, expectation }) => ({ name, promise: promiseInWords(expectation) }));
    case 'provoke':
      return step.attempts.map(({ name, or }) => ({
        name,
        promise: `${promiseInWords(step.wanted)}; else ${promiseInWords(or)}`,
      }));
    case 'observe':
      return [{ name: step.name, promise: step.is === 'gone' ? 'the resource is gone' : 'the resource is there' }];
    default:
      return step satisfies never;
  }
}

/** What must come back, in words: `404, application/json, such as backup-not-found`. */
export function promiseInWords(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'declared': {
      const { response, media, example } = expectation;
      const body = media === undefined ? 'no content' : media.type;
      return `${response.key}, ${body}${example === undefined ? '' : `, such as ${example.name}`}`;
    }
    case 'one-of':
      return expectation.responses.map((response) => response.key).join(' or ');
    case 'one-of-or-4xx':
      return `${expectation.responses.map((response) => response.key).join(' or ')}, or another refusal`;
    case 'rejected':
      return 'neither success nor server fault';
    case 'not-5xx':
      return 'no server fault';
    default:
      return expectation satisfies never;
  }
}

/** How it is provoked, in words: `a backup that can be deleted`, `no such backup, key wrong`. */
export function stateInWords(one: Case): string {
  const states = one.needs.map((need) => need.state);
  const first = one.steps[0];
  const credential = first?.kind === 'send' || first?.kind === 'make' ? first.request.credential : 'valid';
  const shown = one.kind === 'declared' && credential !== 'valid' ? [`key ${credential}`] : [];
  const asked = states.length === 0 && shown.length === 0 && first?.kind === 'send' && first.request.placeholders;
  if (asked !== undefined && asked !== false) return 'the request of its recipe';
  const tried = first?.kind === 'provoke' ? first.attempts.slice(0, 1).map(({ name }) => name) : [];
  return [...new Set(states), ...shown, ...tried].join(', ');
}

/** The same after the case has run: of several attempts, the one that the last response came to. */
export function provokedBy({ case: one, exchanges }: Pick<Verdict, 'case' | 'exchanges'>): string {
  const last = exchanges.at(-1)?.step;
  if (one.steps[0]?.kind !== 'provoke' || last === undefined) return stateInWords(one);
  const stateless = one.steps[0].attempts.some(({ name, stateless }) => name === last && stateless === true);
  return [...new Set(stateless ? [] : one.needs.map((need) => need.state)), last].join(', ');
}
