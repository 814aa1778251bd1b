// A server that listens asks it, even for an address: loaded before it is needed.
import 'node:dns';
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { type MockOptions, startMock } from './server.ts';

/** The other end of thread.ts: starts the mock that it is asked for, and says where it is. */
if (parentPort !== null) {
  const [options] = (await once(parentPort, 'message')) as [MockOptions];
  const { origin } = await startMock(options);
  parentPort.postMessage(origin);
}
