import { expect, it } from 'vitest';
import { operationOf } from '../testing/shop-suite.ts';
import type { Expectation } from '../model/case.ts';
import type { DeclaredResponse, MediaType } from '../model/document.ts';
import { mediaTypeFor, responseFor, statusKeyMatches, matchResponse } from './match-response.ts';
import { answer, noAnswer } from '../testing/verdicts.ts';

const content = { 'application/json': {}, 'text/plain': {} };
const { responses } = operationOf({
  responses: {
    '200': { description: 'Done', content },
    '202': { description: 'Accepted' },
    '4XX': { description: 'Yours', content },
    '404': { description: 'None', content },
    default: { description: 'Else', content },
  },
});

function response(key: string): DeclaredResponse {
  const found = responses.find((each) => each.key === key);
  if (found === undefined) throw new Error(`no response ${key}`);
  return found;
}

it.for([
  ['404', 404, true],
  ['404', 405, false],
  ['4XX', 404, true],
  ['4xx', 499, true],
  ['4XX', 500, false],
  ['5XX', 404, false],
  ['default', 404, true],
  ['default', 200, true],
  ['40X', 404, false],
  ['4XX', 40, false],
  ['4XX', 4000, false],
  ['4XXX', 404, false],
  ['14XX', 104, false],
] as const)('%s covers %i: %j', ([key, status, want]) => {
  expect(statusKeyMatches(key, status)).toBe(want);
});

it.for([
  ['the promised one', '404', 404, '404'],
  ['a range', '4XX', 409, '4XX'],
  ['default', 'default', 503, 'default'],
  ['nothing for another status', '404', 202, undefined],
] as const)('a promise of one response: %s', ([, key, status, want]) => {
  const expectation: Expectation = { kind: 'declared', response: response(key) };
  expect(matchResponse(expectation, answer(status)).response?.key).toBe(want);
});

it.for([
  ['one-of', 404, '404'],
  ['one-of', 409, '4XX'],
  ['one-of', 503, 'default'],
  ['one-of-or-4xx', 404, '404'],
  ['one-of-or-4xx', 202, '202'],
  ['one-of-or-4xx', 500, 'default'],
] as const)('a promise of several (%s): %i is held against the most exact, %s', ([kind, status, want]) => {
  for (const order of [responses, [...responses].reverse()]) {
    expect(matchResponse({ kind, responses: order }, answer(status)).response?.key).toBe(want);
  }
});

it.for([
  ['text/html', 404, undefined],
  [undefined, 404, undefined],
  ['application/json; charset=utf-8', 404, '404'],
  [undefined, 202, '202'],
] as const)('what a front end labels %s with %i is held against %s', ([label, status, want]) => {
  const expectation: Expectation = { kind: 'one-of-or-4xx', responses, byFrontEnd: true };
  const headers = label === undefined ? [] : [['Content-Type', label] as const];
  expect(matchResponse(expectation, answer(status, '', headers)).response?.key).toBe(want);
});

it('a status that none of several stands for is held against nothing', () => {
  expect(matchResponse({ kind: 'one-of', responses: [response('202'), response('404')] }, answer(500))).toEqual({});
});

it.for([
  ['what it says', 'text/plain', 'text/plain'],
  ['what it says, with parameters and in capitals', ' TEXT/Plain ; charset=utf-8', 'text/plain'],
  ['the first where it says something else', 'text/html', 'application/json'],
  ['the first where it says nothing', undefined, 'application/json'],
] as const)('the media type is %s', ([, label, want]) => {
  const exchange = answer(
    404,
    '',
    label === undefined
      ? [['x', 'y']]
      : [
          ['x', 'application/xml'],
          ['content-TYPE', label],
        ],
  );
  expect(matchResponse({ kind: 'declared', response: response('404') }, exchange).media?.type).toBe(want);
  expect(matchResponse({ kind: 'one-of', responses }, exchange).media?.type).toBe(want);
});

it('the media type of the promise comes first', () => {
  const [media] = response('404').media;
  if (media === undefined) throw new Error('no media type');
  const exchange = answer(404, '', [['Content-Type', 'text/plain']]);
  expect(matchResponse({ kind: 'declared', response: response('404'), media }, exchange).media).toBe(media);
});

it('a response without content has no media type', () => {
  const exchange = answer(202, '', [['Content-Type', 'text/plain']]);
  expect(matchResponse({ kind: 'declared', response: response('202') }, exchange)).toStrictEqual({
    response: response('202'),
  });
  expect(matchResponse({ kind: 'one-of', responses }, exchange)).toStrictEqual({
    response: response('202'),
  });
});

it.for([{ kind: 'rejected' }, { kind: 'not-5xx' }] as const)(
  'a promise about the class of the status is about no response: $kind',
  (expectation) => {
    expect(matchResponse(expectation, answer(404))).toEqual({});
  },
);

it('what never came is held against nothing', () => {
  for (const expectation of [
    { kind: 'one-of', responses },
    { kind: 'declared', response: response('default') },
  ] as const) {
    expect(matchResponse(expectation, noAnswer)).toEqual({});
  }
});

function declared(types: readonly string[]): readonly MediaType[] {
  return types.map((type) => ({ type, examples: [], at: { file: 'x', pointer: '', line: 1 } }));
}

it.for([
  ['application/json', ['text/plain', 'application/*'], 'application/*'],
  ['application/json', ['*/*', 'application/*', 'application/json'], 'application/json'],
  ['application/json', ['*/*', 'application/*'], 'application/*'],
  ['text/plain', ['*/*', 'application/*'], '*/*'],
  ['application/json; v=2', ['application/json', 'application/json; v=2'], 'application/json; v=2'],
  ['application/json; v=1', ['application/json; v=2', 'application/json'], 'application/json'],
  ['application/json; v=2', ['application/*; v=2', 'application/json'], 'application/json'],
  [
    'Application/JSON;charset=utf-8',
    ['application/json;charset=utf-8', 'application/json'],
    'application/json;charset=utf-8',
  ],
  ['text/html', ['application/json', 'text/plain'], undefined],
  ['no media type', ['*/*'], undefined],
  [undefined, ['*/*'], undefined],
] as const)('%s falls, of %j, under %s', ([given, types, want]) => {
  expect(mediaTypeFor(declared(types), given)?.type).toBe(want);
});

it('a body in a type of a declared range is matched to the range', () => {
  const { responses: ranged } = operationOf({
    responses: { '404': { description: 'None', content: { 'text/plain': {}, 'application/*': {} } } },
  });
  const exchange = answer(404, '{}', [['Content-Type', 'application/json']]);
  const match = matchResponse({ kind: 'one-of-or-4xx', responses: ranged, byFrontEnd: true }, exchange);
  expect(match.media?.type).toBe('application/*');
});

it.for([
  [404, '404'],
  [409, '4XX'],
  [503, 'default'],
] as const)('%i is declared by %s', ([status, want]) => {
  expect(responseFor(responses, status)?.key).toBe(want);
  expect(responseFor([], status)).toBeUndefined();
});
