import { expect, it } from 'vitest';
import type { CaseRecord, Outcome } from '../model/record.ts';
import type { Coverage } from '../model/verdict.ts';
import { finding, place, record } from '../testing/sample-run.ts';
import { countsOf, coverageOf, gravestExit, outcomeOf } from './outcome.ts';

const waived = { reason: 'known since spring', issue: 'https://example.com/1', expires: '2099-01-01' };
const pass = { status: 'pass' } as const;
const fail = { status: 'fail', findings: [finding({ message: 'it is wrong' })] } as const;
const passedOver = { ...fail, waived } as const;
const error = { status: 'error', error: { code: 'E_X', message: 'the result is unknown' } } as const;
const skip = { status: 'skip', reason: 'there is no state' } as const;
const notJudged = finding({
  check: 'not-judged',
  where: 'body',
  message: 'body not judged: text/html',
  severity: 'advice',
});
const exempt = { status: 'skip', reason: 'not on live', exempt: 'not on live' } as const;

function records(...each: readonly Partial<CaseRecord>[]): readonly CaseRecord[] {
  return each.map((over, place) => record({ id: `op/404/${place}`, title: '404 None', response: '404', ...over }));
}

it('counts each verdict once; a waived failure is no failure', () => {
  const cases = records(pass, pass, fail, passedOver, error, error, error, skip, exempt, {
    ...pass,
    advice: [finding({ severity: 'advice' }), finding({ severity: 'advice' })],
  });
  expect(countsOf(cases)).toEqual({ cases: 10, pass: 3, fail: 1, error: 3, skip: 2, waived: 1, advice: 2 });
  expect(countsOf([])).toEqual({ cases: 0, pass: 0, fail: 0, error: 0, skip: 0, waived: 0, advice: 0 });
});

it.for([
  ['one that passed', [pass], 'proved', 'no such backup'],
  ['two examples that passed', [pass, pass], 'proved', 'no such backup'],
  [
    'a body that could not be judged',
    [pass, { ...pass, advice: [notJudged, notJudged, { ...notJudged, where: 'header x-meta' }] }],
    'proved',
    'no such backup; body not judged: text/html',
  ],
  ['a failure', [pass, fail], 'violated', 'it is wrong'],
  ['a failure beside everything else', [skip, error, exempt, passedOver, pass, fail], 'violated', 'it is wrong'],
  ['a waived failure', [pass, passedOver], 'waived', 'known since spring'],
  [
    'a waived failure beside one that is not',
    [passedOver, { ...fail, findings: [finding({ message: 'new' })] }],
    'violated',
    'new',
  ],
  ['an error', [pass, error], 'unproved', 'the result is unknown'],
  ['a skip', [pass, skip], 'unproved', 'there is no state'],
  ['a skip beside a waived failure', [passedOver, skip], 'unproved', 'there is no state'],
  ['an error beside a waived failure', [passedOver, error], 'unproved', 'the result is unknown'],
  ['a skip beside an exemption', [exempt, skip], 'unproved', 'there is no state'],
  ['an exemption', [exempt], 'exempt', 'not on live'],
  ['an exemption beside what passed', [pass, exempt], 'exempt', 'not on live'],
  ['an exemption beside a waived failure', [exempt, passedOver], 'waived', 'known since spring'],
] as const satisfies readonly (readonly [string, readonly Partial<CaseRecord>[], Coverage['status'], string])[])(
  'a response with %s is covered so',
  ([, cases, status, how]) => {
    expect(coverageOf(records(...cases))).toEqual([{ response: '404', description: 'None', status, how, at: place }]);
  },
);

it('covers each response that has a case, in order, and no probe', () => {
  const cases = [
    record({ id: 'a', response: '202', title: '202 Accepted: 202 is good' }),
    record({ id: 'b', response: '404', title: '404 None' }),
    record({ id: 'c', kind: 'probe' }),
    record({ id: 'd', response: '202', title: '202 Accepted, too', ...skip }),
  ];
  expect(coverageOf(cases).map(({ response, description, status }) => [response, description, status])).toEqual([
    ['202', 'Accepted: 202 is good', 'unproved'],
    ['404', 'None', 'proved'],
  ]);
  expect(coverageOf([])).toEqual([]);
});

const unproved: readonly Coverage[] = [
  { response: '412', description: '', status: 'unproved', how: '', at: place },
  { response: '404', description: '', status: 'proved', how: '', at: place },
  { response: '5XX', description: '', status: 'unproved', how: '', at: place },
];

interface Over {
  readonly cases?: readonly Partial<CaseRecord>[];
  readonly coverage?: readonly Coverage[];
  readonly strict?: boolean;
  readonly problems?: readonly string[];
  readonly leftovers?: readonly string[];
  readonly interrupted?: boolean;
  readonly of?: number;
}

function outcome(over: Over): Outcome {
  const { cases = [pass], ...rest } = over;
  return outcomeOf({
    coverage: [],
    strict: false,
    problems: [],
    leftovers: [],
    interrupted: false,
    ...rest,
    cases: records(...cases),
  });
}

const advised = { ...pass, advice: [finding({ severity: 'advice' })] } as const;
const hazardous = { status: 'fail', findings: [finding({ severity: 'hazard' })] } as const;
const passedHazard = { ...hazardous, waived: passedOver.waived } as const;
const fixtures = { status: 'skip', reason: 'a probe needs a server', byDesign: true } as const;

it.for([
  ['all is well', {}, 0, 'the contract held'],
  ['there is advice', { cases: [advised, advised] }, 0, 'the contract held'],
  ['all failures are waived', { cases: [passedOver, passedOver] }, 0, 'the contract held'],
  ['a known hazard is waived', { cases: [passedHazard, pass] }, 0, 'the contract held, with 1 known hazard'],
  ['one case is a hazard', { cases: [pass, hazardous] }, 1, '1 case is a hazard'],
  ['one case of two is', { cases: [hazardous, fail] }, 1, '1 case violated the contract, and 1 case is a hazard'],
  ['one case failed', { cases: [pass, fail, error] }, 1, '1 case violated the contract'],
  ['more failed', { cases: [fail, fail] }, 1, '2 cases violated the contract'],
  ['nothing ran', { cases: [] }, 2, 'no case ran, so nothing is proved'],
  ['one ended in an error', { cases: [pass, error] }, 3, '1 case ended in an error, so the result is unknown'],
  ['something is left behind', { leftovers: ['index a', 'index b'] }, 3, '2 resources could not be cleaned up'],
  ['a waiver is out of date', { problems: ['x'] }, 1, '1 waiver is invalid or out of date'],
  ['two waivers are', { problems: ['x', 'y'] }, 1, '2 waivers are invalid or out of date'],
  [
    'a case ended in an error and a waiver is out of date',
    { cases: [error], problems: ['x'] },
    3,
    '1 case ended in an error, so the result is unknown',
  ],
  [
    'there is advice and the run is strict',
    { cases: [advised], strict: true },
    1,
    '1 piece of advice, and the run is strict',
  ],
  ['there is more advice', { cases: [advised, advised], strict: true }, 1, '2 pieces of advice, and the run is strict'],
  ['the run is strict without advice', { strict: true }, 0, 'the contract held'],
  ['responses stayed unproved', { coverage: unproved }, 4, 'nothing proved 412, 5XX'],
  ['everything was skipped', { cases: [skip, skip] }, 4, 'every case was skipped, so nothing is proved'],
  [
    'many were skipped for one reason',
    { cases: [pass, pass, pass, pass, skip, skip] },
    4,
    '2 of 6 cases were skipped for one reason: there is no state',
  ],
  ['a quarter was skipped for one reason', { cases: [pass, pass, pass, skip] }, 0, 'the contract held'],
  ['many were skipped, as such a target does', { cases: [pass, fixtures, fixtures, exempt] }, 0, 'the contract held'],
  ['the run was interrupted', { interrupted: true, of: 9 }, 130, 'the run was interrupted after 1 of 9 cases'],
  [
    'a run of a selection was interrupted',
    { interrupted: true, of: 122, selected: 9 },
    130,
    'the run was interrupted after 1 of 9 cases (of 122); 8 cases did not run',
  ],
  ['a part of the cases ran', { of: 9 }, 0, 'the contract held in 1 of 9 cases'],
] as const)('where %s', ([, over, exit, because]) => {
  expect(outcome(over)).toMatchObject({ exit, because });
});

it('the worst that is known decides', () => {
  const all = { interrupted: true, leftovers: ['index a'], problems: ['stale'], strict: true, coverage: unproved };
  const some = [fail, error, advised];
  expect(outcome({ ...all, cases: some }).exit).toBe(130);
  expect(outcome({ ...all, interrupted: false, cases: [] }).exit).toBe(2);
  expect(outcome({ ...all, interrupted: false, cases: some }).because).toBe('1 case violated the contract');
  expect(outcome({ ...all, interrupted: false, cases: [error, advised] }).because).toBe(
    '1 case ended in an error, so the result is unknown',
  );
  expect(outcome({ ...all, interrupted: false }).because).toBe('1 resource could not be cleaned up');
  expect(outcome({ ...all, interrupted: false, leftovers: [] }).because).toBe('1 waiver is invalid or out of date');
  const rest = { strict: true, coverage: unproved, cases: [advised] };
  expect(outcome(rest).because).toBe('1 piece of advice, and the run is strict');
  expect(outcome({ ...rest, cases: [pass] }).because).toBe('nothing proved 412, 5XX');
  expect(outcome({ ...rest, cases: [skip] }).because).toBe('nothing proved 412, 5XX');
});

it('names stale waivers and leftovers, whatever the exit code', () => {
  const problems = ['waivers.yaml:3: expired'];
  const leftovers = ['index pcc-1'];
  for (const over of [{ cases: [pass, fail, error] }, {}, { interrupted: true }]) {
    expect(outcome({ ...over, problems, leftovers }).problems).toEqual([
      'waivers.yaml:3: expired',
      'left behind: index pcc-1',
    ]);
  }
  expect(outcome({}).problems).toEqual([]);
});

it.for([
  [[], 0],
  [[0, 4], 4],
  [[4, 2, 3], 3],
  [[3, 1], 1],
  [[1, 130], 130],
] as const)('the gravest of %j is %i', ([exits, gravest]) => {
  expect(gravestExit(exits)).toBe(gravest);
});
