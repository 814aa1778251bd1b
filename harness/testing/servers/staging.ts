import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { packageFile } from '../../core/package-files.ts';
import { type Mock, type MockOptions, startMock } from '../../mock/server.ts';
import type { Operation } from '../../model/document.ts';
import type { Target } from '../../model/target.ts';
import { readDocument } from '../../openapi/document/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { type LiveOptions, liveTarget } from '../../targets/live/live.ts';

const key = 'pcsk_canary_of_the_targets_tests';

/** An answer of the double on its way to the client; a fault changes it, or gives another. */
interface Passing {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `before`: answer instead of the double, which then sees nothing. */
export interface Fault {
  readonly before?: (method: string, path: string, neighbour: Neighbour) => Partial<Passing> | 'reset' | undefined;
  readonly after?: (passing: Passing, neighbour: Neighbour) => Partial<Passing> | undefined;
}

interface Neighbour {
  readonly index: string;
  readonly backup: string;
}

export interface Staging {
  readonly url: string;
  readonly mock: Mock;
  readonly neighbour: Neighbour;
  /** `POST /indexes 201`, in order, without the calls that planted the neighbour. */
  readonly seen: readonly string[];
  /** Once the double has served so many requests in all. */
  served(count: number): Promise<void>;
  readonly operation: Operation;
  readonly ledgers: string;
  open(options?: Partial<LiveOptions>): Promise<Target>;
  /** What is there beside the neighbour. */
  others(): Promise<readonly string[]>;
  hasNeighbour(): Promise<boolean>;
  ledgerFiles(): readonly string[];
}

/** A restore is pending until its index is deleted, which only a clean-up does: no case can come too late for it. */
function endRestoreInto({ store }: Mock, path: string): void {
  const job = store.jobs().find(({ index }) => path === `/indexes/${index.name}`);
  if (job !== undefined) Object.assign(job, { doneAt: store.now() });
}

/** The staging double with somebody else's index and backup in it, behind a server that may play it false. */
export async function openStaging(options: Partial<MockOptions> = {}, fault: Fault = {}): Promise<Staging> {
  const document = await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml'));
  const seen: string[] = [];
  const watchers = new Set<(count: number) => void>();
  const mock = await startMock({
    document,
    key,
    restoreMs: 3_600_000,
    ...options,
    onRequest: ({ method, path, outcome }) => {
      seen.push(`${method} ${path} ${outcome}`);
      if (method === 'DELETE') endRestoreInto(mock, path);
      for (const each of watchers) each(seen.length);
    },
  });
  const neighbour = plant(mock);
  const front = createServer((request, response) => {
    void relay(mock, neighbour, fault, request, response);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const address = front.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  const ledgers = mkdtempSync(join(tmpdir(), 'pcc-live-'));
  onTestFinished(async () => {
    front.closeAllConnections();
    front.close();
    await mock.close();
    rmSync(ledgers, { recursive: true, force: true });
  });
  const operation = findOperation(document, 'delete_backup');
  const present = async (): Promise<readonly string[]> => {
    const state = (await (await fetch(`${mock.origin}/_contract/state`)).json()) as {
      readonly backups: readonly { readonly backup_id: string }[];
      readonly indexes: readonly { readonly name: string }[];
    };
    return [...state.backups.map((each) => each.backup_id), ...state.indexes.map((each) => each.name)];
  };
  return {
    url,
    mock,
    neighbour,
    seen,
    served: (count) =>
      new Promise((resolve) => {
        const watch = (now: number): void => {
          if (now < count) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch(seen.length);
      }),
    operation,
    ledgers,
    open: (own = {}) => liveTarget({ url, key, operation, states: 'pinecone', ledgers, ...own }),
    others: async () => (await present()).filter((name) => name !== neighbour.index && name !== neighbour.backup),
    hasNeighbour: async () => {
      const there = await present();
      return there.includes(neighbour.index) && there.includes(neighbour.backup);
    },
    ledgerFiles: () => readdirSync(ledgers),
  };
}

function plant({ store }: Mock): Neighbour {
  const index = store.addIndex({
    name: 'movies',
    cloud: 'aws',
    region: 'us-east-1',
    dimension: 2,
    metric: 'cosine',
    vectorType: 'dense',
    protected: false,
  });
  return { index: 'movies', backup: store.addBackup(index, { name: 'nightly' }).id };
}

async function relay(
  mock: Mock,
  neighbour: Neighbour,
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: path = '/' } = request;
  const instead = fault.before?.(method, path, neighbour);
  if (instead === 'reset') {
    request.socket.destroy();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const passing: Passing | undefined =
    instead === undefined
      ? await forward(mock, request, Buffer.concat(chunks))
      : { method, path, status: 500, headers: {}, body: '', ...instead };
  if (passing === undefined) {
    request.socket.destroy();
    return;
  }
  const { status, headers, body } = { ...passing, ...fault.after?.(passing, neighbour) };
  response.writeHead(status, headers);
  response.end(body);
}

/** Nothing when the double breaks the connection off. */
function forward(mock: Mock, request: IncomingMessage, body: Buffer): Promise<Passing | undefined> {
  const { method = 'GET', url: path = '/' } = request;
  return new Promise((resolve) => {
    const headers = { ...request.headers, host: `127.0.0.1:${mock.port}` };
    const sent = httpRequest({ host: '127.0.0.1', port: mock.port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', () => resolve(undefined));
      answer.on('end', () => {
        const kept = ['content-type', 'retry-after'].flatMap((name) => {
          const value = answer.headers[name];
          return typeof value === 'string' ? [[name, value] as const] : [];
        });
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ method, path, status: answer.statusCode ?? 0, headers: Object.fromEntries(kept), body: text });
      });
    });
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
}
