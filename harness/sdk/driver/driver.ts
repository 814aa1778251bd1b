import { HarnessError } from '../../core/errors.ts';
import { fault, theLine } from './driver-fault.ts';
import type { Network } from '../server/network.ts';
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
  readonly home: string;
  readonly operation: string;
  readonly version?: string;
}): Promise<Driver> {
  const { command, environment, network, home, operation, version } = options;
  const end = await runProcess({
    command: network.inside([...command, '--describe']),
    cwd: home,
    environment: { ...environment, HOME: home },
    stdin: '',
    deadlineMs: 90_000,
  });
  const line = theLine(end);
  if (typeof line !== 'string') throw line;
  const read = readDescription(line);
  if (!read.ok) throw fault('E_DRIVER_LINE', read.why);
  const description = read.value;
  if (!description.protocol.includes(1)) {
    throw fault(
      'E_DRIVER_LINE',
      `It speaks protocol ${description.protocol.join(', ')}; this harness speaks 1 and 1.1.`,
    );
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
