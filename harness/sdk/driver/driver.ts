import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../../core/errors.ts';
import { excessFault, fault, theLine } from './driver-fault.ts';
import { driverVariable, homeIn, watchDrivers } from './driver-watch.ts';
import type { Network } from '../server/network.ts';
import { openProxyTrap } from '../server/proxy-trap.ts';
import type { ProcessEnd } from './process.ts';
import { runProcess } from './process.ts';
import { readDescription } from './protocol.ts';
import type { DriverDescription } from './protocol.ts';

/** A driver that has described itself. */
export interface Driver {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly description: DriverDescription;
  /** The version of the SDK that it runs. */
  readonly version: string;
  /** Whether one process of it takes many cases (protocol 1.1). */
  readonly serves: boolean;
  /** How long it took to start and to describe itself. */
  readonly startMs: number;
}

/**
 * Have a driver describe itself, before it is given a case.
 * `version`: the release that must be running; absent: whatever is installed.
 */
export async function introduce(options: {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly network: Network;
  readonly operation: string;
  readonly version?: string;
  readonly signal?: AbortSignal;
}): Promise<Driver> {
  const { command, environment, operation, version } = options;
  const end = await describing(options);
  const line = theLine(end);
  if (typeof line !== 'string') throw line;
  const read = readDescription(line);
  if (!read.ok) throw fault('E_DRIVER_LINE', read.why);
  const description = read.value;
  if (!description.protocol.includes(1)) {
    throw fault('E_DRIVER_LINE', `Its protocol is ${description.protocol.join(', ')}; this harness has 1 and 1.1.`);
  }
  if (version !== undefined && description.sdk.version !== version) {
    throw fault('E_DRIVER_VERSION', `${description.sdk.version} (${description.sdk.source}), not ${version}.`);
  }
  if (!description.operations.includes(operation)) {
    throw new HarnessError('E_DRIVER_ITSELF', `${description.driver} has no operation ${operation}.`, {
      hint: `It has ${description.operations.join(', ') || 'none'}.`,
    });
  }
  return {
    command,
    environment,
    description,
    version: description.sdk.version,
    serves: description.protocol.includes(1.1),
    startMs: end.ms,
  };
}

/** The end of `--describe`, which is watched as every other process of a driver is. */
async function describing(options: Parameters<typeof introduce>[0]): Promise<ProcessEnd> {
  const { command, environment, network, signal } = options;
  const home = mkdtempSync(join(tmpdir(), 'pinecone-contract-'));
  const watch = watchDrivers(home, signal);
  const trap = openProxyTrap(await network.listen());
  const mark = watch.mark();
  try {
    const end = await runProcess({
      command: network.inside([...command, '--describe']),
      cwd: home,
      environment: { ...environment, ...trap.environment, ...homeIn(home), ...mark },
      stdin: '',
      deadlineMs: 90_000,
      signal: watch.signal,
    });
    const left = await watch.endLeft(mark);
    const excess = watch.excess();
    if (excess !== undefined) throw excessFault(excess);
    const [hit] = [...trap.hits(), ...network.outside(mark[driverVariable] ?? '')];
    if (hit !== undefined) throw fault('E_DRIVER_NETWORK', `It was: ${hit}`);
    return left > 0 ? { trouble: { kind: 'left-child' }, ...end } : end;
  } finally {
    watch.close();
    await trap.close();
    rmSync(home, { recursive: true, force: true });
  }
}
