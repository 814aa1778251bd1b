import { expect, onTestFinished, test } from 'vitest';
import { defaultLimits } from './limits.ts';
import { startScriptedSocket, type Script } from '../testing/servers/scripted-socket.ts';
import { openWire } from './send.ts';

const hundredMegabytes = 100 * 1024 * 1024;
const head = 'HTTP/1.1 200 OK\r\n';
const unit = 'x'.repeat(1024);

const floods: readonly (readonly [string, Script])[] = [
  ['with its length', [`${head}Content-Length: ${hundredMegabytes}\r\n\r\n`, { flood: unit, bytes: hundredMegabytes }]],
  [
    'in chunks',
    [`${head}Transfer-Encoding: chunked\r\n\r\n`, { flood: `400\r\n${unit}\r\n`, bytes: hundredMegabytes }],
  ],
  ['up to the end', [`${head}\r\n`, { flood: unit, bytes: hundredMegabytes }]],
  ['in the name of a chunk', [`${head}Transfer-Encoding: chunked\r\n\r\n1;`, { flood: unit, bytes: hundredMegabytes }]],
  ['beside the body', [`${head}Content-Length: 2\r\n\r\n{}`, { flood: unit, bytes: hundredMegabytes }]],
];

test.each(floods)('a body of 100 MB, %s, costs no more than the cap', async (_, script) => {
  const server = await startScriptedSocket(script);
  const wire = openWire({ origin: server.origin, limits: defaultLimits, secrets: [] });
  onTestFinished(async () => {
    await wire.close();
    await server.close();
  });
  const held = (): number => process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  const before = held();
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, held() - before)), 1);
  const exchange = await wire.send({ method: 'DELETE', path: '/', headers: [] });
  clearInterval(watch);
  most = Math.max(most, held() - before);
  expect(exchange.response?.body.length).toBeLessThanOrEqual(defaultLimits.maxBody);
  // The kept body and the tape, what is on its way in the sockets of both sides, and what is not collected yet.
  expect(most).toBeLessThan(48 * 1024 * 1024);
});
