import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { array, assert, asyncProperty } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Operation } from '../model/document.ts';
import type { Exchange } from '../model/exchange.ts';
import { readResponse } from '../wire/framing.ts';
import { startScriptedSocket, type Act, type ScriptedSocket } from '../testing/servers/scripted-socket.ts';
import { openWire, type Wire } from '../wire/send.ts';
import { deleteBackup, key, promiseOf, subjectFor } from '../testing/describe-check.ts';
import { checks } from './index.ts';
import { mangled, type Mangled } from '../testing/mangled-responses.ts';

/** How many answers are thrown at the client; `PINECONE_CONTRACT_FUZZ=10000` for a long run, other ones by `…_SEED`. */
const answers = Number(process.env['PINECONE_CONTRACT_FUZZ'] ?? 1500);
const seed = Number(process.env['PINECONE_CONTRACT_FUZZ_SEED'] ?? 20250401);
/** So many are under way at once. */
const batch = 25;
/** Long for a machine with much else to do; an answer that pauses is given up after `idleMs`. */
const deadlineMs = 5000;

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
      asyncProperty(array(mangled, { minLength: batch, maxLength: batch }), async (all) => {
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

async function survive({ method, bytes, cuts, last }: Mangled, path: string): Promise<void> {
  scripts.set(path, [...pieces(bytes, cuts), last]);
  const exchange = await wire.send({ method, path, headers: [['Api-Key', key]] });
  scripts.delete(path);
  agree(exchange, method, bytes);
  // A machine with much else to do does not always connect in time; the runner does not judge that either.
  if (exchange.fault?.kind === 'own-machine') return;
  if (exchange.fault?.kind === 'refused') {
    unheard++;
    return;
  }
  for (const promise of ['202', '404', 'rejected', 'not-5xx', ['202', '412', '500']]) {
    const subject = subjectFor({ operation, expectation: promiseOf(operation, { promise }), exchange, values: {} });
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
  const sentText = JSON.stringify(bytes.slice(0, 400));
  expect(response, sentText).toBeDefined();
  const sent = readResponse(Buffer.from(bytes, 'latin1'), { method, ended: true }).response;
  expect(response?.status, sentText).toBe(sent?.status);
  // Where a line is malformed, clients may differ on what it holds.
  const odd = exchange.notes.some(({ kind }) => kind === 'bad-status-line' || kind === 'bad-header-line');
  if (odd) return;
  expect(response?.headers, sentText).toEqual(sent?.headers);
  expect(Buffer.from(response?.body ?? []).toString('latin1'), sentText).toBe(sent?.body.toString('latin1'));
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
