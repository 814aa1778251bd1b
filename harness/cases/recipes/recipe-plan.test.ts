import { expect, it } from 'vitest';
import type { RecipeRequest } from '../../model/recipe.ts';
import type { WireRequest } from '../../model/exchange.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { documentOf, head, refusal } from '../../testing/documents/document-folder.ts';
import { renderRequest } from '../render-request.ts';
import { defaultSuite } from '../suite.ts';
import { recipePlan } from './recipe-plan.ts';

const paths = `${head()}paths:
  /a/{id}:
    post:
      operationId: send
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: list, in: query, required: true, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string } }, example: [x] }
        - { name: filter, in: query, style: deepObject, explode: true, schema: { type: object } }
        - { name: X-Must, in: header, required: true, schema: { type: string }, example: must }
      requestBody:
        content:
          application/json: { schema: { type: object }, example: { usual: true } }
          application/x-www-form-urlencoded: { schema: { type: object } }
          application/xml: { schema: { type: object, xml: { name: a }, properties: { name: { type: string } } } }
          application/x-ndjson: { schema: { type: object } }
          text/plain: { schema: { type: string } }
      responses: { '200': { description: x } }
`;

const values = { id: 'a/b', name: 'say "x" & <y>', count: '3', deep: '{"a":[1]}' };

async function sent(request: RecipeRequest, headers: Readonly<Record<string, string>> = {}): Promise<WireRequest> {
  const operation = findOperation(await documentOf(paths), 'send');
  const suite = { ...defaultSuite(operation), headers };
  const plan = recipePlan(operation, request, { suite, at: ['recipes', '200', 'request'] });
  const rendered = renderRequest({ plan, values, key: 'key_0123456789', operation });
  if ('reason' in rendered) throw new Error(rendered.reason);
  return rendered;
}

it.each([
  ['the plain request without a word', {}, '/a/a%2Fb?list=x', '{"usual":true}'],
  ['a part of the path', { path: { id: 'x {name}' } }, '/a/x%20say%20%22x%22%20%26%20%3Cy%3E?list=x', undefined],
  ['an id in another spelling', { path: { id: '{id|upper}' } }, '/a/A%2FB?list=x', undefined],
  ['a list in its style', { query: { list: ['{id}', 'c d'] } }, '/a/a%2Fb?list=a%2Fb%7Cc%20d', undefined],
  ['an object in its style', { query: { filter: { n: '{count}' } } }, '/a/a%2Fb?list=x&filter%5Bn%5D=3', undefined],
  ['nothing for null', { query: { list: null }, body: null }, '/a/a%2Fb', ''],
  [
    'JSON with text, number and object',
    { body: { text: '{name}', n: '{count|json}', of: ['{deep|json}'], plain: '{ x }' } },
    '/a/a%2Fb?list=x',
    String.raw`{"text":"say \"x\" & <y>","n":3,"of":[{"a":[1]}],"plain":"{ x }"}`,
  ],
  [
    'a form',
    { mediaType: 'application/x-www-form-urlencoded', body: { a: '{name}' } },
    '/a/a%2Fb?list=x',
    'a=say%20%22x%22%20%26%20%3Cy%3E',
  ],
  [
    'XML',
    { mediaType: 'application/xml', body: { name: '{name}' } },
    '/a/a%2Fb?list=x',
    '<name>say &#34;x&#34; &#38; &#60;y&#62;</name>',
  ],
  [
    'NDJSON',
    { mediaType: 'application/x-ndjson', body: [{ a: '{name}' }, { n: '{count|json}' }] },
    '/a/a%2Fb?list=x',
    '{"a":"say \\"x\\" & <y>"}\n{"n":3}\n',
  ],
  ['a text', { mediaType: 'text/plain', body: 'of {name}' }, '/a/a%2Fb?list=x', 'of say "x" & <y>'],
  ['broken JSON', { text: '{ "a": "{name}' }, '/a/a%2Fb?list=x', String.raw`{ "a": "say \"x\" & <y>`],
] as const satisfies readonly (readonly [string, RecipeRequest, string, string | undefined])[])(
  'writes %s',
  async (_, request, path, body) => {
    const rendered = await sent(request);
    expect(rendered.path).toBe(path);
    if (body !== undefined) expect(rendered.body ?? '').toContain(body);
  },
);

it('replaces headers in any spelling, and leaves out those of null', async () => {
  const { headers } = await sent(
    { headers: { 'x-must': null, 'x-own': '{count} of {version}', 'X-Number': 5 } },
    { 'X-Own': 'suite', 'X-Suite': '{version}' },
  );
  expect(headers).toEqual([
    ['X-Suite', '1'],
    ['x-own', '3 of 1'],
    ['X-Number', '5'],
    ['Content-Type', 'application/json'],
  ]);
});

it('is not sent where the target gives no such value', async () => {
  expect(await refusal(sent({ body: { a: '{other}' } }))).toContain('the arranged state gives no value "other"');
});
