import type { Fault } from '../fault.ts';
import { all, type Declared, errors, inAnswer } from './row.ts';

/** The status line says something else. */
export const statusFaults: readonly Fault[] = [
  instead(202, 200, 'A deletion is answered 200, as if it were done, and not 202'),
  instead(202, 201, 'A deletion is answered 201, as if something had been made'),
  instead(202, 204, 'A deletion is answered 204 and not 202'),
  instead(202, 207, 'A deletion is answered 207, as WebDAV does'),
  instead(202, 299, 'A deletion is answered with a success that has no name'),
  instead(202, 404, 'A backup that is there is answered 404'),
  instead(202, 500, 'A deletion that works is answered 500'),
  instead(202, 503, 'A deletion is answered 503: the server is never available'),
  instead(401, 400, 'A wrong key is called a bad request'),
  instead(401, 403, 'A wrong key is answered 403 and not 401'),
  instead(401, 404, 'A wrong key is answered 404, to hide that there is anything'),
  instead(401, 407, 'A wrong key is answered as if a proxy asked for one'),
  instead(401, 500, 'A wrong key breaks the server'),
  instead(401, 200, 'A wrong key is answered 200 with an error in the body'),
  instead(401, 419, 'A wrong key is answered 419, which no standard knows'),
  instead(404, 400, 'An unknown id is called a bad request'),
  instead(404, 401, 'An unknown id is answered 401 with a good key'),
  instead(404, 403, 'An unknown id is answered 403 and not 404'),
  instead(404, 410, 'An unknown id is answered 410, as if it had been there'),
  instead(404, 422, 'An unknown id cannot be processed, says the server'),
  instead(404, 500, 'An unknown id breaks the server'),
  instead(404, 200, 'An unknown id is answered 200 with an error in the body'),
  {
    ...instead(404, 429, 'An unknown id is always answered 429, though nobody asked too often'),
    whole: true,
  },
  {
    ...instead(404, 202, 'Deleting what does not exist is accepted'),
    tamper: { do: 'answer', status: 202 },
  },
  {
    ...instead(404, 204, 'Deleting what does not exist is answered 204, for it is gone after all'),
    tamper: { do: 'answer', status: 204 },
  },
  instead(412, 400, 'A pending restore job is called a bad request'),
  instead(412, 403, 'A pending restore job is answered 403'),
  instead(412, 404, 'A backup with a pending restore job is hidden behind a 404'),
  instead(412, 409, 'A pending restore job is answered 409 and not 412'),
  instead(412, 423, 'A pending restore job is answered 423, as WebDAV locks are'),
  instead(412, 428, 'A pending restore job is answered 428, as if a header were missing'),
  instead(412, 500, 'A pending restore job breaks the server'),
  {
    ...instead(412, 202, 'A deletion is accepted although a restore job is pending'),
    tamper: { do: 'answer', status: 202 },
  },
  instead(500, 200, 'A server fault is answered 200 with an error in the body'),
  instead(500, 400, 'A server fault is blamed on the caller'),
  instead(500, 404, 'A server fault is disguised as a 404'),
  instead(500, 501, 'A server fault is answered 501'),
  instead(500, 502, 'A server fault is answered 502 by a gateway'),
  instead(500, 503, 'A server fault is answered 503 and not 500'),
  instead(500, 504, 'A server fault is answered 504 by a gateway'),
  {
    ...instead(500, 202, 'A server fault is covered up by a 202'),
    tamper: { do: 'answer', status: 202 },
  },
  inAnswer(errors, {
    name: 'status/every-error-as-400',
    says: 'Every error is answered 400',
    tamper: { do: 'status', status: 400 },
    check: 'status',
  }),
  inAnswer([202, 404, 412, 500], {
    name: 'status/everything-as-200',
    says: 'Everything that shows the key is answered 200, errors in the body or not',
    tamper: { do: 'status', status: 200 },
    check: 'status',
  }),
  inAnswer(all, {
    name: 'status/now-and-then-401',
    says: 'Each third request is answered 401, whatever its key',
    on: { status: [202, 404, 412, 500], every: 3 },
    tamper: {
      do: 'answer',
      status: 401,
      json: { error: { code: 'UNAUTHENTICATED', message: 'Invalid API key.' }, status: 401 },
    },
    check: 'status',
    violates: ['412'],
    case: 'delete_backup/412/**',
  }),
  inAnswer(all, {
    name: 'status/now-and-then-500',
    says: 'Each third request breaks the server, and then it works again',
    on: { status: [...all], every: 3 },
    tamper: {
      do: 'answer',
      status: 500,
      json: { error: { code: 'UNKNOWN', message: 'Internal server error' }, status: 500 },
    },
    check: 'status',
    violates: ['404'],
    case: 'delete_backup/404/**',
  }),
];

function instead(declared: Declared, status: number, says: string): Fault {
  return inAnswer(declared, {
    name: `status/${declared}-as-${status}`,
    says,
    tamper: { do: 'status', status },
    check: 'status',
  });
}
