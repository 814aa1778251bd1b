import { expect, it } from 'vitest';
import type { Json } from '../../model/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { documentOf, head } from '../../testing/documents/document-folder.ts';
import { renderRequest } from '../render-request.ts';
import { type Draft, planOf, requiredDraft } from './draft.ts';
import { freshDraft, freshLike } from './fresh-draft.ts';
import { uniqueValues } from './fresh.ts';

const uuid = '3f2b8c1e-9d44-4c06-8a57-0d9c1b2e7f60';
const { unique_word: word = '' } = uniqueValues(uuid);

/** The body of a creation whose body has this schema and this example, and of a wrong one. */
async function bodies(
  schema: string,
  example: string,
  { wrong = {}, type = 'application/json', status = '201' }: { wrong?: Json; type?: string; status?: string } = {},
): Promise<readonly [sent: string, wrong: string]> {
  const text = `${head()}paths:
  /things:
    post:
      operationId: make
      requestBody: { content: { ${type}: { schema: { type: object, ${schema} }, example: ${example} } } }
      responses: { '${status}': { description: made } }
`;
  const operation = findOperation(await documentOf(text), 'make');
  const valid = requiredDraft(operation);
  const sent = (draft: Draft): string => {
    const request = renderRequest({ plan: planOf(operation, draft), values: uniqueValues(uuid), key: 'k', operation });
    if ('reason' in request) throw new Error(request.reason);
    return request.body ?? '';
  };
  const [media] = operation.requestBody?.content ?? [];
  if (media === undefined) throw new Error('it takes a body');
  return [
    sent(freshDraft(operation, valid)),
    sent(freshLike(operation, valid, { ...valid, body: { media, value: wrong } })),
  ];
}

const size = 'properties: { size: { type: integer }';

it.each([
  ['a text', `${size}, description: { type: string } }`, `"description":"${uuid}"`],
  ['a short text', `${size}, note: { type: string, maxLength: 12 } }`, `"note":"x-${word}"`],
  ['a list of texts', `${size}, tags: { type: array, items: { type: string } } }`, `"tags":["${uuid}"]`],
  ['an object of any texts', `${size}, metadata: { type: object } }`, `"metadata":{"run":"${uuid}"}`],
  ['nothing where it is for reading', `${size}, title: { type: string, readOnly: true } }`, '{"size":5}'],
  ['nothing where no text fits', `${size}, tags: { type: array, items: { type: integer } } }`, '{"size":5}'],
  [
    'nothing where one excludes another',
    `${size}, note: { type: string } }, not: { required: [size, note] }`,
    '{"size":5}',
  ],
  ['nothing beside a name', `${size}, name: { type: string }, note: { type: string } }`, `{"size":5,"name":"${uuid}"}`],
])('a creation sends as a value of its own %s', async (_, schema, words) => {
  const [sent] = await bodies(schema, words.includes('"name"') ? '{ size: 5, name: x }' : '{ size: 5 }');
  expect(sent).toContain(words);
});

it('adds nothing to a request that makes nothing', async () => {
  expect(await bodies(`${size}, note: { type: string } }`, '{ size: 5 }', { status: '200' })).toContain('{"size":5}');
});

it('sends the value in the encoding of a form', async () => {
  const form = { type: 'application/x-www-form-urlencoded' };
  const [sent] = await bodies(`${size}, note: { type: string } }`, '{ size: 5 }', form);
  expect(sent).toBe(`size=5&note=${uuid}`);
});

it('gives a wrong request the same value, where it stays wrong', async () => {
  const schema = `${size}, note: { type: string } }`;
  const wrong = { size: 'x' };
  expect((await bodies(schema, '{ size: 5 }', { wrong }))[1]).toBe(`{"size":"x","note":"${uuid}"}`);
  const few = `required: [size], minProperties: 2, properties: { size: { type: integer }, a: { type: integer }, note: { type: string } }`;
  expect((await bodies(few, '{ size: 5, a: 1 }', { wrong: { size: 5 } }))[1]).toBe('{"size":5}');
});
