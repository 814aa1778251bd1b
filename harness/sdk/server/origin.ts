import type { Server } from 'node:net';
import { HarnessError, reportIt } from '../../core/errors.ts';

/** Where a listening server is reached. */
export function originOf(server: Server, host: '127.0.0.1' | 'localhost' = '127.0.0.1'): string {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new HarnessError('E_SDK_SERVER', 'The scripted server is not listening on a port.', {
      kind: 'harness',
      hint: reportIt,
    });
  }
  return `http://${host}:${address.port}`;
}
