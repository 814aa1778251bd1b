import { describe, expect, it } from 'vitest';
import { cleanUpOf } from '../../cases/defaults/made.ts';
import type { Exchange } from '../../model/exchange.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { documentOf } from '../../testing/documents/document-folder.ts';
import { whyNotOwn } from './own.ts';

const thing = `content: { application/json: { schema: { type: object, properties: { id: { type: string }, label: { type: string } } } } }`;
const item = `
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    delete: { responses: { '204': { description: Deleted } } }`;
const reading = `
    get: { responses: { '200': { description: The thing, ${thing} } } }`;
const start = `openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    post: { requestBody: { ${thing} }, responses: { '201': { description: Made, ${thing} } } }`;

const mark = '0b2f6f0e-9d1c-4a8e-8f5b-1c2d3e4f5a6b';
const own = { id: '7', label: `x-${mark}` };
const foreign = { id: '7', label: 'theirs' };

interface Told {
  readonly status: number;
  readonly body?: object;
}

function exchangeOf(path: string, { status, body }: Told, sent?: object): Exchange {
  const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
  const request = { method: sent === undefined ? 'GET' : 'POST', url: `https://api.example${path}`, headers: [] };
  return {
    request: { ...request, ...(sent === undefined ? {} : { body: JSON.stringify(sent) }) },
    response: { status, headers: [], body: bytes },
  } as unknown as Exchange;
}

/** What is said of the thing that a POST was answered with, by a server that answers each GET with the next of `reads`. */
async function judged(
  made: object,
  reads: readonly Told[],
  { document = `${start}${item}${reading}`, sent = { label: own.label } }: { document?: string; sent?: object } = {},
): Promise<string | undefined> {
  const undo = cleanUpOf(findOperation(await documentOf(document), 'POST /things'), [])?.undo;
  if (undo === undefined) throw new Error('the document has a DELETE');
  const left = [...reads];
  return whyNotOwn({
    exchange: exchangeOf('/things', { status: 201, body: made }, sent),
    unique: [mark],
    values: { id: '7' },
    item: undo,
    send: () => Promise.resolve(exchangeOf('/things/7', left.shift() ?? { status: 500 })),
  });
}

describe('what a request made on a shared host', () => {
  it('is of this run where reading it shows a value that only this run can have sent', async () => {
    expect(await judged(own, [{ status: 200, body: own }])).toBeUndefined();
    expect(await judged({ id: '7' }, [{ status: 404 }, { status: 200, body: own }])).toBeUndefined();
  });

  it('is of this run where the document has no GET and the response shows the value beside the id', async () => {
    expect(await judged(own, [], { document: `${start}${item}` })).toBeUndefined();
  });

  it.each<readonly [string, () => Promise<string | undefined>, string]>([
    ['reading shows somebody’s', () => judged(own, [{ status: 200, body: foreign }]), 'GET /things/7 does not show'],
    ['reading is refused', () => judged(own, [{ status: 403 }]), 'GET /things/7 was answered 403'],
    ['nothing can be read', () => judged(foreign, [], { document: `${start}${item}` }), 'the response does not show'],
    ['nothing of its own was sent', () => judged(own, [], { sent: { label: 'a' } }), 'sends no value of its own'],
  ])('is not shown to be where %s', async (_, why, words) => {
    expect(await why()).toContain(words);
  });
});
