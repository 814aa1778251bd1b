// One lie each: `node lies.mjs NAME`. Which rule must catch it stands in liars.ts.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { lookup } from 'node:dns';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientLies } from './client-lies.mjs';
import { drive, exchange, honest, unsettled } from './stand-in.mjs';

const none = { value: null, via: null };
const forever = () => setInterval(() => undefined, 1000);
const replaceHeader = (name, value) => (about) => {
  const { [name]: _, ...others } = honest.headers(about);
  return value === undefined ? others : { ...others, [name]: value };
};

const phoneHome = () =>
  new Promise((resolve) => {
    const call = request(process.env.HTTPS_PROXY, { method: 'CONNECT', path: 'telemetry.example:443' });
    call.on('error', resolve).on('connect', resolve).end();
  });

/** TEST-NET-1 (RFC 5737): nobody is there. */
const connectDirectly = () =>
  new Promise((resolve) => {
    connect(443, '192.0.2.1').on('error', resolve).on('close', resolve);
  });

// In a session of its own it leaves the process group, and nothing of the driver is held open.
const forkAway = () => spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).unref();

const forkWithoutEnd = () => {
  for (let made = 0; made < 80; made += 1) spawn('sleep', ['60'], { stdio: 'ignore' });
  return new Promise(forever);
};

const fillTheDisk = () => {
  for (let part = 0; part < 5; part += 1) writeFileSync(join(tmpdir(), `part-${part}`), Buffer.alloc(16 * 1024 * 1024));
  return new Promise(forever);
};

const keysOfOthers = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
      } catch {
        return [];
      }
    })
    .filter((pair) => pair.startsWith('PINECONE_API_KEY='));

const lies = {
  honest: {},
  'wrong-method': { method: () => 'POST' },
  'unescaped-id': { target: (id) => `/backups/${id}` },
  'twice-escaped-id': { target: (id) => `/backups/${encodeURIComponent(encodeURIComponent(id))}` },
  'sends-empty-id': { refuses: () => false },
  'raw-request': {
    exchange: (self, order) =>
      new Promise((resolve) => {
        const { hostname, port } = new URL(order.base_url);
        const socket = connect(Number(port), hostname, () =>
          socket.write(
            `DELETE /backups/${order.input.backup_id} HTTP/1.1\r\nHost: x\r\nApi-Key: ${order.api_key}\r\n\r\n`,
          ),
        );
        socket.on('error', () => undefined);
        socket.on('data', () => undefined);
        socket.on('close', () => resolve({ status: 404, headers: {}, body: '' }));
      }),
  },
  'adds-query': { target: (id) => `${honest.target(id)}?force=true` },
  'key-in-query': { target: (id, order) => `${honest.target(id)}?api_key=${order.api_key}` },
  'no-key': { headers: replaceHeader('Api-Key', undefined) },
  'key-twice': { headers: ({ key }) => ({ ...honest.headers({ key }), 'Api-Key': [key, key] }) },
  'key-as-bearer-too': { headers: ({ key }) => ({ ...honest.headers({ key }), Authorization: `Bearer ${key}` }) },
  'no-version': { headers: replaceHeader('X-Pinecone-Api-Version', undefined) },
  'stale-version': { headers: replaceHeader('X-Pinecone-Api-Version', '2024-07') },
  'version-twice': { headers: replaceHeader('X-Pinecone-Api-Version', ['2025-04', '2025-04']) },
  'body-on-delete': { body: () => '{}' },
  'other-release-on-the-wire': { headers: replaceHeader('User-Agent', 'stand-in/0.9.0') },
  'retries-404': { sendsAgain: ({ status }, sent) => sent < 2 && status === 404 },
  'retries-202': { sendsAgain: ({ status }, sent) => sent < 2 && status === 202 },
  'never-retries': { sendsAgain: () => false },
  'changes-when-sent-again': {
    target: (id, order, index) => (index === 0 ? honest.target(id) : `${honest.target(id)}%20`),
  },
  impatient: { waits: () => 0 },
  'follows-redirect-with-key': {
    exchange: async (self, order, index) => {
      const answer = await exchange(self, order, index);
      const { location } = answer.headers;
      if (location === undefined) return answer;
      const { origin, pathname } = new URL(location);
      return exchange({ ...self, target: () => pathname }, { ...order, base_url: origin }, index);
    },
  },
  'redirect-becomes-success': {
    exchange: async (self, order, index) => {
      const answer = await exchange(self, order, index);
      const { location } = answer.headers;
      if (location === undefined) return answer;
      const { origin, pathname } = new URL(location);
      const keyless = { ...self, method: () => 'GET', headers: () => ({}), target: () => pathname };
      return exchange(keyless, { ...order, base_url: origin }, index);
    },
  },
  'phones-home': { before: phoneHome },
  'connects-directly': { before: connectDirectly },
  'connects-directly-when-it-describes-itself': { describing: connectDirectly },
  'looks-up-a-host': { before: () => new Promise((resolve) => lookup('telemetry.example', resolve)) },
  'phones-home-when-it-describes-itself': { describing: phoneHome },
  'phones-home-when-it-ends': { atEnd: phoneHome },
  'unsupported-for-all': { result: ({ returned, raised, ...frame }) => ({ ...frame, outcome: 'unsupported' }) },
  'waits-for-ever': {
    exchange: (self, order, index) =>
      Promise.race([
        exchange(self, { ...order, client: {} }, index),
        new Promise((_, reject) => setTimeout(() => reject(unsettled), order.deadline_ms)),
      ]),
  },
  'starts-late': {
    before: ({ deadline_ms: deadline }) => new Promise((resolve) => setTimeout(resolve, 0.6 * deadline)),
    exchange: (self, order, index) =>
      Promise.race([
        exchange(self, { ...order, client: {} }, index),
        new Promise((_, reject) => setTimeout(() => reject(unsettled), 0.4 * order.deadline_ms)),
      ]),
  },
  'raises-on-202': { succeeds: () => false },
  'swallows-404': { succeeds: ({ status }) => status === 202 || status === 404 },
  'swallows-reset': { result: (result) => ({ ...result, outcome: 'returned', returned: { type: 'nothing' } }) },
  'never-sends': { exchange: async () => ({ status: 202, headers: {}, body: '' }) },
  'foreign-type': { raised: (error) => ({ ...error, class: 'Error', lineage: ['Error'] }) },
  'no-status': { raised: (error) => ({ ...error, status: none }) },
  'status-as-text': { raised: (error) => ({ ...error, status: { value: String(error.status.value), via: 'status' } }) },
  'drops-code': { raised: (error) => ({ ...error, code: none }) },
  'drops-message': { raised: (error) => ({ ...error, message: none, body: none, display: 'it failed' }) },
  mute: { raised: (error) => ({ ...error, display: ' ' }) },
  'leaks-key-in-error': {
    raised: (error, order) => ({ ...error, display: `DELETE with Api-Key ${order.api_key} failed` }),
  },
  'leaks-key-to-log': { before: (order) => process.stderr.write(`debug: Api-Key: ${order.api_key}\n`) },
  'leaks-key-then-logs-much': {
    before: (order) => process.stderr.write(`debug: Api-Key: ${order.api_key}\n${'debug: nothing\n'.repeat(400)}`),
  },
  'leaks-key-in-base64': {
    before: (order) => process.stderr.write(`${Buffer.from(`key=${order.api_key}`).toString('base64')}\n`.padEnd(6000)),
  },
  'leaks-key-in-utf-16': {
    before: (order) => process.stderr.write(Buffer.from(`key=${order.api_key}\n`.padEnd(6000), 'utf16le')),
  },
  'leaks-key-beside-its-line': { write: (line, order) => process.stdout.write(`Api-Key: ${order.api_key}\n${line}\n`) },
  'leaks-key-as-bytes': {
    result: (result, order) => ({ ...result, returned: { type: 'Bytes', json: [...Buffer.from(order.api_key)] } }),
  },
  // Later than the harness waits for the rest of the output of a case.
  'leaks-key-after-its-answer': {
    answered: ({ api_key: key }) => setTimeout(() => process.stderr.write(`debug: Api-Key: ${key}\n`), 300),
    atEnd: () => new Promise((resolve) => setTimeout(resolve, 600)),
  },
  'leaks-key-when-it-ends': { atEnd: ({ api_key: key }) => process.stdout.write(`debug: Api-Key: ${key}\n`) },
  'leaks-key-and-hangs': {
    before: (order) => {
      process.stderr.write(`debug: Api-Key: ${order.api_key}\n`.padEnd(6000));
      return new Promise(forever);
    },
  },
  'forgets-first-error': { raised: (error) => ({ ...error, cause: [] }) },
  'blames-last-error': {
    raised: (error) => ({
      ...error,
      display: `after 500 ms: ${error.display}`,
      cause: [{ class: 'HttpError', message: 'the 500th call failed', status: error.status.value }],
    }),
  },
  'prints-twice': { write: (line) => process.stdout.write(`${line}\n${line}\n`) },
  'prints-twice-and-sends-twice': {
    sendsAgain: (_, sent) => sent < 2,
    write: (line) => process.stdout.write(`${line}\n${line}\n`),
  },
  'prints-nothing-and-sends-to-all': { target: () => '/backups', write: () => undefined },
  'prints-nothing': { write: () => undefined },
  'prints-a-log': { write: () => process.stdout.write('deleted the backup\n') },
  'omits-what-was-raised': { result: ({ raised, ...rest }) => rest },
  'wrong-nonce': { result: (result) => ({ ...result, nonce: 'the-nonce-of-another-case' }) },
  'other-case': { result: (result) => ({ ...result, case: 'sdk/delete_backup/202/other' }) },
  'other-version-in-result': { result: (result) => ({ ...result, sdk: { name: 'stand-in', version: '0.9.0' } }) },
  'other-version': { version: '0.9.0' },
  'blames-itself': { result: ({ raised, ...rest }) => ({ ...rest, outcome: 'driver_error', driver_error: 'no idea' }) },
  'no-such-operation': { operations: [] },
  hangs: { before: () => new Promise(forever) },
  'hangs-after-answering': { after: forever },
  segfaults: { after: () => process.kill(process.pid, 'SIGSEGV') },
  'exits-with-1': { after: () => process.exit(1) },
  'leaves-a-child': {
    // The child outlives the driver and holds its standard output.
    after: () => {
      spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60000)'], {
        stdio: ['ignore', 'inherit', 'ignore'],
      }).unref();
      process.exit(0);
    },
  },
  'forks-away': { before: forkAway },
  'forks-away-when-it-describes-itself': { describing: forkAway },
  'forks-without-end': { before: forkWithoutEnd },
  'forks-without-end-when-it-describes-itself': { describing: forkWithoutEnd },
  'fills-the-disk': { before: fillTheDisk },
  'fills-the-disk-when-it-describes-itself': { describing: fillTheDisk },
  'tells-its-environment': {
    result: (result) => ({ ...result, returned: { type: 'names', json: Object.keys(process.env) } }),
  },
  // Every process whose environment it may read, and what stands there as a key.
  'reads-the-environment-of-others': {
    result: (result) => ({ ...result, returned: { type: 'keys', json: keysOfOthers() } }),
  },
  'floods-its-log': { before: () => new Promise(() => setInterval(() => process.stderr.write('x'.repeat(65536)), 1)) },
  'is-never-ready': { ready: () => process.stdout.write('hello\n') },
  'ends-when-started': { ready: () => process.exit(69) },
  'dies-in-202': {
    before: (order) => (order.case.includes('/202/') ? process.kill(process.pid, 'SIGSEGV') : undefined),
  },
  'ends-after-each-case': { write: (line) => process.stdout.write(`${line}\n`, () => process.exit(0)) },
  'foreign-refusal': { raised: (error) => ({ ...error, class: 'URIError', lineage: ['URIError'] }) },
  'sends-what-is-no-id': {
    idOf: (value) =>
      typeof value === 'string'
        ? value
        : 'utf16' in value
          ? String.fromCharCode(...value.utf16).toWellFormed()
          : String(value.json),
  },
  'retries-408': { sendsAgain: ({ status }, sent) => sent < 2 && (status === 408 || status >= 500) },
  'takes-0-for-never': {
    sendsAgain: ({ status, headers }, sent) => sent < 2 && status >= 500 && headers['retry-after'] !== '0',
  },
  'redirect-becomes-deletion': {
    exchange: async (self, order, index) => {
      const answer = await exchange(self, order, index);
      const { location } = answer.headers;
      if (location === undefined) return answer;
      const { origin, pathname } = new URL(location);
      return exchange({ ...self, headers: () => ({}), target: () => pathname }, { ...order, base_url: origin }, index);
    },
  },
  ...clientLies,
  'knows-no-option': { options: ['timeout_ms'], without: { input_json: 'an id is a text in this language' } },
  floods: { before: () => new Promise(() => setInterval(() => process.stdout.write('x'.repeat(65536)), 1)) },
};

if (process.argv[2] === '--names') process.stdout.write(`${Object.keys(lies).join('\n')}\n`);
else await drive(lies[process.argv[2]]);
