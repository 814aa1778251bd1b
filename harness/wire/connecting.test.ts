import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HarnessError } from '../core/errors.ts';
import * as certificates from '../testing/certificates.ts';
import { startScriptedSocket, type ScriptedSocket } from '../testing/servers/scripted-socket.ts';
import { notFound, plain, wireTo } from '../testing/wire-client.ts';
import { defaultLimits } from './limits.ts';
import { openWire } from './send.ts';

describe('no exchange', () => {
  test('where nothing listens', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const { fault, response } = await wireTo(`http://127.0.0.1:${port}`).send(plain);
    expect(response).toBeUndefined();
    expect(fault).toEqual({ kind: 'refused', message: `nothing listens at http://127.0.0.1:${port} (ECONNREFUSED)` });
  });

  test('where the name leads nowhere', async () => {
    const { fault } = await wireTo('http://no-such-host.invalid').send(plain);
    expect(fault?.kind).toBe('dns');
  });
});

describe('over TLS', () => {
  const serve = async (cert: string): Promise<ScriptedSocket> => {
    const secure = await startScriptedSocket([`${notFound}{}`], { key: certificates.serverKey, cert });
    onTestFinished(() => secure.close());
    return secure;
  };

  test('an exchange shows the same, the bytes on the wire included', async () => {
    const { origin } = await serve(certificates.good);
    const exchange = await wireTo(origin, {}, certificates.authority).send(plain);
    expect(exchange.response?.status).toBe(404);
    expect(exchange.notes.map(({ kind }) => kind)).toEqual(['bytes-after-response']);
  });

  const rows: readonly (readonly [string, string, string | undefined, string])[] = [
    ['an unknown authority', certificates.good, undefined, 'its certificate comes from an unknown authority'],
    ['an expired certificate', certificates.expired, certificates.authority, 'its certificate has expired'],
    [
      'a certificate for another host',
      certificates.otherHost,
      certificates.authority,
      'its certificate is for another host',
    ],
    ['a self-signed certificate', certificates.selfSigned, undefined, 'its certificate is self-signed'],
  ];
  test.each(rows)('%s is not trusted', async (_, cert, authority, why) => {
    const { origin } = await serve(cert);
    const { fault, response } = await wireTo(origin, {}, authority).send(plain);
    expect(response).toBeUndefined();
    expect(fault?.kind).toBe('tls');
    expect(fault?.message).toContain(why);
  });

  test('a server of plain HTTP is recognised', async () => {
    const http = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void http.close());
    const { port } = http.address() as AddressInfo;
    const { fault } = await wireTo(`https://127.0.0.1:${port}`).send(plain);
    expect(fault?.kind).toBe('tls');
  });
});

describe('an address that is not admitted', () => {
  test('gets not one byte, on the first connection and on later ones', async () => {
    const server = await startScriptedSocket(['HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n']);
    onTestFinished(() => server.close());
    const asked: string[] = [];
    const refusal = new HarnessError('E_TARGET_SHARED', 'another machine');
    const wire = openWire({
      origin: server.origin,
      limits: { ...defaultLimits, timeoutMs: 3000 },
      secrets: [],
      admit(address) {
        asked.push(address);
        return asked.length === 2 ? refusal : undefined;
      },
    });
    onTestFinished(() => wire.close());
    expect((await wire.send(plain)).response?.status).toBe(404);
    await expect(wire.send({ ...plain, connection: 'shared' })).rejects.toBe(refusal);
    expect((await wire.send({ ...plain, connection: 'shared' })).response?.status).toBe(404);
    expect(asked).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
    expect(server.heard).toHaveLength(2);
  });
});
