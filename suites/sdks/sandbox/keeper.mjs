// Runs inside a fresh network namespace (`unshare --net`), keeps it alive, and opens listening sockets in it
// for the harness outside: a socket belongs to the namespace it was made in, and is handed over as a handle.
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const ip = (...args) => spawnSync('ip', args, { encoding: 'utf8' });
const up = ip('link', 'set', 'lo', 'up');
// Every other IPv4 address leads here, too: who wants to reach another host is seen, and reaches nobody.
const caught = ip('route', 'add', 'local', '0.0.0.0/0', 'dev', 'lo').status === 0;
process.send?.({ ready: up.status === 0, caught, error: up.error?.message ?? up.stderr });

const waiting = new Map();
process.on('message', ({ id, port = 0, host = '127.0.0.1', told }) => {
  if (told !== undefined) {
    waiting.get(told)?.();
    waiting.delete(told);
    return;
  }
  const server = createServer();
  server.on('error', (error) => process.send?.({ id, error: error.message }));
  server.listen(port, host, () => {
    process.send?.({ id }, server, {}, () => server.close());
  });
});
process.on('disconnect', () => {
  process.exitCode = 0;
  names.close();
});

// The names that are looked up. The harness looks for who asks, who waits for the answer: there is no such name.
let asked = 0;
const names = createSocket('udp4');
names.on('error', () => undefined);
names.on('message', (question, from) => {
  const number = ++asked;
  waiting.set(number, () => names.send(noSuchName(question), from.port, from.address));
  process.send?.({ asked: number, name: nameIn(question), port: from.port });
});
if (caught) names.bind(53, '0.0.0.0');

/** The name of the first question of a DNS message (RFC 1035, 4.1.2). */
function nameIn(message) {
  const labels = [];
  for (let at = 12; at < message.length && message[at] !== 0; at += 1 + message[at])
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]));
  return labels.join('.').slice(0, 200);
}

/** The question as its own answer, with the code NXDOMAIN. */
function noSuchName(question) {
  const answer = Buffer.from(question);
  answer[2] |= 0x80;
  answer[3] = 0x83;
  return answer;
}
