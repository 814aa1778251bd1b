import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { casesOf } from '../../cases/cases.ts';
import { operationOf, removeItem, suiteOf } from '../shop-suite.ts';
import type { Suite } from '../../cases/suite.ts';
import { checks } from '../../checks/index.ts';
import type { Case } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { Target } from '../../model/target.ts';
import type { Verdict } from '../../model/verdict.ts';
import { liveTarget } from '../../targets/live/live.ts';
import type { Timeouts } from '../../targets/live/timeouts.ts';
import { runCase } from '../../run/run-case.ts';
import type { RunContext } from '../../run/run-context.ts';

export const key = 'pcsk_shop_Key-0123456789';

/** What a server says instead of what it should: an answer, nothing but the end of the connection, or nothing at all. */
export type Lie =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }
  | 'hang up'
  | 'silence';

/** A request as the shop sees it, and what it holds: lies may change that. */
export interface Visit {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** How many requests came before it. */
  readonly number: number;
  readonly items: Set<string>;
}

export interface Shop {
  readonly origin: string;
  readonly visits: readonly Visit[];
  close(): Promise<void>;
}

/** `item-…` is there until it is deleted, `used-…` always; `lie` may answer first. */
export async function openShop(lie: (visit: Visit) => Lie | undefined = () => undefined): Promise<Shop> {
  const items = new Set<string>();
  const known = new Set<string>();
  const visits: Visit[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const id = idIn(url);
    if (id !== undefined && /^(item|used)-|-item$/.test(id) && !known.has(id)) items.add(id);
    known.add(id ?? '');
    const visit = { method, url, headers, number: visits.length, items };
    visits.push(visit);
    const reply = lie(visit) ?? (id === undefined ? { status: 400 } : honest(visit, id));
    if (reply === 'silence') return;
    if (reply === 'hang up') {
      request.socket.destroy();
      return;
    }
    const body = reply.body === undefined ? '' : JSON.stringify(reply.body);
    const type = body === '' ? {} : { 'content-type': 'application/json' };
    response.writeHead(reply.status, { ...type, 'content-length': Buffer.byteLength(body), ...reply.headers });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, visits, close };
}

/** Empty where the path is no item's; nothing where it cannot be read. */
function idIn(url: string): string | undefined {
  try {
    return decodeURIComponent(/^\/items\/([^/?]+)(\?.*)?$/.exec(url)?.[1] ?? '');
  } catch {
    return undefined;
  }
}

function honest({ method, url, headers, items }: Visit, id: string): Exclude<Lie, string> {
  const refusal = (status: number): Exclude<Lie, string> => ({ status, body: { error: `no: ${id}` } });
  if (headers['api-key'] !== key) return refusal(401);
  if (method === 'GET' && /^\/items(\?|$)/.test(url))
    return { status: 200, body: { items: [...items].map((each) => ({ id: each })) } };
  if (!items.has(id)) return refusal(404);
  if (method === 'GET') return { status: 200, body: { id } };
  if (method !== 'DELETE') return refusal(405);
  if (id.startsWith('used-')) return refusal(409);
  items.delete(id);
  return { status: 202 };
}

export const operation: Operation = operationOf(removeItem);
export const observers = {
  one: { path: '/items/{item_id}' },
  list: { path: '/items', ids: '/items/*/id', next: { token: '/next', parameter: 'after' } },
  goneWithinMs: 200,
};
export const suite: Suite = suiteOf({ observers });

const statesFile = `
an item: { item_id: 'item-{n}' }
no such item: { item_id: '{uuid}' }
an item in use: { item_id: used-1 }
`;

/** The pauses that a refusal makes add up: these are over after the fourth. */
const brief: Timeouts = { firstPauseMs: 20, refusedMs: 300 };

/** The shop as a live target, with these states. */
export async function shopTarget(origin: string, states = statesFile, timeoutMs = 2000): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'shop-states-'));
  const file = join(folder, 'states.yaml');
  writeFileSync(file, states);
  const limits = { timeoutMs, maxBody: 100_000, maxHeaders: 10_000 };
  const target = await liveTarget({
    url: origin,
    key,
    operation,
    states: file,
    limits,
    patience: brief,
    firstNumber: 1,
  });
  rmSync(folder, { recursive: true });
  onTestFinished(async () => {
    await target.close();
  });
  return target;
}

export function caseOf(end: string, of: Suite = suite): Case {
  const found = casesOf(operation, of).find((one) => one.id.endsWith(end));
  if (found === undefined) throw new Error(`no case ${end}`);
  return found;
}

/** The verdict of a case on a shop. */
export async function verdictOf(
  end: string,
  options: {
    readonly lie?: (visit: Visit) => Lie | undefined;
    readonly suite?: Suite;
    readonly states?: string;
    readonly around?: Partial<RunContext>;
    readonly change?: (one: Case) => Case;
  } = {},
): Promise<{ readonly verdict: Verdict; readonly shop: Shop }> {
  const shop = await openShop(options.lie);
  const target = await shopTarget(shop.origin, options.states);
  const { suite: own = suite } = options;
  const one = caseOf(end, own);
  const around: RunContext = { target, suite: own, checks, seed: 1, ...options.around };
  const verdict = await runCase(options.change?.(one) ?? one, around, { freshId: () => crypto.randomUUID() });
  return { verdict, shop };
}
