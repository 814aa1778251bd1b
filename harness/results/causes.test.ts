import { expect, test } from 'vitest';
import type { CaseRecord } from '../model/record.ts';
import { exchange, finding, record } from '../testing/sample-run.ts';
import { causesOf } from './causes.ts';

const failed = (id: string, ...findings: CaseRecord['findings']): CaseRecord =>
  record({ id: `op/${id}`, kind: 'probe', status: 'fail', findings });

const sizes = (cases: readonly CaseRecord[]): readonly number[] => causesOf(cases).map((cause) => cause.cases.length);

test('ids, UUIDs, numbers and quoted texts do not make another cause', () => {
  const uuid = (n: number): string => `670e8400-e29b-41d4-a716-44665544000${n}`;
  expect(
    sizes([0, 1].map((n) => failed(`a${n}`, finding({ message: `${uuid(n)} is gone`, where: `body /data/${n}/id` })))),
  ).toEqual([2]);
  expect(sizes([10, 2345].map((n) => failed(`a${n}`, finding({ message: `${n} bytes of body came` }))))).toEqual([2]);
  const short = (n: number): string => `Content-Length announces ${n} bytes, and ${n - 5} came before the end`;
  expect(sizes([99, 1079].map((n) => failed(`a${n}`, finding({ message: short(n) }))))).toEqual([2]);
  const quoted = ['NOT_FOUND', 'UNKNOWN'].map((code) =>
    failed(code, finding({ message: `/error is "${code}", not an object`, actual: `"${code}"` })),
  );
  expect(sizes(quoted)).toEqual([2]);
  const asked = ['ready-one', 'ready-two'].map((id) => ({
    ...failed(id, finding({ message: `${id} is still there` })),
    exchanges: [
      { ...exchange(202, 'Accepted', ''), request: { method: 'GET', url: `http://a/b/${id}?x=1`, headers: [] } },
    ],
  }));
  expect(sizes(asked)).toEqual([2]);
});

test('another check, place, status or expected property is another cause', () => {
  const base = finding({ message: 'the status is 404, not 401' });
  const others = [
    { ...base, check: 'schema' },
    { ...base, where: 'header allow' },
    { ...base, message: 'the status is 409, not 401' },
    { ...base, message: 'the value lacks the required property "status"', actual: 'absent' },
    { ...base, message: 'the value lacks the required property "error"', actual: 'absent' },
  ];
  expect(sizes([base, ...others].map((each, n) => failed(`a${n}`, each)))).toEqual([1, 1, 1, 1, 1, 1]);
});

test('differences of one response that always come together are one cause, and what comes beside them is its own', () => {
  const lacks = finding({ check: 'schema', message: 'lacks "status"', where: 'body', actual: 'absent' });
  const type = finding({ check: 'schema', message: '/error is string, not object', where: 'body /error' });
  const trace = finding({ check: 'stack-trace', message: 'shows the inside of a server', where: 'body' });
  const causes = causesOf([failed('a', lacks, type), failed('b', trace, lacks, type), failed('c', lacks, type)]);
  expect(causes).toMatchObject([
    { check: 'schema', message: 'lacks "status"', cases: ['op/a', 'op/b', 'op/c'], findings: [0, 1] },
    { check: 'stack-trace', cases: ['op/b'], findings: [0] },
  ]);
});

test('first comes what turns most cases green, not what is seen most', () => {
  const [a, b] = [finding({ check: 'a' }), finding({ check: 'b' })];
  const [c, d] = [finding({ check: 'c' }), finding({ check: 'd' })];
  const cases = [failed('1', a, b), failed('2', a, b), failed('3', a, b, d), failed('4', c), failed('5', c)];
  expect(causesOf(cases).map(({ check }) => check)).toEqual(['c', 'a', 'b', 'd']);
});

test('errors are grouped likewise, and what is waived, skipped or passed is no cause', () => {
  const error = (id: string, port: number): CaseRecord =>
    record({
      id: `op/${id}`,
      status: 'error',
      error: { code: 'E_TARGET_SILENT', message: `no answer within ${port} ms` },
    });
  const waived = { reason: 'r', issue: 'i', expires: '2027-01-01' };
  const rest = [
    { ...failed('waived', finding()), waived },
    record({ id: 'op/skip', status: 'skip', reason: 'x' }),
    record({ id: 'op/pass' }),
  ];
  expect(causesOf([error('a', 100), error('b', 200), ...rest])).toEqual([
    {
      status: 'error',
      check: 'E_TARGET_SILENT',
      where: '',
      message: 'no answer within 100 ms',
      cases: ['op/a', 'op/b'],
      findings: [],
    },
  ]);
});

test('a server that cannot be reached is one cause, whichever request finds it out', () => {
  const error = (id: string, message: string): CaseRecord =>
    record({ id: `op/${id}`, status: 'error', error: { code: 'E_TARGET_UNREACHABLE', message } });
  const words = 'the name of https://a.example cannot be resolved (ENOTFOUND)';
  const all = [error('a', `GET /backups?limit=100 failed: ${words}`), error('b', words)];
  expect(sizes([...all, error('c', 'nothing listens at https://a.example (ECONNREFUSED)')])).toEqual([2, 1]);
});

const refused = finding({
  expected: '401 (Unauthorized)',
  actual: '404 Not Found',
  message: 'the status is 404, not 401',
});

test('a wrong key that is accepted is named where every such case says so', () => {
  const declared = { ...failed('401/x', refused), kind: 'declared', state: 'no such backup, key wrong' } as const;
  const locked = failed('probe/auth/before-precondition', {
    ...refused,
    actual: '412',
    message: 'the status is 412, not 401',
  });
  const all = [declared, failed('probe/auth/wrong-key', refused), failed('probe/auth/near-keys', refused), locked];
  expect(causesOf(all)).toMatchObject([{ likely: 'a wrong API key is accepted', cases: { length: 4 } }]);
  const withoutKey = ['no-key', 'empty-key'].map((name) => failed(`probe/auth/${name}`, refused));
  expect(causesOf([...all, ...withoutKey])).toMatchObject([
    { likely: 'no API key is needed: requests without one are accepted', cases: { length: 6 } },
  ]);
  const contradicting = record({ id: 'op/probe/auth/truncated-key' });
  expect(causesOf([...all, contradicting]).map(({ likely }) => likely)).toEqual([undefined, undefined]);
});

test.for(['404 Not Found', '500 Internal Server Error'])(
  'a server that answers %s to everything lets no key in',
  (actual) => {
    const all = ['auth/no-key', 'auth/empty-key', 'auth/wrong-key', 'auth/near-keys'].map((name) =>
      failed(`probe/${name}`, { ...refused, actual }),
    );
    const likely = (cases: readonly CaseRecord[]): unknown => causesOf(cases).map((cause) => cause.likely);
    expect(likely([...all, record({ id: 'op/500/x', kind: 'declared', response: '500' })])).toEqual([undefined]);
    expect(likely([...all, record({ id: 'op/404/x', kind: 'declared', response: '404' })])).toEqual([
      'no API key is needed: requests without one are accepted',
    ]);
  },
);

test.for(['403 Forbidden', '400 Bad Request', '429 Too Many Requests', '302 Found'])(
  'a wrong key that is answered %s is not accepted',
  (actual) => {
    const findings = ['wrong-key', 'near-keys', 'extended-key'].map((name) =>
      failed(`probe/auth/${name}`, { ...refused, actual }),
    );
    expect(causesOf(findings)).toEqual([expect.not.objectContaining({ likely: expect.anything() as unknown })]);
  },
);

test('a deletion that deletes nothing is named where nothing ever goes', () => {
  const stays = finding({ check: 'effect-gone', expected: 'gone within 10000 ms', where: 'observer one' });
  const again = failed('probe/effect/second-delete-in-the-end', finding({ actual: '202 Accepted' }));
  const cases = [failed('probe/effect/goes', stays), failed('probe/effect/leaves-the-list', stays), again];
  expect(causesOf(cases)).toMatchObject([
    { likely: 'a deletion is accepted and deletes nothing', cases: { length: 3 } },
  ]);
  const goes = record({ id: 'op/probe/effect/lasts' });
  expect(causesOf([...cases, goes]).every(({ likely }) => likely === undefined)).toBe(true);
});

test('one body for all errors is named where no declared error has another', () => {
  const lacks = finding({ check: 'schema', message: 'lacks "status"', where: 'body', actual: 'absent' });
  const error = (status: number, over: Partial<CaseRecord> = {}): CaseRecord => ({
    ...failed(`${status}/x`, lacks),
    kind: 'declared',
    response: String(status),
    exchanges: [exchange(status, 'Error', '{}')],
    ...over,
  });
  expect(causesOf([error(404), error(401)])).toMatchObject([
    { likely: 'the error responses have another body than the document declares' },
  ]);
  const conforming = error(500, { status: 'pass', findings: [] });
  expect(causesOf([error(404), error(401), conforming])[0]?.likely).toBeUndefined();
});

test('five thousand cases with as many causes are put in order without pairing them all', () => {
  let read = 0;
  const cases = Array.from({ length: 5000 }, (_, n) => {
    const one = failed(`a${n}`, finding({ check: `check-${n}` }));
    return Object.defineProperty({ ...one }, 'findings', { get: () => ((read += 1), one.findings), enumerable: true });
  });
  expect(causesOf(cases)).toHaveLength(5000);
  expect(read / cases.length).toBeLessThan(20);
});
