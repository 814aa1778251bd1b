import type { Operation } from '../../model/document.ts';
import type { Situation } from '../releases/manifest.ts';
import { codeIn } from './document-codes.ts';
import type { Reply } from '../server/script.ts';
import { usualDeadlineMs } from './sdk-case.ts';
import type { SdkPlan } from './sdk-case.ts';

/** The declared replies that retries are told with. */
interface RetryReplies {
  readonly accepted: Reply;
  readonly notFound: Reply;
  readonly fault: Reply;
}

/** What a client does when a DELETE fails in a way that may pass: it must be counted, equal, and never hide an error. */
export function retryPlans(operation: Operation, value: string, replies: RetryReplies): readonly SdkPlan[] {
  const { accepted, notFound, fault } = replies;
  const plan = (name: string, title: string, situation: Situation, reply: Reply, afterwards?: Reply): SdkPlan => ({
    id: `sdk/${operation.id}/retry/${name}`,
    group: 'retry',
    title,
    requirement:
      'The request is sent as often as this release is known to send it, each time the same, and what the user sees is the last answer.',
    value,
    reply,
    ...(afterwards === undefined ? {} : { afterwards }),
    situation,
    refusal: 'forbidden',
    deadlineMs: usualDeadlineMs,
    at: operation.at,
  });
  const code = codeIn(operation, ['UNAVAILABLE', 'SERVICE_UNAVAILABLE']);
  const unavailable = undeclared(503, code, 'The service is not available.', []);
  const timedOut = undeclared(
    408,
    codeIn(operation, ['DEADLINE_EXCEEDED', 'TIMEOUT', 'UNKNOWN']),
    'The request took too long.',
    [],
  );
  const atOnce = undeclared(503, code, 'The service is not available.', [['Retry-After', '0']]);
  return [
    plan('500-then-202', '500, then 202', 'server-error', fault, accepted),
    plan('500-then-404', '500, then 404: the first send had worked', 'server-error', fault, notFound),
    plan('503-then-202', '503, then 202', 'unavailable', unavailable, accepted),
    plan('503-always', '503 each time', 'unavailable', unavailable),
    plan('429-then-202', '429 with Retry-After: 1, then 202', 'throttled', throttled, accepted),
    plan('429-always', '429 with Retry-After: 1 each time', 'throttled', throttled),
    plan('408-then-202', '408, then 202', 'request-timeout', timedOut, accepted),
    plan('408-always', '408 each time', 'request-timeout', timedOut),
    plan('503-at-once-then-202', '503 with Retry-After: 0, then 202', 'retry-at-once', atOnce, accepted),
    plan('503-at-once-always', '503 with Retry-After: 0 each time', 'retry-at-once', atOnce),
    plan('reset-then-202', 'a reset, then 202', 'reset', { kind: 'reset', means: { kind: 'fault' } }, accepted),
  ];
}

const throttled = undeclared(429, 'RESOURCE_EXHAUSTED', 'Too many requests.', [['Retry-After', '1']]);

function undeclared(status: number, code: string, message: string, extra: readonly [string, string][]): Reply {
  return {
    kind: 'answer',
    status,
    headers: [['Content-Type', 'application/json'], ...extra],
    body: JSON.stringify({ error: { code, message }, status }),
    means: { kind: 'error', status, code, message },
  };
}
