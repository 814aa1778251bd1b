// Runs inside a fresh network namespace (`unshare --net`), keeps it alive, and opens listening sockets in it
// for the harness outside: a socket belongs to the namespace it was made in, and is handed over as a handle.
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

const up = spawnSync('ip', ['link', 'set', 'lo', 'up'], { encoding: 'utf8' });
process.send?.({ ready: up.status === 0, error: up.error?.message ?? up.stderr });

process.on('message', ({ id }) => {
  const server = createServer();
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ id }, server, {}, () => server.close());
  });
});
process.on('disconnect', () => {
  process.exitCode = 0;
});
