import type { Case, Expectation, Step } from '../model/case.ts';

/** What the requests and observations of a step must give. */
export function stepPromises(step: Step): readonly { readonly name: string; readonly promise: string }[] {
  switch (step.kind) {
    case 'send':
    case 'property':
      return [{ name: step.name, promise: promiseInWords(step.expectation) }];
    case 'together':
      return step.sends.map(({ name, expectation }) => ({ name, promise: promiseInWords(expectation) }));
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
  const credential = first?.kind === 'send' ? first.request.credential : 'valid';
  const shown = one.kind === 'declared' && credential !== 'valid' ? [`key ${credential}`] : [];
  return [...new Set(states), ...shown].join(', ');
}
