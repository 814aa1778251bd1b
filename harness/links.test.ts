import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Contract, loadContract, loadContracts } from './contract.ts';
import type { RunRecord } from './model/record.ts';
import { folderOf, refusal } from './testing/documents/document-folder.ts';
import { openOrderServer, orderDocument, orderKey, type OrderServer } from './testing/servers/order-server.ts';
import { liveTarget } from './targets/live/live.ts';
import { mockTarget } from './targets/mock.ts';
import { verifyContract } from './verify.ts';

const suite = `suite: get_receipt
version: 1.0.0
operation: get_receipt
spec: ./openapi.yaml
states:
  a receipt:
    steps:
      - { operation: create_order, request: { body: { item: 'x-{unique_word}', total: 12 } } }
      - { follow: PayOrder }
      - { follow: Receipt, take: { amount: /amount } }
      - { follow: GetOrder, take: { ref: /ref } }
  a receipt that is paid by halves:
    steps:
      - { operation: create_order, request: { body: { item: 'x-{unique_word}', total: 12 } } }
      - { follow: PayOrder, request: { query: { currency: null }, body: { amount: 6 } }, take: { id: /receipt/no } }
recipes:
  '200': { state: a receipt that is paid by halves }
  '404': { state: a receipt, request: { path: { id: 'none-{ref}-{amount}' } } }
`;

function load(text = suite, document = orderDocument): Promise<Contract> {
  return loadContract(undefined, { suite: folderOf({ 'suite.yaml': text, 'openapi.yaml': document }) });
}

async function runOn({ origin }: OrderServer, text = suite): Promise<RunRecord> {
  const contract = await load(text);
  const target = await liveTarget({ url: origin, key: orderKey, operation: contract.operation });
  return verifyContract({ contract, target, seed: 1 });
}

const coverageOf = ({ coverage, operation }: RunRecord): readonly string[] =>
  coverage.map(({ response, status }) => `${operation.id} ${response} ${status}`);

const failuresOf = ({ cases }: RunRecord): readonly string[] =>
  cases.flatMap(({ id, findings, error }) =>
    [...findings, ...(error === undefined ? [] : [error])].map(({ message }) => `${id}: ${message}`),
  );

describe('a state whose steps follow links', () => {
  it('sends what the links say of the answers, and takes away what it made', async () => {
    const server = await openOrderServer();
    const record = await runOn(server);
    expect(failuresOf(record)).toEqual([]);
    expect(coverageOf(record)).toEqual(['get_receipt 200 proved', 'get_receipt 404 proved']);
    const whole = server.requests.filter((line) => line.includes('"note"'));
    expect(whole[0]).toMatch(/^POST \/orders\/(or-\w{12})\/payments\?currency=EUR \{"amount":12,"note":"for \1"\}$/);
    expect(server.requests).toContainEqual(
      expect.stringMatching(/^GET \/receipts\/re%20%7Bx%7D-\w+\?of=or-\w{12}&marks=12,%7Bx%7D by POST, 201$/),
    );
    expect(server.requests).toContainEqual(expect.stringMatching(/^POST \/orders\/or-\w+\/payments \{"amount":6\}$/));
    expect(server.requests).toContainEqual(expect.stringMatching(/^GET \/receipts\/none-or-\w{12}-12$/));
    expect([...server.orders.keys(), ...server.receipts.keys()]).toEqual([]);
    expect(record.outcome.problems).toEqual([]);
  });

  it.each([
    ['forgets receipts', /GET \/receipts\/\{id\} was answered 404/],
    [
      'answers a payment with 200',
      /POST \/orders\/\{order_no\}\/payments was answered 200, for which the link Receipt is not/,
    ],
  ] as const)('is a skip with a reason where a server %s', async (mistake, words) => {
    const record = await runOn(await openOrderServer(mistake));
    expect(coverageOf(record)).toContain('get_receipt 404 unproved');
    expect(record.cases.map(({ reason }) => reason ?? '').join('\n')).toMatch(words);
  });

  it('shows what is wrong with a server in what follows', async () => {
    const record = await runOn(await openOrderServer('tells the amount as a text'));
    expect(coverageOf(record)).toContain('get_receipt 200 violated');
  });

  const step = (text: string): string => suite.replace('{ follow: Receipt, take: { amount: /amount } }', text);

  it.each([
    [
      'no link of that name',
      step('{ follow: Reciept, take: { amount: /amount } }'),
      orderDocument,
      'Did you mean Receipt?',
    ],
    [
      'a first step',
      suite.replace(/operation: create_order,/, 'follow: GetOrder,'),
      orderDocument,
      'no operation of a step before it',
    ],
    ['both', step('{ follow: Receipt, operation: get_receipt }'), orderDocument, 'suite.yaml'],
    ['neither', step('{ take: { amount: /amount } }'), orderDocument, 'suite.yaml'],
    [
      'a value that the answer lacks',
      step('{ follow: Receipt, take: { amount: /sum } }'),
      orderDocument,
      'has no "sum" there; it has amount',
    ],
    [
      'an operation that is not there',
      suite,
      orderDocument.replace(
        'operationId: pay_order\n      parameters: { order',
        'operationId: pay\n      parameters: { order',
      ),
      'leads to the operation pay, which is not there',
    ],
    [
      'another document',
      suite,
      orderDocument.replace("'#/paths/~1receipts", "'https://other.example/api.yaml#/paths/~1receipts"),
      'an operation of another document',
    ],
    [
      'another server',
      suite,
      orderDocument.replace(
        "      parameters: { order_no: '$resp",
        "      server: { url: 'https://other.example' }\n      parameters: { order_no: '$resp",
      ),
      'only the server of the run is asked',
    ],
    [
      'a wrong expression',
      suite,
      orderDocument.replace("currency: '$response.body#/code'", 'currency: $response.code'),
      'has $response.code, which is no runtime expression',
    ],
    [
      'a wrong parameter',
      suite,
      orderDocument.replace("currency: '$response.body#/code'", 'money: 5'),
      'which is no parameter of it',
    ],
  ])('is refused with its line: %s', async (_, text, document, words) => {
    const message = await refusal(load(text, document));
    expect(message).toContain(words);
    expect(message).toMatch(/suite\.yaml:\d+ /);
  });
});

async function runAll({ origin }: OrderServer, document = orderDocument): Promise<readonly RunRecord[]> {
  const spec = join(folderOf({ 'openapi.yaml': document }), 'openapi.yaml');
  const records: RunRecord[] = [];
  for (const contract of (await loadContracts({ spec, tags: [] })).contracts) {
    const target = await liveTarget({ url: origin, key: orderKey, operation: contract.operation });
    records.push(await verifyContract({ contract, target, seed: 1 }));
  }
  return records;
}

const open = (records: readonly RunRecord[]): readonly string[] =>
  records.flatMap(coverageOf).filter((line) => !line.endsWith(' proved'));

describe('without a suite, the links of a document', () => {
  it('say what names a new resource, so that each response of an honest server is proved', async () => {
    const server = await openOrderServer();
    const records = await runAll(server);
    expect(records.flatMap(failuresOf)).toEqual([]);
    expect(open(records)).toEqual([]);
    expect([...server.orders.keys(), ...server.receipts.keys()]).toEqual([]);
  });

  it('are what does it: without them nothing says it', async () => {
    const server = await openOrderServer();
    const records = await runAll(server, orderDocument.replaceAll(/\n {10}links:(\n {12,}.*)+/g, ''));
    expect(open(records)).toEqual(
      expect.arrayContaining(['get_order 200 unproved', 'cancel_order 204 unproved', 'get_receipt 200 unproved']),
    );
  });

  it('show a server whose answer gives another value', async () => {
    const records = await runAll(await openOrderServer('gives another ref'));
    expect(records.flatMap(failuresOf).join('\n')).toContain('create_order/probe/effect/can-be-read');
  });

  it('are heeded by the mock of any document', async () => {
    const spec = join(folderOf({ 'openapi.yaml': orderDocument }), 'openapi.yaml');
    const records: RunRecord[] = [];
    for (const contract of (await loadContracts({ spec, tags: [] })).contracts) {
      const target = await mockTarget({ document: contract.operation.document });
      records.push(await verifyContract({ contract, target, seed: 1 }));
    }
    expect(records.flatMap(failuresOf)).toEqual([]);
    expect(open(records)).toEqual([]);
    const hows = records.flatMap(({ coverage }) => coverage.map(({ how }) => how));
    expect(hows.filter((how) => how.includes('Prefer'))).toEqual([]);
  });
});
