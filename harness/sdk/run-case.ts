import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { HarnessError, reportIt } from '../core/errors.ts';
import type { DriverPort } from './driver/ask.ts';
import { fault, resultOf } from './driver/driver-fault.ts';
import type { Driver } from './driver/driver.ts';
import type { Network } from './server/network.ts';
import { originOf } from './server/origin.ts';
import type { ProcessEnd } from './driver/process.ts';
import type { DriverRequest, DriverResult } from './driver/protocol.ts';
import { requestIssues } from './driver/protocol.ts';
import { secondKeyOf } from './second-key.ts';
import type { ReceivedRequest } from './server/script.ts';
import { filled } from './driver/placeholders.ts';
import { playCase, playOther } from './play-case.ts';
import type { Arrivals } from './play-case.ts';
import type { SdkCase } from './cases/sdk-case.ts';

/** What one request line, with a fresh server of its own, brought to light. */
export interface CaseEnd extends Arrivals {
  readonly request: DriverRequest;
  /** Where the scripted server was. */
  readonly origin: string;
  readonly elsewhere: readonly ReceivedRequest[];
  readonly outside: readonly string[];
  readonly process: ProcessEnd;
  readonly result: DriverResult | HarnessError;
  /** How long after its first request came the driver had answered; absent where none came. */
  readonly endedAfterMs?: number;
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
  const origins = { base: originOf(main), other: originOf(other, 'localhost') };
  const elsewhere = playOther(other, one);
  const began = performance.now();
  const scripted = playCase(main, one, origins.other);
  const request = requestFor(one, scripted.base, { ...setting, allowanceMs: allowanceMs(driver) });
  try {
    const environment = environmentFor(one, { ...origins, key: setting.key });
    const answer = await port.ask(request, request.deadline_ms + graceMs, environment);
    const endedMs = performance.now() - began;
    await Promise.all([scripted.close(), elsewhere.close()]);
    const arrivals = scripted.arrivals();
    const [first] = arrivals.requests;
    const ended = first === undefined ? {} : { endedAfterMs: endedMs - first.atMs };
    const seen = { request, origin: origins.base, ...arrivals, ...ended, elsewhere: elsewhere.requests };
    if (answer instanceof HarnessError) return { ...seen, outside: [], process: notRun, result: answer };
    const result = resultOf(answer.process, request, driver.version);
    const tooSoon =
      result instanceof HarnessError
        ? undefined
        : endedTooSoon({ one, result, hadMs: ended.endedAfterMs ?? answer.process.ms });
    return { ...seen, ...answer, result: tooSoon ?? result };
  } finally {
    await Promise.all([scripted.close(0), elsewhere.close(0)]);
  }
}

const notRun: ProcessEnd = { exit: 'not started', stdout: '', stderr: '', leaks: [], ms: 0 };

/**
 * A machine on which the driver takes long to start takes long for the way to the first request, too, and an SDK that
 * loads its parts when they are first used needs that time even where the start is short. It is added to the deadline of
 * the case, and is no time that the SDK may use.
 */
function allowanceMs({ startMs }: Driver): number {
  return Math.min(20_000, 2000 + 2 * startMs);
}

/** That a call does not end counts against the SDK only when it had the whole time of the case. */
function endedTooSoon(options: {
  readonly one: SdkCase;
  readonly result: DriverResult;
  /** Since its first request came or, where none came, since the driver was asked. */
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

/** What the environment of the driver has beside the usual; nothing where the case says nothing of it. */
export function environmentFor(
  { id, use }: SdkCase,
  values: Readonly<Record<'base' | 'other' | 'key', string>>,
): Readonly<Record<string, string>> | undefined {
  if (use?.environment === undefined) return undefined;
  const pairs = Object.entries(use.environment);
  return Object.fromEntries(pairs.map(([name, text]) => [name, filled(text, values, id)]));
}

export function requestFor(
  one: SdkCase,
  base: string,
  setting: { readonly run: string; readonly key: string; readonly allowanceMs?: number },
): DriverRequest {
  const parameter = one.operation.parameters.find((candidate) => candidate.in === 'path')?.name ?? 'id';
  const request: DriverRequest = {
    v: 1,
    run: setting.run,
    case: one.id,
    nonce: randomUUID(),
    operation: one.operation.id,
    base_url: base,
    api_key: setting.key,
    input: { [parameter]: one.input ?? one.value },
    client: clientOf(one, parameter, setting.key),
    deadline_ms: one.deadlineMs + (setting.allowanceMs ?? 0),
  };
  const [issue] = requestIssues(request);
  if (issue === undefined) return request;
  throw new HarnessError('E_SDK_REQUEST', `The request for ${one.id} departs from the protocol of drivers: ${issue}`, {
    kind: 'harness',
    hint: reportIt,
  });
}

function clientOf({ use = {}, timeoutMs }: SdkCase, parameter: string, key: string): DriverRequest['client'] {
  const { headers, again, beside, cancelAfterMs } = use;
  return {
    ...(timeoutMs === undefined ? {} : { timeout_ms: timeoutMs }),
    ...(headers === undefined ? {} : { headers }),
    ...(again === undefined ? {} : { repeat: 2 }),
    ...(beside === undefined
      ? {}
      : { second_client: { api_key: secondKeyOf(key), input: { [parameter]: beside.value } } }),
    ...(cancelAfterMs === undefined ? {} : { cancel_after_ms: cancelAfterMs }),
  };
}

/** A listening server of this process, where no network namespace is used. */
export function listenHere(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
