import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { HarnessError } from '../core/errors.ts';
import { openProxyTrap } from './server/proxy-trap.ts';
import { resultOf } from './driver/driver-fault.ts';
import type { Driver } from './driver/driver.ts';
import type { Network } from './server/network.ts';
import { originOf } from './server/origin.ts';
import { runProcess } from './driver/process.ts';
import type { ProcessEnd } from './driver/process.ts';
import type { DriverRequest, DriverResult } from './driver/protocol.ts';
import { requestIssues } from './driver/protocol.ts';
import type { ReceivedRequest, Reply } from './server/script.ts';
import { playScript } from './server/scripted-server.ts';
import { otherOrigin } from './cases/sdk-case.ts';
import type { SdkCase } from './cases/sdk-case.ts';
import { targetIssue } from './rules/target.ts';

/** What one process, on one fresh server, brought to light. */
export interface CaseEnd {
  readonly request: DriverRequest;
  readonly requests: readonly ReceivedRequest[];
  readonly elsewhere: readonly ReceivedRequest[];
  readonly outside: readonly string[];
  readonly process: ProcessEnd;
  readonly result: DriverResult | HarnessError;
}

interface CaseSetting {
  readonly driver: Driver;
  readonly network: Network;
  readonly run: string;
  readonly key: string;
  /** An empty folder that is the driver's home. */
  readonly home: string;
  /** How long after its deadline the driver is killed. */
  readonly graceMs: number;
  readonly signal?: AbortSignal;
}

export async function runSdkCase(one: SdkCase, setting: CaseSetting): Promise<CaseEnd> {
  const { driver, network, home } = setting;
  const [main, other, proxy] = await Promise.all([network.listen(), network.listen(), network.listen()]);
  const elsewhere = playOther(other);
  const scripted = playCase(main, one, originOf(other, 'localhost'));
  const hole = openProxyTrap(proxy);
  const request = requestFor(one, originOf(main), setting);
  try {
    const process = await runProcess({
      command: network.inside(driver.command),
      cwd: home,
      environment: { ...driver.environment, ...hole.environment, HOME: home },
      stdin: `${JSON.stringify(request)}\n`,
      deadlineMs: one.deadlineMs + setting.graceMs,
      secrets: [setting.key],
      ...(setting.signal === undefined ? {} : { signal: setting.signal }),
    });
    await Promise.all([scripted.close(), elsewhere.close(), hole.close()]);
    return {
      request,
      requests: scripted.requests,
      elsewhere: elsewhere.requests,
      outside: hole.hits(),
      process,
      result: resultOf(process, request, driver.version),
    };
  } finally {
    await Promise.all([scripted.close(0), elsewhere.close(0), hole.close()]);
  }
}

/** The scripted server of one case on a server that listens already. */
export function playCase(
  server: Server,
  one: SdkCase,
  other: string,
): { readonly requests: readonly ReceivedRequest[]; close(quietMs?: number): Promise<void> } {
  const { operation, value } = one;
  return playScript(
    server,
    one.replies.map((reply) => pointed(reply, other)),
    ({ method, target }) => method === operation.method && targetIssue(target, operation.path, value) === undefined,
  );
}

/**
 * The origin that redirects lead to. A GET that arrives here is answered with success, so that a client which turns a
 * DELETE into a GET and calls that a deletion is found out.
 */
function playOther(server: Server): ReturnType<typeof playScript> {
  const page: Reply = { kind: 'answer', status: 200, headers: [], body: '{}', means: { kind: 'success' } };
  return playScript(
    server,
    Array.from({ length: 20 }, () => page),
    ({ method }) => method === 'GET' || method === 'HEAD',
  );
}

export function requestFor(
  one: SdkCase,
  origin: string,
  setting: { readonly run: string; readonly key: string },
): DriverRequest {
  const parameter = one.operation.parameters.find((candidate) => candidate.in === 'path')?.name ?? 'id';
  const request: DriverRequest = {
    v: 1,
    run: setting.run,
    case: one.id,
    nonce: randomUUID(),
    operation: one.operation.id,
    base_url: origin,
    api_key: setting.key,
    input: { [parameter]: one.value },
    client: one.timeoutMs === undefined ? {} : { timeout_ms: one.timeoutMs },
    deadline_ms: one.deadlineMs,
  };
  const [issue] = requestIssues(request);
  if (issue === undefined) return request;
  throw new HarnessError('E_SDK_REQUEST', `The request for ${one.id} breaks our own protocol: ${issue}`, {
    kind: 'harness',
  });
}

function pointed(reply: Reply, other: string): Reply {
  if (reply.kind !== 'answer') return reply;
  return { ...reply, headers: reply.headers.map(([name, value]) => [name, value.replace(otherOrigin, other)]) };
}

/** A listening server of this process, where no network namespace is in play. */
export function listenHere(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
