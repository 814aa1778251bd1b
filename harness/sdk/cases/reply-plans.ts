import type { Json, Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { responseFor } from '../../openapi/match-response.ts';
import { meaningOf } from './declared-plans.ts';
import type { Situation } from '../releases/manifest.ts';
import type { Meaning, Reply } from '../server/script.ts';
import { otherOrigin, usualDeadlineMs } from './sdk-case.ts';
import type { SdkPlan } from './sdk-case.ts';

type Answer = Reply & { readonly kind: 'answer' };
interface Row {
  readonly name: string;
  readonly title: string;
  readonly reply: Reply;
  readonly situation?: Situation;
  readonly elsewhere?: Reply;
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
}

const json = 'application/json';
const html = '<html><head><title>404</title></head><body><h1>Not Found</h1></body></html>';
const badGateway = '<html><body><h1>502 Bad Gateway</h1></body></html>';
const elsewhere = [['Location', `${otherOrigin}/backups/elsewhere`]] as const;
const notFound: Json = { error: { code: 'NOT_FOUND', message: 'Backup bkp_123abc not found.' }, status: 404 };
/** How long a silent server is waited for: longer than the 10 s that is OkHttp's habit. */
const silenceMs = 14_000;

/** Answers that the document does not promise, but networks, proxies and servers give. */
export function replyPlans(operation: Operation, value: string): readonly SdkPlan[] {
  return rowsFor(operation).map(({ name, title, reply, situation, elsewhere, timeoutMs, deadlineMs }) => ({
    id: `sdk/${operation.id}/reply/${name}`,
    group: 'reply',
    title,
    requirement: requirementOf(reply.means),
    value,
    reply,
    ...(situation === undefined ? {} : { situation }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
    refusal: 'forbidden',
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    deadlineMs: deadlineMs ?? usualDeadlineMs,
    at: operation.at,
  }));
}

/** The rows of statuses that the document declares are left out: the declared cases play those. */
function rowsFor(operation: Operation): readonly Row[] {
  const declares = (status: number): boolean => responseFor(operation.responses, status) !== undefined;
  const statusOf = (name: string): number => Number(/^undeclared-(\d+)$/.exec(name)?.[1]);
  return rows.filter(({ name }) => !declares(statusOf(name)));
}

const rows: readonly Row[] = [
  row('html-404', '404 with a page of a proxy', answer(404, 'text/html', html)),
  row('html-502', '502 with a page of a proxy', answer(502, 'text/html', badGateway), 'server-error'),
  row('empty-404', '404 without a body', answer(404, undefined, '')),
  row('text-404', '404 with plain text', answer(404, 'text/plain', 'no such backup')),
  row('wrong-type-404', '404 whose JSON is called text/plain', answer(404, 'text/plain', JSON.stringify(notFound))),
  row('no-type-404', '404 whose JSON has no Content-Type', answer(404, undefined, JSON.stringify(notFound))),
  row('broken-json-404', '404 whose JSON ends in the middle', answer(404, json, '{"error":{"code":"NOT_FOU')),
  row('null-404', '404 whose JSON is null', error(404, null)),
  row('array-404', '404 whose JSON is a list', error(404, [])),
  row('error-null-404', '404 whose error is null', error(404, { error: null, status: 404 })),
  row('error-text-404', '404 whose error is a text', error(404, { error: 'no such backup', status: 404 })),
  row('code-number-404', '404 whose code is a number', error(404, { error: { code: 5, message: 'm' }, status: 404 })),
  row('no-message-404', '404 without a message', error(404, { error: { code: 'NOT_FOUND' }, status: 404 })),
  row(
    'unknown-code-404',
    '404 with a code that is newer than the SDK',
    error(404, { error: { code: 'BACKUP_ARCHIVED', message: 'Backup bkp_1 is archived.' }, status: 404 }),
  ),
  row(
    'extra-members-404',
    '404 with members that are newer than the SDK',
    error(404, {
      error: { code: 'NOT_FOUND', message: 'Backup bkp_2 not found.', details: { retry: [1, null] }, help: 'x' },
      status: 404,
      trace: { id: 'abc' },
    }),
  ),
  row(
    'unicode-message-404',
    '404 whose message is not ASCII',
    error(404, { error: { code: 'NOT_FOUND', message: 'Sauvegarde « été » introuvable 备份' }, status: 404 }),
  ),
  row(
    'status-disagrees-404',
    'HTTP 404 whose body says 412',
    error(404, { error: { code: 'FAILED_PRECONDITION', message: 'Pending restore jobs.' }, status: 412 }),
  ),
  row('large-404', '404 with a message of 32 KiB', {
    ...error(404, { error: { code: 'NOT_FOUND', message: 'x'.repeat(32 * 1024) }, status: 404 }),
    means: { kind: 'error', status: 404 },
  }),
  row('undeclared-400', '400, which is not declared', error(400, shaped('INVALID_ARGUMENT', 'Not an id.', 400))),
  row('undeclared-403', '403, which is not declared', error(403, shaped('FORBIDDEN', 'Not your project.', 403))),
  row('undeclared-409', '409, which is not declared', error(409, shaped('ABORTED', 'Try again later.', 409))),
  row(
    'undeclared-412',
    '412, which is not declared',
    error(412, shaped('FAILED_PRECONDITION', 'There are pending restore jobs.', 412)),
  ),
  row('body-on-202', '202 with a JSON body', answer(202, json, '{"id":"bkp_1"}')),
  row('page-on-202', '202 with a page', answer(202, 'text/html', '<html><body>ok</body></html>')),
  row('undeclared-200', '200, which is not declared', answer(200, json, '{}')),
  row('undeclared-204', '204, which is not declared', answer(204, undefined, '')),
  ...[301, 302, 303, 307, 308].map((status) =>
    row(`redirect-${status}`, `${status} to another origin`, {
      ...answer(status, undefined, ''),
      headers: elsewhere,
      means: { kind: 'fault' },
    }),
  ),
  ...[301, 307].map((status): Row => ({
    ...row(`redirect-${status}-to-202`, `${status} to another origin, which accepts the DELETE`, {
      ...answer(status, undefined, ''),
      headers: elsewhere,
      means: { kind: 'fault' },
    }),
    elsewhere: answer(202, undefined, ''),
  })),
  row('redirect-nowhere', '302 without a Location', answer(302, undefined, '')),
  row('slow-202', '202 after one second', { ...answer(202, undefined, ''), delayMs: 1000 }),
  row(
    'truncated-404',
    '404 that ends after 20 bytes of its body',
    {
      ...answer(404, json, JSON.stringify(notFound)),
      cut: { after: 20, how: 'close' },
      means: { kind: 'fault' },
    },
    'cut-short',
  ),
  row(
    'reset-in-body-404',
    '404 that is reset after 20 bytes of its body',
    {
      ...answer(404, json, JSON.stringify(notFound)),
      cut: { after: 20, how: 'reset' },
      means: { kind: 'fault' },
    },
    'cut-short',
  ),
  row('reset', 'a reset in place of an answer', { kind: 'reset', means: { kind: 'fault' } }, 'reset'),
  row(
    'no-http',
    'bytes that are no HTTP',
    { kind: 'raw', bytes: 'SSH-2.0-OpenSSH_9.6\r\n\r\n', means: { kind: 'fault' } },
    'malformed',
  ),
  {
    ...row('silence', 'no answer at all', { kind: 'silence', means: { kind: 'fault' } }, 'silent'),
    timeoutMs: 1000,
    deadlineMs: silenceMs,
  },
];

function row(name: string, title: string, reply: Reply, situation?: Situation): Row {
  return { name, title, reply, ...(situation === undefined ? {} : { situation }) };
}

/** An answer whose meaning is its status alone. */
function answer(status: number, type: string | undefined, body: string): Answer {
  const headers: readonly HeaderPair[] = type === undefined ? [] : [['Content-Type', type]];
  return { kind: 'answer', status, headers, body, means: meaningOf(status, undefined) };
}

/** An answer whose JSON says what it means, as far as it has the document's shape. */
function error(status: number, body: Json): Answer {
  return { ...answer(status, json, JSON.stringify(body)), means: meaningOf(status, body) };
}

function shaped(code: string, message: string, status: number): Json {
  return { error: { code, message }, status };
}

function requirementOf(means: Meaning): string {
  switch (means.kind) {
    case 'success':
      return 'Any 2xx is a success (RFC 9110, section 15): the call returns.';
    case 'error':
      return "The call raises an error of the SDK's own type that shows the HTTP status, whatever the body looks like.";
    case 'fault':
      return "The call raises an error of the SDK's own type in good time, and the key goes nowhere else.";
    default:
      return means satisfies never;
  }
}
