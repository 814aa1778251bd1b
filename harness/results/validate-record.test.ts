import { expect, test } from 'vitest';
import type { Json } from '../model/document.ts';
import { greenRun, sampleRun } from '../testing/sample-run.ts';
import { recordProblems } from './validate-record.ts';

test('a run is valid, also one with properties that came later', () => {
  expect(recordProblems(sampleRun())).toEqual([]);
  expect(recordProblems({ ...(JSON.parse(JSON.stringify(greenRun())) as object), later: 1 })).toEqual([]);
});

const rows: readonly (readonly [
  what: string,
  path: readonly (string | number)[],
  value: Json | undefined,
  want: string,
])[] = [
  ['a missing part', ['coverage'], undefined, '/ (the file): the value lacks the required property "coverage"'],
  [
    'a missing property deep inside',
    ['cases', 1, 'at', 'line'],
    undefined,
    '/cases/1/at lacks the required property "line"',
  ],
  ['a list that is none', ['cases', 0, 'findings'], 'none', '/cases/0/findings is string, not array'],
  ['a number that is text', ['counts', 'pass'], '5', '/counts/pass is string, not integer'],
  ['an object that is null', ['subject'], null, '/subject is null, not object'],
  ['an object that is a list', ['outcome'], [], '/outcome is array, not object'],
  [
    'an unknown status',
    ['cases', 0, 'status'],
    'ok',
    '/cases/0/status is "ok", which is not one of the values listed under enum',
  ],
  [
    'a header that is no pair of strings',
    ['cases', 0, 'exchanges', 0, 'request', 'headers', 0, 1],
    7,
    '/cases/0/exchanges/0/request/headers/0/1 is integer, not string',
  ],
];

test.for(rows)('%s', ([, path, value, want]) => {
  const run: unknown = JSON.parse(JSON.stringify(sampleRun()));
  const inner = path.slice(0, -1).reduce((at, key) => Reflect.get(at as object, key) as unknown, run) as object;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(inner, last);
  else Reflect.set(inner, last, value);
  expect(recordProblems(run)).toEqual([want]);
});

test.for([null, 7, 'run', []])('%j is no run', (value) => {
  expect(recordProblems(value)).toEqual([expect.stringMatching(/^\/ \(the file\): the value is .*, not object$/)]);
});

test('a value that is nested too deep is one problem', () => {
  const example: unknown = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));
  const [first, ...others] = sampleRun().cases;
  expect(recordProblems({ ...sampleRun(), cases: [{ ...first, example }, ...others] })).toEqual([
    '/cases/0/example is nested more than 200 levels deep',
  ]);
});
