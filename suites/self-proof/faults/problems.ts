import type { Fault } from '../fault.ts';
import { inAnswer } from './row.ts';

const document = 'with-problems';

/** Faults in problem details (RFC 9457): `documents/with-problems.oas.yaml`, whose schema says nothing of their meaning. */
export const problemFaults: readonly Fault[] = [
  inAnswer(404, {
    name: 'problem/other-status',
    says: 'The problem of a 404 says status 400',
    document,
    tamper: { do: 'json', at: '/status', to: 400 },
    check: 'body-status',
  }),
  inAnswer(404, {
    name: 'problem/status-of-text',
    says: 'The status of a problem is a text',
    document,
    tamper: { do: 'json', at: '/status', to: '404' },
    check: 'problem-details',
  }),
  inAnswer(412, {
    name: 'problem/type-no-uri',
    says: 'The type of a problem is a sentence, and no URI reference',
    document,
    tamper: { do: 'json', at: '/type', to: 'pending restore jobs' },
    check: 'problem-details',
  }),
  inAnswer(412, {
    name: 'problem/type-of-another',
    says: 'A 412 has the type of problem that the document gives to 404',
    document,
    tamper: { do: 'json', at: '/type', to: 'https://errors.example/not-found' },
    check: 'problem-details',
  }),
  inAnswer(401, {
    name: 'problem/swapped',
    says: 'The title and the detail of a problem are swapped',
    document,
    tamper: [
      { do: 'json', at: '/title', to: 'The API key is not valid.' },
      { do: 'json', at: '/detail', to: 'Unauthenticated' },
    ],
    check: 'problem-details',
  }),
  inAnswer(500, {
    name: 'problem/detail-no-text',
    says: 'The detail of a problem is an object',
    document,
    tamper: { do: 'json', at: '/detail', to: { reason: 'unknown' } },
    check: 'problem-details',
  }),
  inAnswer(404, {
    name: 'problem/code-of-another',
    says: 'A 404 has the code that the document gives to 412',
    document,
    tamper: { do: 'json', at: '/code', to: 'FAILED_PRECONDITION' },
    check: 'error-code',
  }),
  inAnswer(404, {
    name: 'problem/detail-of-another',
    says: 'A 404 has the detail that the document gives to 412',
    document,
    tamper: { do: 'json', at: '/detail', to: 'The backup cannot be deleted while restore jobs use it.' },
    check: 'message-swapped',
  }),
  inAnswer(500, {
    name: 'problem/empty-detail',
    says: 'The detail of a problem is empty',
    document,
    tamper: { do: 'json', at: '/detail', to: '' },
    check: 'error-message',
  }),
];
