import type { CreateFault, Otherwise } from '../fault.ts';
import { inAnswer, inProbe } from './row.ts';

/** Keys, names that are taken, and what is said of a refusal. */
export const refusedFaults: readonly CreateFault[] = [
  // the key
  inProbe('auth/no-key', {
    name: 'key/none-needed',
    says: 'An index is made without a key',
    behaviour: { letsIn: (shown) => shown === undefined },
  }),
  inProbe('auth/truncated-key', {
    name: 'key/beginning',
    says: 'The beginning of a key passes for it',
    behaviour: { letsIn: (shown, key) => shown !== undefined && shown.length > 5 && key.startsWith(shown) },
  }),
  inProbe('auth/extended-key', {
    name: 'key/something-after',
    says: 'A key with something after it passes',
    behaviour: { letsIn: (shown, key) => shown?.startsWith(key) === true },
  }),
  {
    name: 'key/any',
    says: 'Any key passes',
    behaviour: { letsIn: (shown) => shown !== undefined },
    caughtBy: { check: 'status', case: 'create_index/401/**' },
  },
  said(401, 'as-403', 'status', 'A wrong key is answered 403, which is not declared', { do: 'status', status: 403 }),
  said(401, 'as-200', 'status', 'A wrong key is answered 200', { do: 'status', status: 200 }),
  said(401, 'as-500', 'status', 'A wrong key breaks the server', { do: 'status', status: 500 }),
  said(401, 'page', 'media-type', 'A wrong key is answered by a page', [
    { do: 'header', name: 'Content-Type', value: 'text/html' },
    { do: 'body', text: '<h1>401</h1>' },
  ]),
  said(401, 'repeats-key', 'leaked-key', 'The refusal repeats the key that was shown', {
    do: 'json',
    at: '/error/message',
    to: 'The key {key} is not valid here.',
  }),
  {
    name: 'key/none-page',
    says: 'A request without a key is sent to a page to log in',
    on: { status: [401], header: ['api-key', /^$/] },
    tamper: { do: 'status', status: 302 },
    caughtBy: { check: 'redirect', case: 'create_index/probe/auth/no-key' },
  },

  // what was refused is there
  ...(
    [
      [401, 'auth/no-key', 'A request without a key is refused, and the index is made'],
      [400, 'input/body-metric-enum', 'A request with an unknown metric is refused, and the index is made'],
      [422, 'input/body-spec-missing', 'A request without a spec is refused, and the index is made'],
    ] as const
  ).map(([status, probe, says]) =>
    inProbe(probe, {
      name: `kept/${status}`,
      says,
      check: 'effect-refused',
      behaviour: { keepsRefused: [status], reads: (name, all) => withNeeded(all.get(name)) },
    }),
  ),

  // the name that is taken
  {
    name: 'taken/overwritten',
    says: 'An index of the same name replaces the first one',
    behaviour: { overwrites: true },
    caughtBy: { unproved: '409' },
  },
  said(409, 'as-400', undefined, 'A name that is taken is answered 400', {
    do: 'answer',
    status: 400,
    json: { status: 400, error: { code: 'INVALID_ARGUMENT', message: 'Take another name.' } },
  }),
  said(409, 'as-200', 'status', 'A name that is taken is answered 200, which is not declared', {
    do: 'status',
    status: 200,
  }),
  said(409, 'as-500', 'status', 'A name that is taken breaks the server', {
    do: 'answer',
    status: 500,
    json: { status: 500, error: { code: 'UNKNOWN', message: 'duplicate key' } },
  }),
  said(409, 'empty', 'json', '409 comes without a body', { do: 'body', text: '' }),
  said(409, 'no-code', 'schema', '409 has no code', { do: 'without', at: '/error/code' }),
  said(409, 'other-status', 'body-status', '409 says 404 in its body', { do: 'json', at: '/status', to: 404 }),
  said(409, 'other-code', 'error-code', '409 has the code of 401', {
    do: 'json',
    at: '/error/code',
    to: 'UNAUTHENTICATED',
  }),

  // what is said of wrong input
  said(400, 'flat', 'schema', '400 is flat', {
    do: 'body',
    text: '{"code":"INVALID_ARGUMENT","message":"no","status":400}',
  }),
  said(400, 'no-message', 'schema', '400 has no message', { do: 'without', at: '/error/message' }),
  said(400, 'empty-message', 'schema', '400 has an empty message', { do: 'json', at: '/error/message', to: '' }),
  said(400, 'code-unlisted', 'schema', '400 has a code that is not listed', {
    do: 'json',
    at: '/error/code',
    to: 'BAD',
  }),
  said(400, 'status-text', 'schema', 'The status of a 400 is a text', { do: 'json', at: '/status', to: '400' }),
  said(400, 'other-status', 'body-status', '400 says 200 in its body', { do: 'json', at: '/status', to: 200 }),
  said(400, 'text', 'media-type', '400 is labelled as text', {
    do: 'header',
    name: 'Content-Type',
    value: 'text/plain',
  }),
  said(422, 'trace', 'stack-trace', '422 shows where the server failed', {
    do: 'json',
    at: '/error/message',
    to: 'TypeError: Cannot read properties of undefined (reading "metric")\n    at create (/srv/app/src/indexes.ts:41:18)',
  }),
  said(422, 'sql', 'sql', '422 shows what the database said', {
    do: 'json',
    at: '/error/message',
    to: 'ERROR: null value in column "metric" violates not-null constraint DETAIL: INSERT INTO indexes (name) VALUES ($1)',
  }),
  said(422, 'page', 'media-type', '422 is a page', [
    { do: 'header', name: 'Content-Type', value: 'text/html' },
    { do: 'body', text: '<html><body>Unprocessable</body></html>' },
  ]),
  said(422, 'details-list', 'schema', 'The details of a 422 are a list', {
    do: 'json',
    at: '/error/details',
    to: ['metric'],
  }),
  said(415, 'no-code', 'schema', '415 has no code', { do: 'without', at: '/error/code' }),
  said(415, 'cut', 'json', 'The body of a 415 is cut off', { do: 'body', text: '{"error":' }),
  said(415, 'other-code', 'error-code', '415 has the code of 401', {
    do: 'json',
    at: '/error/code',
    to: 'UNAUTHENTICATED',
  }),
];

/** Without a check, the response stays unproved. */
function said(
  status: number,
  name: string,
  check: string | undefined,
  says: string,
  tamper: Otherwise['tamper'] & object,
): CreateFault {
  const what = { name: `refusal/${status}-${name}`, says, tamper };
  if (check !== undefined) return inAnswer(status, { ...what, check });
  return { ...what, on: { status: [status] }, caughtBy: { unproved: String(status) } };
}

/** A stored index with what an index must have, so that nothing is to be said against reading it. */
function withNeeded(
  found: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | undefined {
  return found === undefined
    ? undefined
    : { ...found, metric: 'cosine', spec: { serverless: { cloud: 'aws', region: 'us-east-1' } } };
}
