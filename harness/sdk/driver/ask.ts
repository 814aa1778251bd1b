import { HarnessError } from '../../core/errors.ts';
import type { Network } from '../server/network.ts';
import { openProxyTrap } from '../server/proxy-trap.ts';
import { excessFault, fault, lastWords } from './driver-fault.ts';
import { type DriverWatch, driverVariable, type Excess, homeIn, watchDrivers } from './driver-watch.ts';
import type { Driver } from './driver.ts';
import { runProcess } from './process.ts';
import type { Output, OutputStream } from './captured-output.ts';
import type { ProcessEnd } from './process.ts';
import type { DriverRequest } from './protocol.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';

/** What a driver did with one request line. */
interface DriverAnswer {
  readonly process: ProcessEnd;
  /** First lines of what came to the proxy that leads nowhere, and what was tried to be reached without it. */
  readonly outside: readonly string[];
}

type Environment = Readonly<Record<string, string>>;

/** The driver of a release as something that can be asked, however its processes are started. */
export interface DriverPort {
  /**
   * The deadline counts from the moment in which a driver that is ready gets the line. With an `environment` of its own
   * the line gets a process of its own.
   */
  ask(request: DriverRequest, deadlineMs: number, environment?: Environment): Promise<DriverAnswer | HarnessError>;
  /** End what runs, and give what drivers did only after the answer of a case. */
  close(): Promise<readonly LateDeed[]>;
}

/** What a driver did after it had answered a case, and before it was given another one. */
export interface LateDeed {
  readonly case: string;
  readonly leaks: readonly OutputStream[];
  readonly outside: readonly string[];
  /** How many processes it left when it ended. */
  readonly left: number;
}

interface WatchedOptions extends PortOptions {
  readonly watch: DriverWatch;
}

interface PortOptions {
  readonly driver: Driver;
  readonly network: Network;
  /** An empty folder that is the driver's home. */
  readonly home: string;
  /** What the driver must not write anywhere. */
  readonly key: string;
  readonly signal?: AbortSignal;
}

/** A machine that is slow, or busy, may take this long to start a driver. It says nothing about the SDK. */
const startDeadlineMs = 90_000;

/** Ask the driver as it says that it can be asked: one process for many cases, or one for each. */
export function openDriver(options: PortOptions): DriverPort {
  const watch = watchDrivers(options.home, options.signal);
  const watched = { ...options, watch };
  const port = options.driver.serves ? servingDriver(watched) : singleUseDriver(watched);
  return {
    ask: async (request, deadlineMs, environment) =>
      namingExcess(await port.ask(request, deadlineMs, environment), watch.excess()),
    close: async () => {
      const late = await port.close();
      watch.close();
      return late;
    },
  };
}

/** What was ended because drivers used too much says so, and not that the run was stopped. */
function namingExcess(answer: DriverAnswer | HarnessError, excess: Excess | undefined): DriverAnswer | HarnessError {
  if (excess === undefined) return answer;
  if (answer instanceof HarnessError) return answer.code === 'E_ABORTED' ? excessFault(excess) : answer;
  const { process } = answer;
  return process.trouble?.kind === 'aborted'
    ? { ...answer, process: { ...process, trouble: { kind: excess } } }
    : answer;
}

/** Protocol 1: a process for each line. It does not say when it is ready, so that starting it is allowed for. */
function singleUseDriver({ driver, network, home, key, watch }: WatchedOptions): DriverPort {
  return {
    ask: async (request, deadlineMs, more = {}) => {
      const mark = watch.mark();
      const trap = openProxyTrap(await network.listen());
      try {
        const process = await runProcess({
          command: network.inside(driver.command),
          cwd: home,
          environment: { ...driver.environment, ...trap.environment, ...homeIn(home), ...mark, ...more },
          stdin: `${JSON.stringify(request)}\n`,
          deadlineMs: deadlineMs + 4 * driver.startMs,
          secrets: [key],
          signal: watch.signal,
        });
        const left = await watch.endLeft(mark);
        const outside = newAttempts(trap, network, mark)();
        return { process: left > 0 ? { trouble: { kind: 'left-child' }, ...process } : process, outside };
      } finally {
        await trap.close();
      }
    },
    close: () => Promise.resolve([]),
  };
}

interface Worker {
  readonly session: Session;
  readonly mark: Environment;
  readonly trap: ReturnType<typeof openProxyTrap>;
  /** The case that it was given last. */
  last?: string;
  /** What it tried to reach beside the scripted server since it was asked for that last. */
  readonly newHits: () => readonly string[];
}

/** What one process tries to reach, by a proxy or directly: each time what is new. */
function newAttempts(trap: Worker['trap'], network: Network, mark: Environment): Worker['newHits'] {
  let told = { byProxy: 0, direct: 0 };
  return () => {
    const byProxy = trap.hits();
    const direct = network.outside(mark[driverVariable] ?? '');
    const fresh = [...byProxy.slice(told.byProxy), ...direct.slice(told.direct)];
    told = { byProxy: byProxy.length, direct: direct.length };
    return fresh;
  };
}

/**
 * Protocol 1.1: a process takes one line after the other, and one more is started when all are busy. What died, or
 * broke the protocol, is replaced, so that it costs only the case in which that happened.
 */
function servingDriver(options: WatchedOptions): DriverPort {
  const { driver, network, home, key, watch } = options;
  const alone = singleUseDriver(options);
  const idle: Worker[] = [];
  const late: LateDeed[] = [];
  const note = (worker: Worker, { leaks }: Output, left = 0): void => {
    const outside = worker.newHits();
    if (worker.last !== undefined && leaks.length + outside.length + left > 0)
      late.push({ case: worker.last, leaks, outside, left });
  };
  const end = async (worker: Worker): Promise<void> => {
    const output = await worker.session.close();
    note(worker, output, await watch.endLeft(worker.mark));
    await worker.trap.close();
  };
  const start = async (): Promise<Worker | HarnessError> => {
    const trap = openProxyTrap(await network.listen());
    const mark = watch.mark();
    const session = await openSession({
      command: network.inside([...driver.command, '--serve']),
      cwd: home,
      environment: { ...driver.environment, ...trap.environment, ...homeIn(home), ...mark },
      deadlineMs: startDeadlineMs,
      secrets: [key],
      signal: watch.signal,
    });
    if ('ask' in session) return { session, mark, trap, newHits: newAttempts(trap, network, mark) };
    await trap.close();
    return notReady(session);
  };
  const take = async (): Promise<Worker | HarnessError> => {
    for (let worker = idle.pop(); worker !== undefined; worker = idle.pop()) {
      if (worker.session.isIdle()) return worker;
      await end(worker);
    }
    return start();
  };
  return {
    ask: async (request, deadlineMs, environment) => {
      if (environment !== undefined) return alone.ask(request, deadlineMs, environment);
      const worker = await take();
      if (worker instanceof HarnessError) return worker;
      note(worker, worker.session.late());
      worker.last = request.case;
      const process = await worker.session.ask(JSON.stringify(request), deadlineMs, watch.signal);
      const outside = worker.newHits();
      if (worker.session.isIdle() && !hasCallLeft(process)) idle.push(worker);
      else await end(worker);
      return { process, outside };
    },
    close: async () => {
      await Promise.all(idle.splice(0).map(end));
      return late;
    },
  };
}

/** A call that never ended still runs in the process, where it could disturb the cases that follow. */
function hasCallLeft({ stdout }: ProcessEnd): boolean {
  return stdout.includes('"unsettled"');
}

function notReady(end: ProcessEnd): HarnessError {
  switch (end.trouble?.kind) {
    case 'aborted':
      return new HarnessError('E_ABORTED', 'The run was stopped.', { kind: 'harness' });
    case 'not-started':
      return fault('E_DRIVER_START', end.trouble.message);
    case 'deadline':
      return fault('E_DRIVER_READY', `It wrote no ready line within ${startDeadlineMs / 1000} s. ${lastWords(end)}`);
    case 'flood':
    case 'left-child':
    case 'disk':
    case 'processes':
    case undefined: {
      const wrote = end.stdout.trim() === '' ? 'nothing' : JSON.stringify(end.stdout.slice(0, 120));
      const ended = end.exit === 0 ? '' : ` It ended with ${end.exit}.`;
      return fault('E_DRIVER_READY', `It wrote ${wrote} in place of the ready line.${ended} ${lastWords(end)}`);
    }
    default:
      return end.trouble satisfies never;
  }
}
