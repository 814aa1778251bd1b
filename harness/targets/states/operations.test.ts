import { describe, expect, it } from 'vitest';
import { suiteArrangement } from '../../cases/recipes/suite-states.ts';
import { loadSuite } from '../../cases/suite.ts';
import type { Arrangement } from '../../model/case.ts';
import type { Exchange, WireRequest } from '../../model/exchange.ts';
import { documentOf, folderOf, refusal } from '../../testing/documents/document-folder.ts';
import { indexDocument } from '../../testing/servers/index-server.ts';
import { noStates } from './none.ts';
import { withOperations } from './operations.ts';
import type { StateProvider } from './provider.ts';

const steps = `
      - { operation: create_index, request: { headers: { X-Api-Version: '1' } }, take: { index_name: /name, size: /dimension } }
      - { operation: describe_index, take: { ready: /status/ready } }`;

async function arrangementOf(text = steps): Promise<Arrangement> {
  const folder = folderOf({
    'suite.yaml': `suite: s\nversion: 1.0.0\noperation: describe_index\nstates:\n  an index:\n    steps:${text}\nrecipes: { '200': { state: an index } }\n`,
  });
  const arrangement = suiteArrangement(await documentOf(indexDocument), loadSuite(folder), 'an index');
  if (arrangement === undefined) throw new Error('the suite has the state');
  return arrangement;
}

interface Server {
  readonly sent: WireRequest[];
  readonly states: StateProvider;
}

/** A provider over a server that gives these answers by method; without one it answers 404. */
function serverOf(
  answers: Readonly<Record<string, { readonly status: number; readonly body?: unknown }>>,
  mayCreate: true | { readonly reason: string } = true,
): Server {
  const sent: WireRequest[] = [];
  const send = (request: WireRequest): Promise<Exchange> => {
    sent.push(request);
    const { status, body } = answers[request.method] ?? { status: 404 };
    const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
    return Promise.resolve({
      request: { ...request, url: `http://server.example${request.path}` },
      response: { status, headers: [], body: bytes },
    } as unknown as Exchange);
  };
  return { sent, states: withOperations(noStates(), { key: 'key_0123456789', send, mayCreate }) };
}

const index = { name: 'a/b "c"', dimension: 3, status: { ready: false } };
const works = { POST: { status: 201, body: index }, GET: { status: 200, body: index }, DELETE: { status: 202 } };
const shown = (sent: readonly WireRequest[]): readonly string[] => sent.map(({ method, path }) => `${method} ${path}`);

describe('a state that steps of a suite arrange', () => {
  it('takes values of any type and what it made is deleted by the operation of the document', async () => {
    const { states, sent } = serverOf(works);
    const arranged = await states.arrange('an index', { consumes: true, arrangement: await arrangementOf() });
    expect(arranged.values).toEqual({ index_name: 'a/b "c"', size: '3', ready: 'false' });
    await arranged.release({ untouched: false });
    const path = '/indexes/a%2Fb%20%22c%22';
    expect(shown(sent)).toEqual(['POST /indexes', `GET ${path}`, `DELETE ${path}`]);
    expect(await states.close()).toEqual([]);
  });

  it('is made on a host that is not this machine only with leave', async () => {
    const arrangement = await arrangementOf();
    const { states, sent } = serverOf(works, { reason: 'takes --allow-create' });
    expect(states.can('an index', arrangement)).toEqual({ reason: 'takes --allow-create' });
    expect(await refusal(states.arrange('an index', { consumes: false, arrangement }))).toContain(
      'takes --allow-create',
    );
    expect(sent).toEqual([]);
  });

  it('takes away what was made where a later step fails', async () => {
    const { states, sent } = serverOf({ ...works, GET: { status: 500 } });
    const arrangement = await arrangementOf();
    const message = await refusal(states.arrange('an index', { consumes: false, arrangement }));
    expect(message).toContain('GET /indexes/{index_name} was answered 500');
    expect(shown(sent).at(-1)).toMatch(/^DELETE /);
  });

  it('is not there, and nothing is left of it, where a call does not get the answer that it waits for', async () => {
    const { states, sent } = serverOf(works);
    const arrangement = await arrangementOf(
      steps.replace('take: { ready: /status/ready }', 'until: { body: { /status/ready: true }, withinMs: 60 }'),
    );
    expect(await refusal(states.arrange('an index', { consumes: false, arrangement }))).toContain(
      'GET /indexes/{index_name} was to the end of 60 ms answered with /status/ready false, not true',
    );
    expect(shown(sent).filter((line) => line.startsWith('GET')).length).toBeGreaterThan(1);
    expect(shown(sent).at(-1)).toMatch(/^DELETE /);
  });

  it('may wait for a refusal, too', async () => {
    const { states } = serverOf({ ...works, GET: { status: 404 } });
    const arrangement = await arrangementOf(steps.replace('take: { ready: /status/ready }', 'until: { status: 404 }'));
    const { values } = await states.arrange('an index', { consumes: false, arrangement });
    expect(values).toMatchObject({ size: '3' });
  });

  it.each([
    [
      steps.replace('take: { index_name', 'until: { status: 201 }, take: { index_name'),
      'each POST may change something',
    ],
    [steps.replace('take: { ready: /status/ready }', 'until: { body: { /status/red: true } }'), 'has no "red" there'],
    [steps.replace('take: { ready: /status/ready }', 'until: {}'), 'until'],
  ])('is refused where it could not wait: %#', async (text, words) => {
    expect(await refusal(arrangementOf(text))).toContain(words);
  });

  it('names what is left where nothing takes it away', async () => {
    const { states } = serverOf({ ...works, DELETE: { status: 403 } });
    const arranged = await states.arrange('an index', { consumes: false, arrangement: await arrangementOf() });
    await arranged.release({ untouched: true });
    expect(await states.close()).toEqual([expect.stringContaining('DELETE /indexes/{index_name} was answered 403')]);
  });

  it('may not change what it only found', async () => {
    const { states } = serverOf(works);
    const arrangement = await arrangementOf(
      '\n      - { operation: describe_index, request: { path: { index_name: other } }, take: { index_name: /name } }',
    );
    expect(await refusal(states.arrange('an index', { consumes: true, arrangement }))).toContain(
      'a resource of another user',
    );
    expect(await states.arrange('an index', { consumes: false, arrangement })).toMatchObject({ foreign: true });
  });
});
