import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { HarnessError, messageOf } from '../../core/errors.ts';
import { packageFile } from '../../core/package-files.ts';

/** Where drivers run: with no network but loopback, as far as this machine can do that. */
export interface Network {
  /** `namespace`: the kernel refuses everything but loopback. `open`: only a proxy that records can be seen. */
  readonly kind: 'namespace' | 'open';
  /** One sentence for the report. */
  readonly means: string;
  /** A server that listens on 127.0.0.1, on a port of its own, where drivers can reach it. */
  listen(): Promise<Server>;
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
    await untilReady(keeper);
    const network = namespaceOf(keeper);
    await proves(network);
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
    inside: (command) => command,
    close: () => Promise.resolve(),
  };
}

function namespaceOf(keeper: ChildProcess): Network {
  const pid = String(keeper.pid);
  const waiting = new Map<number, (server: Server) => void>();
  let last = 0;
  keeper.on('message', (message, handle) => {
    const id = idOf(message);
    // The handle is a net.Server: the keeper sends nothing else.
    if (id !== undefined && handle !== undefined) waiting.get(id)?.(handle as Server);
  });
  keeper.unref();
  return {
    kind: 'namespace',
    means: 'own network namespace, loopback only',
    listen: () =>
      new Promise((resolve, reject) => {
        const id = ++last;
        const timer = setTimeout(() => reject(lost('did not open a port within 30 s')), 30_000);
        waiting.set(id, (server) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(server);
        });
        keeper.send({ id }, (error) => {
          if (error !== null) reject(lost(error.message));
        });
      }),
    inside: (command) => ['nsenter', '-t', pid, '-U', '-n', '--preserve-credentials', '--', ...command],
    close: () =>
      new Promise((resolve) => {
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

function untilReady(keeper: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => done(error);
    const onExit = (code: number | null): void => done(new Error(`unshare ended with ${String(code)}`));
    const onMessage = (message: unknown): void => {
      const ready = typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;
      done(ready ? undefined : new Error('the loopback interface could not be brought up'));
    };
    const timer = setTimeout(() => done(new Error('unshare was not ready within 20 s')), 20_000);
    // One by one: Node hears handles through a listener of its own, which removeAllListeners would take away.
    const done = (error: Error | undefined): void => {
      clearTimeout(timer);
      keeper.off('error', onError).off('exit', onExit).off('message', onMessage);
      if (error === undefined) resolve();
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

function idOf(message: unknown): number | undefined {
  if (typeof message !== 'object' || message === null || !('id' in message)) return undefined;
  return typeof message.id === 'number' ? message.id : undefined;
}

function lost(why: string): HarnessError {
  return new HarnessError('E_SDK_NETWORK', `The keeper of the network namespace ${why}.`, {
    kind: 'harness',
    hint: 'Run it again with --no-isolation to leave the namespace out.',
  });
}
