import { beforeAll, expect, test } from 'vitest';
import { loadContract } from '../../contract.ts';
import type { Operation } from '../../model/document.ts';
import { sdkCases } from '../cases/cases.ts';
import type { SdkCase } from '../cases/sdk-case.ts';
import type { Raised } from '../driver/protocol.ts';
import type { Sends, Situation } from '../releases/manifest.ts';
import { chosenManifests } from '../releases/manifest.ts';
import type { Reply } from '../server/script.ts';
import { hiddenError } from './hidden-error.ts';

const twice: Sends = { min: 2, max: 2 };
const sends: Readonly<Record<Situation, Sends>> = {
  'server-error': twice,
  unavailable: twice,
  throttled: twice,
  reset: twice,
  'cut-short': twice,
  malformed: twice,
  silent: twice,
  'request-timeout': twice,
  'retry-at-once': twice,
};

let operation: Operation;
beforeAll(async () => {
  ({ operation } = await loadContract('delete_backup', {}));
});

const none = { value: null, via: null };
const notFound: Raised = {
  class: 'NotFound',
  lineage: ['NotFound', 'SdkError'],
  display: 'There is no backup 500.',
  status: { value: 404, via: 'status' },
  code: none,
  message: none,
  body: none,
  cause: [],
};
const reset: Reply = { kind: 'reset', means: { kind: 'fault' } };

test.each<[string, Partial<Raised>]>([
  ['the 404 alone, whatever numbers its text has', {}],
  ['the 404 with itself as its cause', { cause: [{ class: 'HttpError', message: 'HTTP 500', status: 404 }] }],
  ['no status, but the type that means that nothing was there', { status: none, class: 'PineconeNotFoundError' }],
])('500, then 404, raised as %s: a hazard', (_, over) => {
  expect(severities('500-then-404', { ...notFound, ...over })).toEqual(['hazard']);
});

test.each<[string, Partial<Raised>]>([
  ['the 500 itself', { status: { value: 500, via: 'status' } }],
  ['the 404 with the 500 as its cause', { cause: [{ class: 'HttpError', message: '', status: 500 }] }],
  ['the 404 with a cause of which no status is known', { cause: [{ class: 'HttpError', message: '' }] }],
])('500, then 404, raised as %s: nothing to find', (_, over) => {
  expect(severities('500-then-404', { ...notFound, ...over })).toEqual([]);
});

test('an error that gives neither status nor a known type does not say that nothing was there: advice', () => {
  expect(severities('500-then-404', { ...notFound, status: none })).toEqual(['advice']);
});

test('a request that was lost may have worked, too', () => {
  expect(severities('500-then-404', notFound, [reset])).toEqual(['hazard']);
});

test('a request that was refused did not work', () => {
  const [, refused] = caseNamed('429-then-202').replies;
  expect(refused).toBeDefined();
  expect(severities('500-then-404', notFound, caseNamed('429-always').replies.slice(0, 1))).toEqual([]);
});

test.each(['503-always', '500-then-202'])('%s hides nothing', (name) => {
  expect(severities(name, { ...notFound, status: { value: 503, via: 'status' } })).toEqual([]);
});

function caseNamed(name: string): SdkCase {
  const found = sdkCases(operation, sends).find(({ id }) => id.endsWith(`/retry/${name}`));
  if (found === undefined) throw new Error(`there is no case ${name}`);
  return found;
}

/** What the rule finds when both replies of the case were given; `first` in place of its first reply. */
function severities(name: string, raised: Raised, first?: readonly Reply[]): readonly string[] {
  const [manifest] = chosenManifests(['js']);
  if (manifest === undefined) throw new Error('js is not described');
  const one = caseNamed(name);
  const replies = [...(first ?? one.replies.slice(0, 1)), ...one.replies.slice(1)];
  const request = { method: 'DELETE', target: '', headers: [], body: '', atMs: 0, connection: 0, delivered: true };
  const found = hiddenError.run({
    case: { ...one, replies },
    manifest,
    api: '2025-04',
    userAgent: '',
    key: 'key',
    requests: replies.map((_, reply) => ({ ...request, reply })),
    beside: [],
    handshakes: 0,
    elsewhere: [],
    outside: [],
    leaks: [],
    result: {
      v: 1,
      case: one.id,
      nonce: '',
      sdk: { name: 'js', version: '1' },
      elapsed_ms: 1,
      outcome: 'raised',
      raised,
    },
  });
  return [...found].map(({ severity = hiddenError.severity ?? 'violation' }) => severity);
}
