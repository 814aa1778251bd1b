import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { HarnessError, messageOf } from '../../core/errors.ts';
import { packageFile } from '../../core/package-files.ts';
import { outsideAttempts } from './outside.ts';

/** Where drivers run: with no network but loopback, as far as this machine can do that. */
export interface Network {
  /** `namespace`: the kernel refuses everything but loopback. `open`: only a proxy that records can be seen. */
  readonly kind: 'namespace' | 'open';
  /** One sentence for the report. */
  readonly means: string;
  /** A server that listens on 127.0.0.1, on a port of its own, where drivers can reach it. */
  listen(): Promise<Server>;
  /**
   * What the process with that value of the variable of drivers tried to reach beside loopback, and not by a proxy; of the
   * empty text: what nobody could be found for.
   */
  outside(mark: string): readonly string[];
  /** The same command, started inside. */
  inside(command: readonly string[]): readonly string[];
  close(): Promise<void>;
}

/**
 * A namespace has a loopback of its own, so a server outside cannot be reached from within. Therefore a keeper process
 * lives in the namespace, opens the listening sockets there and passes them out: the harness accepts on them as on any
 * other, resets included. Where namespaces are not allowed (macOS, locked-down CI), the network stays open.
 */
export async function openNetwork(options: { readonly isolate?: boolean } = {}): Promise<Network> {
  if (options.isolate === false) return openLoopback('isolation was not asked for');
  if (process.platform !== 'linux') return openLoopback('network namespaces need Linux');
  const keeper = spawn(
    'unshare',
    ['-rn', '--', process.execPath, packageFile('suites', 'sdks', 'sandbox', 'keeper.mjs')],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin' },
    },
  );
  try {
    const { catches } = await untilReady(keeper);
    const network = namespaceOf(keeper);
    await proves(network);
    if (catches) await network.catchOthers();
    return network;
  } catch (error) {
    keeper.kill('SIGKILL');
    return openLoopback(`a network namespace could not be made here: ${messageOf(error)}`);
  }
}

function openLoopback(why: string): Network {
  return {
    kind: 'open',
    means: `network not cut off (${why}); proxies lead into a recorder`,
    listen: () => listening(createServer()),
    outside: () => [],
    inside: (command) => command,
    close: () => Promise.resolve(),
  };
}

/** The ports of web servers, on which almost everything that leaves a machine is sent. */
const watchedPorts = [80, 443];

function namespaceOf(keeper: ChildProcess): Network & { readonly catchOthers: () => Promise<void> } {
  const pid = String(keeper.pid);
  const waiting = new Map<number, (server: Server) => void>();
  const attempts = outsideAttempts(pid);
  let last = 0;
  keeper.on('message', (message, handle) => {
    const id = numberIn(message, 'id');
    // The handle is a net.Server: the keeper sends nothing else.
    if (id !== undefined && handle !== undefined) waiting.get(id)?.(handle as Server);
    const told = numberIn(message, 'asked');
    if (told === undefined) return;
    attempts.lookup(textIn(message, 'name'), numberIn(message, 'port') ?? 0);
    // Who asks waits for the answer, and so could be looked for.
    keeper.send({ told }, () => undefined);
  });
  keeper.unref();
  const open = (where: { readonly port?: number; readonly host?: string } = {}): Promise<Server> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const timer = setTimeout(() => reject(lost('did not open a port within 30 s')), 30_000);
      waiting.set(id, (server) => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(server);
      });
      keeper.send({ id, ...where }, (error) => {
        if (error !== null) reject(lost(error.message));
      });
    });
  const traps: Server[] = [];
  return {
    kind: 'namespace',
    means: 'own network namespace, loopback only',
    catchOthers: async () => {
      for (const port of watchedPorts) {
        const server = await open({ port, host: '0.0.0.0' });
        attempts.watch(server.unref());
        traps.push(server);
      }
    },
    outside: attempts.of,
    listen: () => open(),
    inside: (command) => ['nsenter', '-t', pid, '-U', '-n', '--preserve-credentials', '--', ...command],
    close: () =>
      new Promise((resolve) => {
        for (const trap of traps) trap.close();
        if (keeper.exitCode !== null || keeper.signalCode !== null) {
          resolve();
          return;
        }
        // Held while it ends, or the process could end first, in the middle of what it has to say.
        keeper.ref();
        keeper.once('exit', () => resolve());
        setTimeout(() => keeper.kill('SIGKILL'), 1000).unref();
        keeper.disconnect();
      }),
  };
}

/** Whether what leaves for other hosts is led to loopback, too. */
function untilReady(keeper: ChildProcess): Promise<{ readonly catches: boolean }> {
  return new Promise((resolve, reject) => {
    let catches = false;
    const onError = (error: Error): void => done(error);
    const onExit = (code: number | null): void => done(new Error(`unshare ended with ${String(code)}`));
    const onMessage = (message: unknown): void => {
      catches = isTrueIn(message, 'caught');
      const ready = isTrueIn(message, 'ready');
      done(ready ? undefined : new Error('the loopback interface could not be brought up'));
    };
    const timer = setTimeout(() => done(new Error('unshare was not ready within 20 s')), 20_000);
    // One by one: Node hears handles through a listener of its own, which removeAllListeners would take away.
    const done = (error: Error | undefined): void => {
      clearTimeout(timer);
      keeper.off('error', onError).off('exit', onExit).off('message', onMessage);
      if (error === undefined) resolve({ catches });
      else reject(error);
    };
    keeper.on('error', onError).on('exit', onExit).on('message', onMessage);
  });
}

/** Some containers let a namespace be made but not be entered: try the whole way once. */
async function proves(network: Network): Promise<void> {
  const server = await network.listen();
  server.close();
  const [program = '', ...args] = network.inside(['true']);
  await new Promise<void>((resolve, reject) => {
    const probe = spawn(program, args, { stdio: 'ignore' });
    probe.once('error', reject);
    probe.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`nsenter ended with ${String(code)}: the namespace cannot be entered`)),
    );
  });
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function memberOf(message: unknown, name: string): unknown {
  return typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
}

function numberIn(message: unknown, name: string): number | undefined {
  const value = memberOf(message, name);
  return typeof value === 'number' ? value : undefined;
}

function textIn(message: unknown, name: string): string {
  const value = memberOf(message, name);
  return typeof value === 'string' ? value : '';
}

function isTrueIn(message: unknown, name: string): boolean {
  return memberOf(message, name) === true;
}

function lost(why: string): HarnessError {
  return new HarnessError('E_SDK_NETWORK', `The keeper of the network namespace ${why}.`, {
    kind: 'harness',
    hint: 'Run it again with --no-isolation to leave the namespace out.',
  });
}
