import type { Fault } from '../fault.ts';
import { type Declared, errors, inAnswer } from './row.ts';

/** Errors that fit the schema and mean something else. */
export const meaningFaults: readonly Fault[] = [
  unusual(401, 'FORBIDDEN', 'The 401 has the code of a 403'),
  unusual(401, 'PERMISSION_DENIED', 'The 401 says that permission is denied'),
  coded(401, 'NOT_FOUND', 'The 401 has the code of the 404'),
  unusual(404, 'INTERNAL', 'The 404 calls itself an internal error'),
  coded(404, 'FAILED_PRECONDITION', 'The 404 has the code of the 412'),
  unusual(404, 'OK', 'The 404 has the code OK'),
  unusual(404, 'INVALID_ARGUMENT', 'The 404 calls the id an invalid argument'),
  coded(412, 'NOT_FOUND', 'The 412 has the code of the 404'),
  unusual(412, 'ABORTED', 'The 412 says that something was aborted'),
  unusual(412, 'ALREADY_EXISTS', 'The 412 says that something exists already'),
  unusual(500, 'INTERNAL', 'The 500 has another code than the document gives it'),
  coded(500, 'NOT_FOUND', 'The 500 has the code of the 404'),
  inAnswer([401, 404, 412], {
    name: 'meaning/one-error-for-all',
    says: 'Every error has the body of the 500',
    tamper: { do: 'body', text: '{"error":{"code":"UNKNOWN","message":"Internal server error"},"status":500}' },
    check: 'body-status',
  }),
  inAnswer([401, 404, 412], {
    name: 'meaning/code-unknown-for-all',
    says: 'Every error has the code UNKNOWN',
    tamper: { do: 'json', at: '/error/code', to: 'UNKNOWN' },
    check: 'error-code',
  }),
  numbered(401, 403, 'The body of the 401 says 403'),
  numbered(404, 500, 'The body of the 404 says 500'),
  numbered(412, 409, 'The body of the 412 says 409'),
  numbered(500, 0, 'The body of the 500 says 0'),
  numbered(404, 200, 'The body of the 404 says 200'),
  numbered(404, -404, 'The body of the 404 says -404'),
  inAnswer(errors, {
    name: 'meaning/status-of-grpc',
    says: 'The status in the body is the number of a gRPC code',
    tamper: { do: 'json', at: '/status', to: 5 },
    check: 'body-status',
  }),
  worded(401, 'empty', '', 'The message of the 401 is empty', 'error-message'),
  worded(404, 'blank', ' \t', 'The message of the 404 is white space', 'error-message'),
  worded(404, 'sampled', 'string', 'The message of the 404 is what a sampler of schemas makes up', 'error-message'),
  worded(404, 'number', '404', 'The message of the 404 is a number', 'error-message'),
  worded(
    412,
    'no-jobs',
    'Unable to delete backup. There are pending restore jobs for this backup: []',
    'The 412 lists restore jobs and there is none in the list',
    'message-subject',
  ),
  worded(412, 'dots', '...', 'The message of the 412 is three dots', 'error-message'),
  worded(404, 'object', 'Backup [object Object] not found.', 'The 404 names [object Object]', 'error-message'),
  worded(
    404,
    'template',
    'Backup ${backup_id} not found.',
    'The 404 shows a template that nobody filled in',
    'error-message',
  ),
  worded(404, 'undefined', 'Backup undefined not found.', 'The 404 names undefined', 'error-message'),
  worded(404, 'of-401', 'Invalid API key.', 'The 404 has the message of the 401', 'message-swapped'),
  worded(500, 'of-404', 'Backup bkp_123abc not found.', 'The 500 has the message of the 404', 'message-swapped'),
  worded(401, 'of-500', 'Internal server error', 'The 401 has the message of the 500', 'message-swapped'),
  worded(
    404,
    'of-412',
    "Unable to delete backup. There are pending restore jobs for this backup: ['670e8400-e29b-41d4-a716-446655440000']",
    'The 404 has the message of the 412',
    'message-swapped',
  ),
  worded(412, 'of-404', 'Backup pending-1 not found.', 'The 412 has the message of the 404', 'message-swapped'),
  worded(
    404,
    'of-example',
    'Backup bkp_123abc not found.',
    'The 404 always names the id of the example',
    'message-subject',
  ),
  worded(
    404,
    'of-stranger',
    'Backup 0f0e0d0c-0b0a-4908-8706-050403020100 not found.',
    'The 404 names a backup that nobody asked for',
    'message-subject',
  ),
  {
    ...worded(404, 'nameless', 'No such backup in this project.', 'The 404 does not name the id', 'message-subject'),
    caughtBy: { check: 'message-subject', case: 'delete_backup/404/**', as: 'advice' },
    violates: [],
  },
  {
    ...worded(412, 'jobless', 'A restore is going on.', 'The 412 names no restore job', 'message-subject'),
    caughtBy: { check: 'message-subject', case: 'delete_backup/412/**', as: 'advice' },
    violates: [],
  },
];

/** The schema lists the code, and no example has it. */
function unusual(status: Declared, code: string, says: string): Fault {
  return inAnswer(status, {
    name: `meaning/${status}-${code.toLowerCase().replaceAll('_', '-')}`,
    says,
    tamper: { do: 'json', at: '/error/code', to: code },
    check: 'error-code',
    as: 'advice',
  });
}

function coded(status: Declared, code: string, says: string): Fault {
  return inAnswer(status, {
    name: `meaning/${status}-${code.toLowerCase().replaceAll('_', '-')}`,
    says,
    tamper: { do: 'json', at: '/error/code', to: code },
    check: 'error-code',
  });
}

function numbered(status: Declared, said: number, says: string): Fault {
  return inAnswer(status, {
    name: `meaning/${status}-says-${said}`,
    says,
    tamper: { do: 'json', at: '/status', to: said },
    check: 'body-status',
  });
}

function worded(status: Declared, name: string, message: string, says: string, check: string): Fault {
  return inAnswer(status, {
    name: `meaning/${status}-message-${name}`,
    says,
    tamper: { do: 'json', at: '/error/message', to: message },
    check,
  });
}
