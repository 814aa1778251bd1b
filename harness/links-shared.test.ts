import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { loadContract } from './contract.ts';
import type { RunRecord } from './model/record.ts';
import { folderOf } from './testing/documents/document-folder.ts';
import { openOrderServer, orderDocument, orderKey, type OrderServer } from './testing/servers/order-server.ts';
import { liveTarget } from './targets/live/live.ts';
import { verifyContract } from './verify.ts';

/** Links to a resource of somebody else, by an id that stands in the document. */
const document = orderDocument.replace(
  "            PayOrder: { $ref: '#/components/links/PayOrder' }",
  (line) => `${line}
            GetTheirs: { operationId: get_order, parameters: { order_no: theirs } }
            CancelTheirs: { operationId: cancel_order, parameters: { order_no: theirs } }`,
);

const suiteOf = (operation: string, steps: string, recipes: string): string => `suite: ${operation}
version: 1.0.0
operation: ${operation}
spec: ./openapi.yaml
states:
  an order:
    steps:
      - { operation: create_order, request: { body: { item: 'x-{unique_word}', total: 12 } }, take: { no: /ref } }
      - ${steps}
recipes: { ${recipes} }
`;

/** An address of this machine by which other machines know it: whatever listens there counts as shared. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

const theirs = { ref: 'theirs', item: 'of somebody', total: 1, code: 'EUR' };

async function runOn({ origin, orders }: OrderServer, suite: string): Promise<RunRecord> {
  orders.set('theirs', theirs);
  const contract = await loadContract(undefined, {
    suite: folderOf({ 'suite.yaml': suite, 'openapi.yaml': document }),
  });
  const target = await liveTarget({
    url: origin.replace('127.0.0.1', outside ?? ''),
    key: orderKey,
    operation: contract.operation,
    ledgers: folderOf({}),
    allowed: { destructive: true, plainHttp: true, create: true },
  });
  return verifyContract({ contract, target, seed: 1 });
}

const proved = ({ coverage }: RunRecord): readonly string[] =>
  coverage.flatMap(({ response, status }) => (status === 'proved' ? [response] : []));

describe.skipIf(outside === undefined)('links on a host that is not this machine', () => {
  it.each([
    ['cancel_order', '{ follow: GetTheirs, take: { order: /ref } }', '{order}', '204'],
    ['get_order', '{ follow: CancelTheirs }', '{no}', '404'],
    ['get_order', '{ operation: cancel_order, request: { path: { order_no: theirs } } }', '{no}', '200'],
  ])('lead %s to nothing that this run did not make: %s', async (operation, step, id, status) => {
    const server = await openOrderServer(undefined, '0.0.0.0');
    const recipes = `'${status}': { state: an order, request: { path: { order_no: '${id}' } } }`;
    const record = await runOn(server, suiteOf(operation, step, recipes));
    expect(proved(record)).toEqual([]);
    expect([...server.orders]).toEqual([['theirs', theirs]]);
    expect(server.requests.filter((line) => /^(?!GET).* \/orders\/theirs/.test(line))).toEqual([]);
  });

  it.each(['..', '.', '', '\ud800'])('send no path that names what is above a resource: %j', async (ref) => {
    const server = await openOrderServer('gives another ref', '0.0.0.0', ref);
    const recipes = "'200': { state: an order, request: { path: { order_no: '{no}' } } }";
    const record = await runOn(server, suiteOf('get_order', '{ follow: GetOrder }', recipes));
    expect(proved(record)).toEqual([]);
    expect(record.outcome.problems.join()).toContain('left behind');
    expect(server.requests.filter((line) => !/^(POST \/orders \{|GET \/orders\/EUR$)/.test(line))).toEqual([]);
  });

  it.each([
    ['cancel_order', '{ follow: GetOrder, take: { order: /ref } }', '{order}', '204'],
    ['get_order', '{ follow: CancelOrder }', '{no}', '404'],
    ['get_order', "{ operation: get_order, request: { path: { order_no: '{no}' } } }", '{no}', '200'],
  ])('let %s be tried on what this run made: %s', async (operation, step, id, status) => {
    const server = await openOrderServer(undefined, '0.0.0.0');
    const recipes = `'${status}': { state: an order, request: { path: { order_no: '${id}' } } }`;
    const record = await runOn(server, suiteOf(operation, step, recipes));
    expect(proved(record)).toEqual([status]);
    expect([...server.orders]).toEqual([['theirs', theirs]]);
  });
});
