import type { Check } from '../../model/target.ts';
import { valuesOf, wholeResponse } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const contentTypeOnceCheck: Check = {
  name: 'content-type-once',
  requirement: 'An answer has one Content-Type at most (RFC 9110 §8.3).',
  severity: 'violation',
  remedy: 'Send Content-Type once; a gateway may be adding its own.',
  appliesTo: (subject) => wholeResponse(subject) !== undefined,
  *run(subject) {
    const answer = wholeResponse(subject);
    if (answer === undefined) return;
    const labels = valuesOf(answer, 'content-type');
    if (labels.length < 2) return;
    const differ = new Set(labels.map((label) => label.toLowerCase())).size > 1;
    yield {
      message: `Content-Type is there ${labels.length} times${differ ? ', and they contradict each other' : ''}`,
      where: 'header content-type',
      expected: 'one Content-Type header',
      actual: excerpt(subject, labels.join(' | ')),
    };
  },
};
