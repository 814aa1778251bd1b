import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { asyncProperty, assert, type Arbitrary } from 'fast-check';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Exchange, Operation } from '../model.ts';
import { readResponse } from '../wire/framing.ts';
import {
  end,
  hang,
  reset,
  startScriptedSocket,
  type Act,
  type ScriptedSocket,
} from '../wire/scripted-socket.test-support.ts';
import { openWire, type Wire } from '../wire/send.ts';
import { deleteBackup, errorBody, key, promiseOf, proper, reply, subjectFor } from './bench.test-support.ts';
import { checks } from './index.ts';

/** How many answers are thrown at the client; `PINECONE_CONTRACT_FUZZ=10000` for a long run, other ones by `…_SEED`. */
const answers = Number(process.env['PINECONE_CONTRACT_FUZZ'] ?? 1500);
const seed = Number(process.env['PINECONE_CONTRACT_FUZZ_SEED'] ?? 20250401);
/** So many are under way at once. */
const batch = 25;
const deadlineMs = 150;
/** What the machine may take on top, when it has much else to do. */
const patienceMs = 10_000;

let server: ScriptedSocket;
let wire: Wire;
let operation: Operation;
let unheard = 0;
const scripts = new Map<string, readonly Act[]>();

beforeAll(async () => {
  server = await startScriptedSocket(({ path }) => scripts.get(path) ?? []);
  const limits = { timeoutMs: deadlineMs, idleMs: 100, maxBody: 64 * 1024, maxHeaders: 8 * 1024 };
  wire = openWire({ origin: server.origin, limits, secrets: [key] });
  operation = await deleteBackup();
});
afterAll(async () => {
  await wire.close();
  await server.close();
});

test(
  `${answers} random and mangled answers end in an exchange that every check can judge`,
  { timeout: 30 * 60_000 },
  async () => {
    let sent = 0;
    let memory = 0;
    await assert(
      asyncProperty(fc.array(mangled, { minLength: batch, maxLength: batch }), async (all) => {
        await Promise.all(all.map((one) => survive(one, `/backups/fuzz-${sent++}`)));
        // The first tenth fills caches.
        if (memory === 0 && sent * 10 >= answers) memory = heldMemory();
      }),
      { seed, numRuns: Math.ceil(answers / batch), endOnFailure: true },
    );
    expect(sent).toBeGreaterThanOrEqual(answers);
    expect(unheard).toBeLessThan(answers / 20);
    expect(heldMemory() - memory).toBeLessThan(16 * 1024 * 1024);
  },
);

interface Mangled {
  readonly method: string;
  readonly bytes: string;
  /** Where the bytes are cut into writes. */
  readonly cuts: readonly number[];
  readonly last: Act;
}

async function survive({ method, bytes, cuts, last }: Mangled, path: string): Promise<void> {
  scripts.set(path, [...pieces(bytes, cuts), last]);
  const before = performance.now();
  const exchange = await wire.send({ method, path, headers: [['Api-Key', key]] });
  scripts.delete(path);
  expect(performance.now() - before).toBeLessThan(deadlineMs + patienceMs);
  agree(exchange, method, bytes);
  // A machine with much else to do does not always connect in time; the runner does not judge that either.
  if (exchange.fault?.kind === 'refused') {
    unheard++;
    return;
  }
  for (const promise of ['202', '404', 'refused', 'harmless', ['202', '412', '500']]) {
    const subject = subjectFor({ operation, promised: promiseOf(operation, { promise }), exchange, values: {} });
    const found = checks.filter((check) => check.appliesTo(subject)).flatMap((check) => [...check.run(subject)]);
    for (const { message, where, expected, actual } of found) {
      for (const text of [message, where, expected, actual]) {
        expect(text).not.toBe('');
        expect(text.length).toBeLessThan(1000);
        expect(text).not.toContain(key);
      }
    }
    const silent = found.length === 0 && promise === '404';
    if (silent) expect(exchange).toMatchObject({ response: { status: 404 } });
  }
}

/** An exchange has a response or says why not; a whole one has what the server sent. */
function agree(exchange: Exchange, method: string, bytes: string): void {
  const { response, fault } = exchange;
  if (fault !== undefined) {
    expect(fault.message, JSON.stringify(bytes.slice(0, 400))).not.toBe('');
    return;
  }
  const told = JSON.stringify(bytes.slice(0, 400));
  expect(response, told).toBeDefined();
  const sent = readResponse(Buffer.from(bytes, 'latin1'), { method, ended: true }).response;
  expect(response?.status, told).toBe(sent?.status);
  // Where a line is malformed, clients may differ on what it holds.
  const odd = exchange.notes.some(({ kind }) => kind === 'bad-status-line' || kind === 'bad-header-line');
  if (odd) return;
  expect(response?.headers, told).toEqual(sent?.headers);
  expect(Buffer.from(response?.body ?? []).toString('latin1'), told).toBe(sent?.body.toString('latin1'));
}

function pieces(bytes: string, cuts: readonly number[]): readonly Act[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places
    .slice(1)
    .flatMap((to, at) => (at === 0 ? [bytes.slice(0, to)] : [{ wait: 1 }, bytes.slice(places[at], to)]));
}

function heldMemory(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

// What is sent ------------------------------------------------------------------------------------

const oddities = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ' ',
  '\t',
  ':',
  ',',
  ';',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  '\xff',
  '\xc3',
  '\xed\xa0\x80',
  '\\ud800',
  '\xef\xbb\xbf',
  '0',
  '9',
  'NaN',
  key,
  '1f8b',
  '\x1f\x8b',
];

const heads: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/1.1', 'HTTP/2', 'http/1.1', 'HTTP/9.9', ''),
    fc.oneof(fc.constantFrom(202, 401, 404, 412, 500, 204, 304, 100, 101, 103, 307), fc.nat(1200)),
    fc.constantFrom('OK', 'Not Found', '', 'caf\xe9', key),
    fc.array(
      fc.oneof(
        fc.constantFrom(
          'Content-Type: application/json',
          'Content-Type: application/json; charset=utf-16',
          'Content-Type: ;;;=',
          'Content-Length: 0',
          'Content-Length: 5',
          'Content-Length: 99999999999999999999',
          'Content-Length: -1',
          'Transfer-Encoding: chunked',
          'Transfer-Encoding: gzip, chunked',
          'Transfer-Encoding: x',
          'Content-Encoding: gzip',
          'Connection: close',
          'Connection: keep-alive',
          'Connection: upgrade',
          'Upgrade: h2c',
          'Keep-Alive: timeout=0',
          'Location: //[',
          'Retry-After: x',
          'Set-Cookie: a',
          'Cache-Control: max-age=9',
          `X: ${key}`,
          ' folded',
          'Trailer: X',
        ),
        fc.string({ maxLength: 60 }).map((text) => Buffer.from(text).toString('latin1')),
      ),
      { maxLength: 6 },
    ),
  )
  .map(
    ([version, status, reason, lines]) =>
      `${version} ${status} ${reason}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`,
  );

const bodies: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    proper(404),
    proper(412),
    errorBody(404, 'X', ''),
    '',
    '[]',
    'null',
    '{"a":1,"a":2}',
    '['.repeat(600),
    '"\\ud800"',
  ),
  fc.json().map((text) => Buffer.from(text).toString('latin1')),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.nat(80_000).map((size) => 'x'.repeat(size)),
);

const chunked = (body: string, size: number): string => {
  const parts = body.match(new RegExp(`[^]{1,${size + 1}}`, 'g')) ?? [];
  return `${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`;
};

/** Answers that would be right, and such as were never right. */
const answersSent: Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.constantFrom(404, 202, 500, 200), bodies)
    .map(([status, body]) => reply(status, Buffer.from(body, 'latin1'))),
  fc
    .tuple(fc.constantFrom(404, 412), bodies, fc.nat(40))
    .map(
      ([status, body, size]) =>
        `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunked(body, size)}`,
    ),
  fc.tuple(heads, bodies).map(([head, body]) => head + body),
  fc.tuple(heads, bodies, fc.nat(9)).map(([head, body, size]) => head + chunked(body, size)),
  fc.tuple(heads, heads, bodies).map((parts) => parts.join('')),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

type Cut = readonly [
  kind: 'delete' | 'insert' | 'swap' | 'repeat' | 'truncate',
  at: number,
  length: number,
  text: string,
];

const cut: Arbitrary<Cut> = fc.tuple(
  fc.constantFrom('delete', 'insert', 'swap', 'repeat', 'truncate'),
  fc.nat(),
  fc.nat(12),
  fc.constantFrom(...oddities),
);

function applied(bytes: string, [kind, where, length, text]: Cut): string {
  // Most of what can go wrong is in the head.
  const at = where % (Math.min(bytes.length, 400) + 1);
  switch (kind) {
    case 'delete':
      return bytes.slice(0, at) + bytes.slice(at + length);
    case 'insert':
      return bytes.slice(0, at) + text + bytes.slice(at);
    case 'swap':
      return bytes.slice(0, at) + text + bytes.slice(at + text.length);
    case 'repeat':
      return bytes.slice(0, at) + bytes.slice(at, at + length).repeat(3) + bytes.slice(at + length);
    case 'truncate':
      return bytes.slice(0, at);
    default:
      return kind satisfies never;
  }
}

const mangled: Arbitrary<Mangled> = fc
  .tuple(
    fc.constantFrom('DELETE', 'DELETE', 'DELETE', 'GET', 'HEAD', 'POST'),
    answersSent,
    fc.array(cut, { maxLength: 3 }),
    fc.array(fc.nat(), { maxLength: 3 }),
    // A connection that stays open costs the deadline where the answer is not whole.
    fc.constantFrom(...Array.from({ length: 12 }, () => end), reset, hang),
  )
  .map(([method, bytes, cuts, places, last]) => ({ method, bytes: cuts.reduce(applied, bytes), cuts: places, last }));
