// An honest driver without an SDK: it does everything right, so that each lie about it (lies.mjs) is the only thing wrong.
// It sends a 5xx and a 429 once more, waits as Retry-After asks, follows no redirect, and refuses ids that no path can hold.
// It serves many cases (protocol 1.1); with `--single` it knows protocol 1 alone.
import { readFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { createInterface } from 'node:readline';

export const honest = {
  version: '1.0.0',
  operations: ['delete_backup'],
  refuses: (id) => id === '' || id === '.' || id === '..',
  /** How the n-th request (0-based) looks. */
  method: () => 'DELETE',
  target: (id) => `/backups/${encodeURIComponent(id)}`,
  headers: ({ key }) => ({
    'Api-Key': key,
    'X-Pinecone-Api-Version': '2025-04',
    'User-Agent': 'stand-in/1.0.0',
  }),
  body: () => '',
  sendsAgain: ({ status }, sent) => sent < 2 && (status === 429 || status >= 500),
  waits: ({ headers }) => Number(headers['retry-after'] ?? 0) * 1000,
  succeeds: ({ status }) => status >= 200 && status < 300,
  /** What becomes of an error before the user sees it. */
  raised: (error) => error,
  /** What becomes of the result before it is written. */
  result: (result) => result,
  /** Anything else, before the call and in place of it. */
  before: () => undefined,
  exchange,
  write: (line) => process.stdout.write(`${line}\n`),
  /** After the result, in a process that serves one case. */
  after: () => process.exit(0),
  /** In a process that serves many cases, after each answer, and when there are no more. */
  answered: () => undefined,
  atEnd: () => undefined,
  /** The line that says that the driver takes requests. */
  ready: () => process.stdout.write('{"v":1.1,"ready":true}\n'),
};

export async function drive(lie = {}) {
  const self = { ...honest, ...lie };
  const sdk = { name: 'stand-in', version: self.version };
  if (process.argv.includes('--describe')) {
    process.stdout.write(
      `${JSON.stringify({
        protocol: process.argv.includes('--single') ? [1] : [1, 1.1],
        driver: 'stand-in',
        language: 'none',
        runtime: process.version,
        sdk: { ...sdk, source: 'itself' },
        operations: self.operations,
        options: ['timeout_ms'],
        exposes: ['status', 'code', 'message', 'body'],
      })}\n`,
    );
    return;
  }
  if (process.argv.includes('--serve')) {
    self.ready();
    let order;
    for await (const line of createInterface({ input: process.stdin })) {
      order = await perform(self, sdk, line);
      self.answered(order);
    }
    await self.atEnd(order);
    process.exit(0);
  }
  await perform(self, sdk, readFileSync(0, 'utf8'));
  self.after();
}

async function perform(self, sdk, line) {
  const order = JSON.parse(line);
  await self.before(order);
  const seen = await call(self, order);
  const frame = { v: 1, case: order.case, nonce: order.nonce, sdk, elapsed_ms: 1 };
  self.write(JSON.stringify(self.result({ ...frame, ...seen }, order)), order);
  return order;
}

async function call(self, order) {
  const { backup_id: id } = order.input;
  if (self.refuses(id))
    return { outcome: 'raised', raised: self.raised(faultOf(`${JSON.stringify(id)} is no id`), order) };
  const causes = [];
  try {
    for (let sent = 1; ; sent += 1) {
      const answer = await self.exchange(self, order, sent - 1);
      if (self.sendsAgain(answer, sent)) {
        causes.push({ class: 'StandInError', message: `send ${sent} failed`, status: answer.status });
        await new Promise((resolve) => setTimeout(resolve, self.waits(answer)));
        continue;
      }
      if (self.succeeds(answer)) return { outcome: 'returned', returned: { type: 'nothing', json: null } };
      return { outcome: 'raised', raised: self.raised({ ...errorOf(answer), cause: causes }, order) };
    }
  } catch (error) {
    if (error === unsettled) return { outcome: 'unsettled' };
    return { outcome: 'raised', raised: self.raised(faultOf(error.message), order) };
  }
}

export const unsettled = Symbol('unsettled');

/** One request, as the lie wants it, and its whole answer. */
export function exchange(self, order, index) {
  const body = self.body(index);
  return new Promise((resolve, reject) => {
    const outgoing = send(order.base_url, {
      method: self.method(index),
      path: self.target(order.input.backup_id, order, index),
      headers: {
        ...self.headers({ key: order.api_key, index }),
        ...(body === '' ? {} : { 'Content-Length': body.length }),
      },
      agent: false,
      timeout: order.client.timeout_ms ?? 20_000,
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.end(body);
  });
}

function errorOf({ status, body }) {
  let error;
  try {
    error = JSON.parse(body)?.error;
  } catch {
    // Not JSON: then there is no code and no message of the server.
  }
  const field = (value, via) => ({ value: value ?? null, via });
  return {
    class: 'StandInError',
    lineage: ['StandInError'],
    display: `HTTP ${status}: ${body.slice(0, 200)}`,
    status: field(status, 'status'),
    code: field(typeof error === 'object' ? error?.code : undefined, 'code'),
    message: field(typeof error === 'object' ? error?.message : undefined, 'message'),
    body: field(body.slice(0, 4096), 'body'),
    cause: [],
  };
}

function faultOf(message) {
  const none = { value: null, via: null };
  return {
    class: 'StandInError',
    lineage: ['StandInError'],
    display: message,
    status: none,
    code: none,
    message: { value: message, via: 'message' },
    body: none,
    cause: [],
  };
}
