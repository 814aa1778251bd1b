import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../core/errors.ts';
import type { StartMock } from './server.ts';

/**
 * Opens a thread in which a mock can be started: it answers while the answers before are judged. What it gives back
 * starts it. Opened early, it is ready by the time that there is a document. Node 20 runs no TypeScript, so from the
 * sources the mock starts in the thread of whoever asks.
 */
export function openMockThread(): StartMock {
  if (import.meta.url.endsWith('.ts')) return async (options) => (await import('./server.ts')).startMock(options);
  const thread = new Worker(new URL('./mock-thread.js', import.meta.url));
  const started = once(thread, 'message') as Promise<[origin: string]>;
  // The error is thrown to the caller that starts it.
  started.catch(() => undefined);
  // Nothing waits for a thread but its start.
  thread.unref();
  return async ({ document, key, forbiddenKey }) => {
    thread.ref();
    thread.postMessage({ document, key, ...(forbiddenKey === undefined ? {} : { forbiddenKey }) });
    const [origin] = await started.finally(() => thread.unref());
    // Whoever waits for an answer learns that none comes; this says why.
    thread.on('error', (thrown) => process.emitWarning(`the mock ended: ${messageOf(thrown)}`));
    return {
      origin,
      close: () => {
        // It ends beside what follows; there is nothing in it to wait for.
        void thread.terminate();
        return Promise.resolve();
      },
    };
  };
}
