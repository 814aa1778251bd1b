import { causesOf } from '../results/causes.ts';
import { countsOf } from '../results/outcome.ts';
import type { SpecPlace } from '../model/document.ts';
import type { HeaderPair } from '../model/exchange.ts';
import type { CaseRecord, RunRecord } from '../model/record.ts';
import type { Finding } from '../model/verdict.ts';

/** Run records made by hand, for tests of reports: one of each kind of result. Counts and coverage are written out, not counted. */

const file = 'specs/db_control_2025-04.oas.yaml';

export const place: SpecPlace = { file, pointer: '#/paths/~1backups~1{backup_id}/delete/responses/404', line: 1042 };

export const id = '670e8400-e29b-41d4-a716-446655440001';

export function finding(over: Partial<Finding> = {}): Finding {
  return {
    check: 'status',
    severity: 'violation',
    message: 'the answer has another status than the promised one',
    where: 'status',
    expected: '404',
    actual: '500',
    hint: 'Look for the reason in the log of the server.',
    at: place,
    step: 'delete',
    exchange: 0,
    ...over,
  };
}

export function exchange(
  status: number,
  reason: string,
  body: string,
  headers: readonly HeaderPair[] = [],
): CaseRecord['exchanges'][number] {
  return {
    step: 'delete',
    request: {
      method: 'DELETE',
      url: `http://127.0.0.1:5080/backups/${id}`,
      headers: [
        ['host', '127.0.0.1:5080'],
        ['Api-Key', '<api-key>'],
        ['X-Pinecone-Api-Version', '2025-04'],
      ],
    },
    response: {
      status,
      reason,
      httpVersion: '1.1',
      headers: [...(body === '' ? [] : [['content-type', 'application/json'] as const]), ...headers],
      body: { text: body },
      bodyBytes: Buffer.byteLength(body),
    },
    notes: [],
    ms: 3.4,
  };
}

export function record(over: Partial<CaseRecord> & { readonly id: string }): CaseRecord {
  return {
    kind: 'declared',
    title: 'answers 404 when there is no such backup',
    requirement: 'A DELETE of a backup that does not exist is answered with 404 as the document declares it.',
    severity: 'violation',
    promise: '404, application/json, such as example backup-not-found',
    state: 'no such backup',
    at: place,
    excerpt: ["        '404':", '          description: Backup not found.', '          content:'],
    excerptLine: 1042,
    curl: `curl -i -X DELETE http://127.0.0.1:5080/backups/${id} -H "Api-Key: $PINECONE_API_KEY"`,
    status: 'pass',
    findings: [],
    advice: [],
    exchanges: [exchange(404, 'Not Found', notFound)],
    ms: 5,
    ...over,
  };
}

export const notFound = JSON.stringify({ error: { code: 'NOT_FOUND', message: 'Backup not found' }, status: 404 });

/** 1 of each: passed, failed, error, skipped, waived; advice on one. */
export function sampleRun(over: Partial<RunRecord> = {}): RunRecord {
  const cases: readonly CaseRecord[] = [
    record({
      id: 'delete_backup/202/no-content',
      response: '202',
      promise: '202 without content',
      state: 'a backup that can be deleted',
      exchanges: [exchange(202, 'Accepted', '')],
    }),
    record({
      id: 'delete_backup/404/application-json/backup-not-found',
      response: '404',
      status: 'fail',
      findings: [
        finding(),
        finding({
          check: 'error-code',
          where: 'body /error/code',
          expected: 'NOT_FOUND',
          actual: 'UNKNOWN',
          message: 'the error code is not one that the document gives this status',
        }),
      ],
      example: { error: { code: 'NOT_FOUND', message: 'Backup not found' }, status: 404 },
      exchanges: [exchange(500, 'Internal Server Error', JSON.stringify({ error: { code: 'UNKNOWN' }, status: 500 }))],
    }),
    record({
      id: 'delete_backup/500/application-json/internal-server-error',
      response: '500',
      status: 'skip',
      reason: 'a live server cannot be made to fail on purpose',
      exempt: 'a live server cannot be made to fail on purpose',
      exchanges: [],
    }),
    record({
      id: 'delete_backup/probe/auth/key-in-query',
      kind: 'probe',
      promise: 'one of 401, 403',
      advice: [
        finding({
          check: 'undeclared-property',
          severity: 'advice',
          where: 'body /trace',
          message: 'the body has a property that the document does not declare',
          expected: 'declared properties',
          actual: 'trace',
        }),
      ],
      exchanges: [exchange(401, 'Unauthorized', '{}')],
    }),
    record({
      id: 'delete_backup/probe/methods/trace',
      kind: 'probe',
      promise: 'neither 2xx nor 5xx',
      status: 'error',
      error: {
        code: 'E_TARGET_REFUSED',
        message: 'nothing listens at http://127.0.0.1:5080',
        hint: 'Start the server, or give another --target.',
      },
      exchanges: [],
    }),
    record({
      id: 'delete_backup/probe/ids/upper-case',
      kind: 'probe',
      promise: 'one of 404, 400',
      status: 'fail',
      findings: [finding({ check: 'status', expected: '404 or 400', actual: '202' })],
      waived: { reason: 'ids are compared without case', issue: 'https://example.com/issues/7', expires: '2027-01-31' },
      exchanges: [exchange(202, 'Accepted', '')],
    }),
  ];
  return {
    schema: 'pinecone-contract/run@1',
    tool: { name: 'pinecone-contract', version: '0.1.0' },
    subject: { kind: 'live', name: 'http://127.0.0.1:5080' },
    operation: { id: 'delete_backup', method: 'DELETE', path: '/backups/{backup_id}' },
    document: { source: file, title: 'Pinecone Control Plane API', version: '2025-04', sha256: 'ab'.repeat(32) },
    suite: { name: 'delete_backup', version: '1' },
    started: '2026-03-04T05:06:07.890Z',
    ms: 412.3,
    seed: 7,
    strict: false,
    cases,
    coverage: [
      { response: '202', description: 'Accepted', status: 'proved', how: 'a backup that can be deleted', at: place },
      { response: '404', description: 'Not found', status: 'violated', how: 'no such backup', at: place },
      {
        response: '500',
        description: 'Fault',
        status: 'exempt',
        how: 'a live server cannot be made to fail on purpose',
        at: place,
      },
    ],
    causes: causesOf(over.cases ?? cases),
    counts: { cases: 6, pass: 2, fail: 1, error: 1, skip: 1, waived: 1, advice: 1 },
    outcome: {
      exit: 1,
      because: 'the subject broke the contract in 1 case',
      problems: ['The waiver for delete_backup/probe/ids/* expires in 3 days.'],
    },
    ...over,
  };
}

/** A run in which all is well. */
export function greenRun(over: Partial<RunRecord> = {}): RunRecord {
  const declared = (status: string, rest: string, state: string): CaseRecord =>
    record({ id: `delete_backup/${status}/${rest}`, response: status, state, promise: `${status}, as declared` });
  return sampleRun({
    subject: { kind: 'mock', name: 'mock' },
    cases: [
      declared('202', 'no-content', 'a backup that can be deleted'),
      declared('404', 'application-json/backup-not-found', 'no such backup'),
      record({ id: 'delete_backup/probe/auth/no-key', kind: 'probe' }),
      record({ id: 'delete_backup/probe/auth/empty-key', kind: 'probe' }),
      record({ id: 'delete_backup/probe/methods/put', kind: 'probe' }),
    ],
    coverage: [
      { response: '202', description: 'Accepted', status: 'proved', how: 'a backup that can be deleted', at: place },
      { response: '404', description: 'Not found', status: 'proved', how: 'no such backup', at: place },
    ],
    counts: { cases: 5, pass: 5, fail: 0, error: 0, skip: 0, waived: 0, advice: 0 },
    outcome: { exit: 0, because: 'every selected promise was kept', problems: [] },
    ...over,
  });
}

/** A run of these cases, counted. */
export function runOf(cases: readonly CaseRecord[]): RunRecord {
  return sampleRun({ cases, coverage: [], counts: countsOf(cases) });
}
