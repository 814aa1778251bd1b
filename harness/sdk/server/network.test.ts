import { spawn } from 'node:child_process';
import type { Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openNetwork } from './network.ts';
import type { Network } from './network.ts';
import { originOf } from './origin.ts';

let network: Network | undefined;
afterEach(() => network?.close());

/** Connects to argv, and prints what came of it. */
const client = `
  const [host, port] = process.argv.slice(1);
  const socket = require('node:net').connect({ host, port, timeout: 2000 });
  const say = (text) => { process.stdout.write(text); process.exit(0); };
  socket.on('connect', () => socket.write('hello'));
  socket.on('data', (bytes) => say(String(bytes)));
  socket.on('error', (error) => say(error.code));
  socket.on('timeout', () => say('timeout'));`;

describe('a network that is not cut off', () => {
  test('opens ports here and leaves commands as they are', async () => {
    network = await openNetwork({ isolate: false });
    expect(network.kind).toBe('open');
    expect(network.inside(['a', 'b'])).toEqual(['a', 'b']);
    const server = answering(await network.listen());
    expect(await connecting(network, server)).toBe('hello back');
    server.close();
  });
});

describe('a network namespace', () => {
  test('reaches the server of the harness, and nothing else', async ({ skip }) => {
    network = await openNetwork();
    if (network.kind === 'open') return skip(network.means);
    const server = answering(await network.listen());
    expect(await connecting(network, server)).toBe('hello back');
    // TEST-NET-1 (RFC 5737): the kernel leads it nowhere, and says so at once.
    expect(await output(network.inside([process.execPath, '-e', client, '192.0.2.1', '81']))).toBe('ECONNREFUSED');
    // The harness itself is outside: the same port is closed here.
    const { port } = new URL(originOf(server));
    expect(await output([process.execPath, '-e', client, '127.0.0.1', port])).toBe('ECONNREFUSED');
    server.close();
  });

  test('ends with its keeper, and no sooner is anything else said', async ({ skip }) => {
    network = await openNetwork();
    if (network.kind === 'open') return skip(network.means);
    await network.close();
    await expect(network.listen()).rejects.toMatchObject({ code: 'E_SDK_NETWORK' });
  });
});

function answering(server: Server): Server {
  return server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => socket.end(`${bytes.toString()} back`));
  });
}

function connecting(through: Network, server: Server): Promise<string> {
  const { port } = new URL(originOf(server));
  return output(through.inside([process.execPath, '-e', client, '127.0.0.1', port]));
}

function output([program = '', ...args]: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()));
    child.on('error', reject).on('close', () => resolve(text));
  });
}
