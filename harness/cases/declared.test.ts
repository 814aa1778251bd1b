import { expect, it } from 'vitest';
import type { Case, Send } from '../model/case.ts';
import { declaredCases } from './declared.ts';
import { operationOf, recipesOf, removeItem, suiteOf } from '../testing/shop-suite.ts';

const text = { type: 'string' };
const named = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { value: `body of ${name}` }]));

it.for([
  ['a response without content', { '204': { description: 'Gone' } }, ['remove_item/204/no-content']],
  [
    'one named example',
    { '404': { description: 'None', content: { 'application/json': { schema: text, examples: named('none') } } } },
    ['remove_item/404/application-json/none'],
  ],
  [
    'two named examples',
    { '404': { description: 'None', content: { 'application/json': { schema: text, examples: named('a', 'b') } } } },
    ['remove_item/404/application-json/a', 'remove_item/404/application-json/b'],
  ],
  [
    'two examples of which one has the name that the other one would get',
    {
      '404': {
        description: 'None',
        content: { 'application/json': { schema: text, examples: named('a b', 'a-b-2', 'a-b') } },
      },
    },
    [
      'remove_item/404/application-json/a-b',
      'remove_item/404/application-json/a-b-2',
      'remove_item/404/application-json/a-b-3',
    ],
  ],
  [
    'several media types',
    {
      '200': {
        description: 'Done',
        content: { 'application/json': { schema: text, examples: named('a') }, 'text/plain; charset=utf-8': {} },
      },
    },
    ['remove_item/200/application-json/a', 'remove_item/200/text-plain-charset-utf-8/any'],
  ],
  [
    'ranges and default',
    { '4XX': { description: 'Yours' }, '5XX': { description: 'Ours' }, default: { description: 'Else' } },
    ['remove_item/4XX/no-content', 'remove_item/5XX/no-content', 'remove_item/default/no-content'],
  ],
] as const)('%s: %j gives %j', ([, responses, ids]) => {
  const operation = operationOf({ operationId: 'remove_item', responses });
  expect(declaredCases(operation, recipesOf()).map((one) => one.id)).toEqual(ids);
});

it('is one step that promises the response, its media type and its example', () => {
  const operation = operationOf(removeItem);
  const one = caseOf(declaredCases(operation, suiteOf()), 'remove_item/404/application-json/no-such-item');
  const response = operation.responses.find(({ key }) => key === '404');
  const media = response?.media[0];
  expect(one).toMatchObject({
    kind: 'declared',
    severity: 'violation',
    title: '404 No such item',
    requirement:
      'DELETE /items/{item_id} answers 404 with a body of application/json that fits its schema: No such item',
    needs: [{ state: 'no such item', as: { item_id: 'item_id' }, consumes: false }],
    at: media?.examples[0]?.at,
  });
  expect(one.steps).toEqual([
    {
      kind: 'send',
      name: 'remove_item',
      request: { method: 'DELETE', path: '/items/{item_id}', headers: [], credential: 'valid' },
      expectation: { kind: 'declared', response, media, example: media?.examples[0] },
    },
  ]);
  expect(one.at.pointer).toMatch(/\/404\/content\/application~1json\/examples\/no-such-item\b/);
});

it('a response without content promises none, at the line of the response', () => {
  const operation = operationOf(removeItem);
  const one = caseOf(declaredCases(operation, suiteOf()), 'remove_item/202/no-content');
  expect(one.requirement).toBe('DELETE /items/{item_id} answers 202 with no content: Accepted');
  expect(one.at).toEqual(operation.responses[0]?.at);
  expect(one.needs).toEqual([{ state: 'an item', as: { item_id: 'item_id' }, consumes: true }]);
  expect(one.response?.key).toBe('202');
});

it('a description of several lines is one line of a title', () => {
  const responses = { '202': { description: ' Accepted.\n\n  * gone\tsoon\n' } };
  const [one] = declaredCases(operationOf({ operationId: 'remove_item', responses }), recipesOf('202'));
  expect(one?.title).toBe('202 Accepted. * gone soon');
  expect(one?.requirement).toBe('DELETE /items/{item_id} answers 202 with no content: Accepted. * gone soon');
});

it('the recipe says which key is shown', () => {
  const cases = declaredCases(operationOf(removeItem), suiteOf());
  expect(cases.map((one) => sendOf(one).request.credential)).toEqual(['valid', 'wrong', 'valid', 'valid']);
});

it('a response that no recipe provokes is a case that says so, and not a missing one', () => {
  const suite = recipesOf('202', '401', '404');
  const one = caseOf(declaredCases(operationOf(removeItem), suite), 'remove_item/409/application-json');
  expect(one.unprovoked).toBe(
    `no recipe for 409 in ${suite.file}: write '409': { state: …, request: … } below recipes: in it, or defaults: true, which tries from the document what no recipe says`,
  );
  expect(one.needs).toEqual([]);
});

it('a recipe that is there leaves nothing unprovoked, and hands on its exemption', () => {
  const exempt = { on: ['live'], reason: 'cannot be had from outside' };
  const suite = suiteOf({ recipes: { '202': { state: 'an item', exempt } }, roles: {} });
  const [first] = declaredCases(operationOf(removeItem), suite);
  expect(first?.exempt).toEqual(exempt);
  expect(first).not.toHaveProperty('unprovoked');
  const [other] = declaredCases(operationOf(removeItem), suiteOf());
  expect(other).not.toHaveProperty('exempt');
});

it('the state gives a value for each parameter of the path, and for no other', () => {
  const operation = operationOf(removeItem, {
    route: 'DELETE /shops/{shop}/items/{item_id}',
    parameters: [{ name: 'dry', in: 'query', schema: { type: 'boolean' } }],
  });
  const [first] = declaredCases(operation, recipesOf('202'));
  expect(first?.needs[0]?.as).toEqual({ shop: 'shop', item_id: 'item_id' });
});

it('asks for a media type only where the server could choose another one', () => {
  const content = { 'application/json': { schema: text }, 'application/xml': { schema: text } };
  const operation = operationOf({
    operationId: 'remove_item',
    responses: { '200': { description: 'Done', content }, '404': removeItem.responses['404'] },
  });
  const asked = declaredCases(operation, recipesOf('200', '404')).map((one) => sendOf(one).request.headers);
  expect(asked).toEqual([[['Accept', 'application/json']], [['Accept', 'application/xml']], []]);
});

function caseOf(cases: readonly Case[], start: string): Case {
  const found = cases.find((one) => one.id.startsWith(start));
  if (found === undefined) throw new Error(`no case ${start} among ${cases.map((one) => one.id).join(', ')}`);
  return found;
}

function sendOf(one: Case): Send {
  const [step] = one.steps;
  if (step?.kind !== 'send') throw new Error(`${one.id} sends nothing`);
  return step;
}
