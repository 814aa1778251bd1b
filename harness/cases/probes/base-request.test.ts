import { describe, expect, it } from 'vitest';
import { operationOf, removeItem, suiteOf } from '../../testing/shop-suite.ts';
import type { Case, Send } from '../../model/case.ts';
import { casesOf } from '../cases.ts';

const schema = {
  type: 'object',
  required: ['size'],
  properties: { size: { type: 'integer' }, of: { type: 'string' } },
};
const operation = operationOf(
  {
    ...removeItem,
    operationId: 'patch_item',
    requestBody: { required: true, content: { 'application/json': { schema } } },
  },
  {
    route: 'PATCH /items/{item_id}',
    parameters: [{ name: 'zone', in: 'query', required: true, schema: { type: 'string', enum: ['a', 'b'] } }],
  },
);

function probesWith(request: object, changes: object = {}): readonly Case[] {
  const recipes = {
    '202': { state: 'an item', consumes: true, request },
    '401': { state: 'no such item', credential: 'wrong' },
    '404': { state: 'no such item' },
    '409': { state: 'an item in use' },
  };
  const suite = suiteOf({ operation: 'patch_item', recipes, ...changes });
  return casesOf(operation, suite).filter(({ kind }) => kind === 'probe');
}

const sendsOf = (cases: readonly Case[]): readonly Send[] =>
  cases.flatMap(({ steps }) => steps.filter((step): step is Send => step.kind === 'send'));

const stays = (cases: readonly Case[]): Send | undefined =>
  sendsOf(cases.filter(({ id }) => id.endsWith('/effect/locked-stays')))[0];

describe('the requests of probes', () => {
  it('are what the recipe of the accepted response says', () => {
    const first = stays(probesWith({ query: { zone: 'b' }, body: { size: 7 }, headers: { 'X-Trace': 'on' } }));
    expect(first?.request.body).toBe('{"size":7}');
    expect(first?.request.encodedQuery).toEqual(['zone=b']);
    expect(first?.request.headers).toEqual(
      expect.arrayContaining([
        ['X-Trace', 'on'],
        ['Content-Type', 'application/json'],
      ]),
    );
    expect(first?.request.path).toBe('/items/{item_id}');
  });

  it('are the plain ones where the recipe says none, or needs a value that not every state of the probes gives', () => {
    const plain = stays(probesWith({ body: { size: 7 } }, { roles: {}, resource: undefined }));
    expect(plain).toBeUndefined();
    const other = stays(probesWith({ query: { zone: '{zone}' }, body: { size: 7, of: '{made}' } }));
    expect(other?.request.body).toBe('{"size":0,"of":"string"}');
    expect(other?.request.encodedQuery).toEqual(['zone=a']);
    const fresh = stays(probesWith({ body: { size: 7, of: '{unique_word} of {item_id}' } }));
    expect(fresh?.request.body).toBe('{"size":7,"of":"{unique_word} of {item_id}"}');
  });

  it('take the resource from the value that the recipe of its state names', () => {
    const cases = probesWith({ path: { item_id: '{item}' }, body: { size: 7 } });
    const goes = cases.find(({ id }) => id.endsWith('/effect/goes'));
    expect(goes?.needs[0]?.as).toEqual({ item: 'item_id' });
    expect(sendsOf(cases).every(({ request }) => !request.path.includes('{item}'))).toBe(true);
  });
});
