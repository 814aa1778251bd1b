import { expect, test } from 'vitest';
import type { Json } from '../model/document.ts';
import { greenRun, sampleRun } from '../testing/sample-run.ts';
import { shapeProblem } from './validate-record.ts';

test('a run is whole', () => {
  expect(shapeProblem(sampleRun())).toBeUndefined();
  expect(shapeProblem(JSON.parse(JSON.stringify(greenRun())))).toBeUndefined();
});

const rows: readonly (readonly [
  what: string,
  path: readonly (string | number)[],
  value: Json | undefined,
  want: string,
])[] = [
  ['a missing part', ['coverage'], undefined, 'the file has no coverage'],
  ['a missing property deep inside', ['cases', 1, 'at', 'line'], undefined, 'cases/1/at has no line'],
  ['a list that is none', ['cases', 0, 'findings'], 'none', 'cases/0/findings must be an array'],
  ['a number that is text', ['counts', 'pass'], '5', 'counts/pass must be a number'],
  ['an object that is null', ['subject'], null, 'subject must be an object'],
  ['an object that is a list', ['outcome'], [], 'outcome must be an object'],
  [
    'a header that is no pair of strings',
    ['cases', 0, 'exchanges', 0, 'request', 'headers', 0, 1],
    7,
    'cases/0/exchanges/0/request/headers/0/1 must be a string',
  ],
];

test.for(rows)('%s', ([, path, value, want]) => {
  const run: unknown = JSON.parse(JSON.stringify(sampleRun()));
  const inner = path.slice(0, -1).reduce((at, key) => Reflect.get(at as object, key) as unknown, run) as object;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(inner, last);
  else Reflect.set(inner, last, value);
  expect(shapeProblem(run)).toBe(want);
});

test.for([null, 7, 'run', []])('%j is no run', (value) => {
  expect(shapeProblem(value)).toBe('the file must be an object');
});
