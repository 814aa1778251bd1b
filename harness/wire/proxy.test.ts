import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import * as certificates from '../testing/certificates.ts';
import { defaultLimits } from './limits.ts';
import { startScriptedSocket, type ScriptedSocket } from '../testing/servers/scripted-socket.ts';
import { openWire, type Wire } from './send.ts';

const key = 'pcsk_test1_0123456789abcdefghij';
const notFound = 'HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}{}';

afterEach(() => vi.unstubAllEnvs());

/** A proxy that leads every tunnel to one server, and remembers what it was asked for. */
async function startProxy(server: ScriptedSocket, status = 200): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.on('error', () => undefined);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const behind = connect(Number(new URL(server.origin).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(behind).pipe(socket);
    });
    behind.on('error', () => undefined);
    socket.on('close', () => behind.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
}

async function startServer(secure = false): Promise<ScriptedSocket> {
  const tls = secure ? { key: certificates.serverKey, cert: certificates.otherHost } : undefined;
  const server = await startScriptedSocket([notFound], tls);
  onTestFinished(() => server.close());
  return server;
}

function wireTo(origin: string, authority?: string): Wire {
  const wire = openWire({
    origin,
    limits: { ...defaultLimits, timeoutMs: 3000 },
    secrets: [key],
    ...(authority === undefined ? {} : { authority }),
  });
  onTestFinished(() => wire.close());
  return wire;
}

const request = {
  method: 'DELETE',
  path: '/backups/%2e',
  headers: [
    ['X', '1'],
    ['Api-Key', key],
    ['X', '2'],
  ],
} as const;

test('a request to another machine goes through the proxy of the environment, as it is', async () => {
  const server = await startServer();
  const proxy = await startProxy(server);
  vi.stubEnv('HTTP_PROXY', proxy.url);
  const exchange = await wireTo('http://api.example.test').send(request);
  expect(proxy.asked).toEqual(['api.example.test:80']);
  expect(exchange.response?.status).toBe(404);
  expect(exchange.notes.map(({ kind }) => kind)).toEqual(['bytes-after-response']);
  expect(server.heard[0]?.raw).toContain(`DELETE /backups/%2e HTTP/1.1\r\nhost: api.example.test\r\n`);
  expect(server.heard[0]?.raw).toContain(`X: 1\r\nApi-Key: ${key}\r\nX: 2\r\n`);
});

test('requests that share a connection share their tunnel', async () => {
  const server = await startServer();
  server.play(['HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}']);
  const proxy = await startProxy(server);
  vi.stubEnv('HTTP_PROXY', proxy.url);
  const wire = wireTo('http://api.example.test');
  await wire.send({ ...request, connection: 'a' });
  await wire.send({ ...request, connection: 'a' });
  expect(server.heard.map(({ nth }) => nth)).toEqual([0, 1]);
});

test('TLS is spoken and verified through the tunnel', async () => {
  const server = await startServer(true);
  const proxy = await startProxy(server);
  vi.stubEnv('HTTPS_PROXY', proxy.url);
  const trusted = await wireTo('https://other.example', certificates.authority).send(request);
  expect(trusted.response?.status).toBe(404);
  const otherHost = await wireTo('https://api.example.test', certificates.authority).send(request);
  expect(otherHost.fault).toMatchObject({ kind: 'tls' });
  expect(proxy.asked).toEqual(['other.example:443', 'api.example.test:443']);
});

test('hosts of NO_PROXY are asked directly', async () => {
  const server = await startServer();
  const proxy = await startProxy(server);
  vi.stubEnv('HTTP_PROXY', proxy.url);
  vi.stubEnv('NO_PROXY', '.invalid');
  const { fault } = await wireTo('http://api.invalid').send(request);
  expect(fault?.kind).toBe('dns');
  expect(proxy.asked).toEqual([]);
});

test('this machine is asked directly, whatever the environment says', async () => {
  const server = await startServer();
  const proxy = await startProxy(server);
  vi.stubEnv('HTTP_PROXY', proxy.url);
  const exchange = await wireTo(server.origin).send(request);
  expect(exchange.response?.status).toBe(404);
  expect(proxy.asked).toEqual([]);
});

test('a proxy that refuses, is gone or has no address is described as such', async () => {
  const server = await startServer();
  const refusing = await startProxy(server, 403);
  vi.stubEnv('HTTP_PROXY', refusing.url);
  const refused = await wireTo('http://api.example.test').send(request);
  expect(refused.fault).toEqual({
    kind: 'proxy',
    message: 'the proxy did not connect to http://api.example.test: Proxy response (403) !== 200 when HTTP Tunneling',
  });
  vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
  const gone = await wireTo('http://api.example.test').send(request);
  expect(gone.fault?.kind).toBe('proxy');
  vi.stubEnv('HTTP_PROXY', 'not a proxy');
  await expect(wireTo('http://api.example.test').send(request)).rejects.toMatchObject({ code: 'E_PROXY' });
});
