import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { HarnessError } from '../core/errors.ts';
import type { DriverAnswer, DriverPort } from './driver/ask.ts';
import { fault, resultOf } from './driver/driver-fault.ts';
import type { Driver } from './driver/driver.ts';
import type { Network } from './server/network.ts';
import { originOf } from './server/origin.ts';
import type { ProcessEnd } from './driver/process.ts';
import type { DriverRequest, DriverResult } from './driver/protocol.ts';
import { requestIssues } from './driver/protocol.ts';
import type { ReceivedRequest, Reply } from './server/script.ts';
import { playScript } from './server/scripted-server.ts';
import { otherOrigin } from './cases/sdk-case.ts';
import type { SdkCase } from './cases/sdk-case.ts';
import { targetIssue } from './rules/target.ts';

/** What one request line, with a fresh server of its own, brought to light. */
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
  readonly port: DriverPort;
  readonly network: Network;
  readonly run: string;
  readonly key: string;
  /** How long after the driver's own deadline it is ended. */
  readonly graceMs: number;
}

export async function runSdkCase(one: SdkCase, setting: CaseSetting): Promise<CaseEnd> {
  const { driver, port, network, graceMs } = setting;
  const [main, other] = await Promise.all([network.listen(), network.listen()]);
  const elsewhere = playOther(other);
  const began = performance.now();
  const scripted = playCase(main, one, originOf(other, 'localhost'));
  const request = requestFor(one, originOf(main), { ...setting, allowanceMs: allowanceMs(driver) });
  try {
    const answer = await port.ask(request, request.deadline_ms + graceMs);
    const endedMs = performance.now() - began;
    await Promise.all([scripted.close(), elsewhere.close()]);
    const seen = { request, requests: scripted.requests, elsewhere: elsewhere.requests };
    if (answer instanceof HarnessError) return { ...seen, outside: [], process: notRun, result: answer };
    const result = resultOf(answer.process, request, driver.version);
    const tooSoon =
      result instanceof HarnessError
        ? undefined
        : endedTooSoon({ one, result, hadMs: hadMs(seen.requests, answer, endedMs) });
    return { ...seen, ...answer, result: tooSoon ?? result };
  } finally {
    await Promise.all([scripted.close(0), elsewhere.close(0)]);
  }
}

const notRun: ProcessEnd = { exit: 'not started', stdout: '', stderr: '', leaks: [], ms: 0 };

/**
 * A machine on which the driver takes long to start takes long for the way to the first request, too. That is added to
 * the deadline of the case, and is no time that the SDK may use.
 */
function allowanceMs({ startMs }: Driver): number {
  return Math.min(20_000, 2 * startMs);
}

/** How long the SDK had: since its first request came or, where none came, since the driver was asked. */
function hadMs(requests: readonly ReceivedRequest[], { process }: DriverAnswer, endedMs: number): number {
  const [first] = requests;
  return first === undefined ? process.ms : endedMs - first.atMs;
}

/** That a call does not end counts against the SDK only when it had the whole time of the case. */
function endedTooSoon(options: {
  readonly one: SdkCase;
  readonly result: DriverResult;
  readonly hadMs: number;
}): HarnessError | undefined {
  const { one, result, hadMs } = options;
  // 50 ms for timers that round down.
  if (result.outcome !== 'unsettled' || hadMs >= one.deadlineMs - 50) return undefined;
  return fault(
    'E_DRIVER_SLOW',
    `It had ${Math.round(hadMs / 100) / 10} s after its first request came, in place of ${one.deadlineMs / 1000} s.`,
  );
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
 * DELETE into a GET and takes that for a deletion is detected.
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
  setting: { readonly run: string; readonly key: string; readonly allowanceMs?: number },
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
    deadline_ms: one.deadlineMs + (setting.allowanceMs ?? 0),
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

/** A listening server of this process, where no network namespace is used. */
export function listenHere(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
