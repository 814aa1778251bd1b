import { HarnessError } from '../../core/errors.ts';
import type { ProcessEnd } from './process.ts';
import type { DriverRequest, DriverResult } from './protocol.ts';
import { readResult } from './protocol.ts';

/** What can go wrong with a driver. None of it says anything about the SDK, and none of it ever passes. */
export const driverFaults = {
  E_DRIVER_START: 'The driver could not be started.',
  E_DRIVER_READY: 'The driver that serves many cases did not get ready.',
  E_DRIVER_HANG: 'The driver was still running at its deadline and was killed.',
  E_DRIVER_FLOOD:
    'The driver wrote more than 1 MiB to its standard output, or 4 MiB to its standard error, and was killed.',
  E_DRIVER_LEFT_CHILD: 'The driver ended, but a process that it started was still there, and was killed.',
  E_DRIVER_DISK: 'The drivers of this release wrote more than 64 MiB to their folder, and were killed.',
  E_DRIVER_PROCESSES: 'The drivers of this release ran more than 64 processes at a time, and were killed.',
  E_DRIVER_NETWORK: 'The driver tried to reach another host while it described itself.',
  E_DRIVER_SIGNAL: 'The driver was ended by a signal.',
  E_DRIVER_EXIT: 'The driver ended with an exit code that is not 0.',
  E_DRIVER_NO_LINE: 'The driver ended with 0, but wrote no line.',
  E_DRIVER_LINES: 'The driver wrote more than one line.',
  E_DRIVER_LINE: 'The line of the driver is not a result.',
  E_DRIVER_NONCE: 'The line of the driver answers another request: its case or nonce is not the one that was asked.',
  E_DRIVER_VERSION: 'The driver ran another release of the SDK than the one that is judged.',
  E_DRIVER_SLOW: 'The SDK did not have the time that it is given to end its call, because this machine is too slow.',
  E_DRIVER_ITSELF: 'The driver says that it could not do its part.',
} as const satisfies Record<`E_DRIVER_${string}`, string>;

type DriverFault = keyof typeof driverFaults;

/** The result that a driver process wrote, or the fault because of which it cannot be used. */
export function resultOf(end: ProcessEnd, request: DriverRequest, version: string): DriverResult | HarnessError {
  const line = theLine(end);
  if (typeof line !== 'string') return line;
  const read = readResult(line);
  if (!read.ok) return fault('E_DRIVER_LINE', read.why);
  const result = read.value;
  if (result.nonce !== request.nonce || result.case !== request.case) return fault('E_DRIVER_NONCE', '');
  if (result.sdk.version !== version) return fault('E_DRIVER_VERSION', `${result.sdk.version}, not ${version}.`);
  if (result.outcome === 'driver_error') return fault('E_DRIVER_ITSELF', result.driver_error);
  const others = otherCalls(request);
  if ((result.also?.length ?? 0) === others || result.outcome === 'unsupported') return result;
  return fault('E_DRIVER_LINE', `It reports ${result.also?.length ?? 0} other calls in \`also\`, not ${others}.`);
}

/** How many calls there are beside the one that the result is about. */
function otherCalls({ client }: DriverRequest): number {
  return client.repeat !== undefined || client.second_client !== undefined ? 1 : 0;
}

/** The one line that a driver process may write. */
export function theLine(end: ProcessEnd): string | HarnessError {
  switch (end.trouble?.kind) {
    case 'not-started':
      return fault('E_DRIVER_START', end.trouble.message);
    case 'deadline':
      return fault('E_DRIVER_HANG', lastWords(end));
    case 'flood':
      return fault('E_DRIVER_FLOOD', `It was the ${end.trouble.stream}.`);
    case 'disk':
    case 'processes':
      return excessFault(end.trouble.kind);
    case 'left-child':
      return fault('E_DRIVER_LEFT_CHILD', '');
    case 'aborted':
      return new HarnessError('E_ABORTED', 'The run was stopped.', { kind: 'harness' });
    case undefined:
      break;
    default:
      return end.trouble satisfies never;
  }
  if (typeof end.exit === 'string') return fault('E_DRIVER_SIGNAL', `It was ${end.exit}. ${lastWords(end)}`);
  if (end.exit !== 0) return fault('E_DRIVER_EXIT', `It was ${end.exit}${meaningOfExit(end.exit)}. ${lastWords(end)}`);
  const lines = end.stdout.split('\n').filter((line) => line.trim() !== '');
  const [line] = lines;
  if (line === undefined) return fault('E_DRIVER_NO_LINE', lastWords(end));
  return lines.length === 1 ? line : fault('E_DRIVER_LINES', `${lines.length} lines.`);
}

export function fault(code: DriverFault, more: string): HarnessError {
  return new HarnessError(code, `${driverFaults[code]} ${more}`.trim(), {
    kind: 'harness',
    hint: 'Run the driver by hand: pinecone-contract explain CASE prints the command and the line.',
  });
}

export function excessFault(excess: 'disk' | 'processes'): HarnessError {
  return fault(excess === 'disk' ? 'E_DRIVER_DISK' : 'E_DRIVER_PROCESSES', '');
}

function meaningOfExit(exit: number): string {
  if (exit === 64) return ': it could not read the request';
  return exit === 69 ? ': it could not load the SDK' : '';
}

export function lastWords({ stderr }: ProcessEnd): string {
  const text = stderr.trim();
  return text === '' ? '' : `The end of its standard error: ${text.slice(-400)}`;
}
