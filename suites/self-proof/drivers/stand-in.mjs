// An honest driver without an SDK: it does everything right, so that each lie about it (lies.mjs) is the only thing wrong.
// It sends a 5xx and a 429 once more, waits as Retry-After asks, follows no redirect, and refuses ids that no path can hold.
// It serves many cases (protocol 1.1); with `--single` it knows protocol 1 alone.
import { readFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { createInterface } from 'node:readline';

export const honest = {
  version: '1.0.0',
  operations: ['delete_backup'],
  /** Before it describes itself. */
  describing: () => undefined,
  /** What a value of the input is as an id; undefined: it is none. */
  idOf: (value) => {
    if (typeof value === 'string') return value;
    return 'b64' in value ? Buffer.from(value.b64, 'base64').toString() : undefined;
  },
  refuses: (id) => id === undefined || id === '' || id === '.' || id === '..',
  /** The base URL for a host that is given without a scheme; undefined: it is refused. */
  baseOfBareHost: () => undefined,
  /** What stands before the target. */
  basePath: ({ base_url: base }) => new URL(base).pathname.replace(/\/$/, ''),
  /** Headers that the user adds; those that the client sets itself stay as they are. */
  added: ({ client: { headers = {} } }) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(api-key|x-pinecone-api-version)$/i.test(name))),
  keyOfSecond: ({ client }) => client.second_client.api_key,
  /** When the user cancels, the request ends with an error. */
  cancels: (outgoing, { client }) => {
    if (client.cancel_after_ms === undefined) return;
    setTimeout(() => outgoing.destroy(new Error('cancelled')), client.cancel_after_ms).unref();
  },
  options: [
    'timeout_ms',
    'input_null',
    'input_json',
    'input_utf16',
    'base_url_forms',
    'headers',
    'repeat',
    'second_client',
    'cancel_after_ms',
  ],
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
    await self.describing();
    process.stdout.write(
      `${JSON.stringify({
        protocol: process.argv.includes('--single') ? [1] : [1, 1.1],
        driver: 'stand-in',
        language: 'none',
        runtime: process.version,
        sdk: { ...sdk, source: 'itself' },
        operations: self.operations,
        options: self.options,
        ...(self.without === undefined ? {} : { without: self.without }),
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
  const seen = await outcomes(self, order);
  const frame = { v: 1, case: order.case, nonce: order.nonce, sdk, elapsed_ms: 1 };
  self.write(JSON.stringify(self.result({ ...frame, ...seen }, order)), order);
  return order;
}

/** The outcome of the line, and those of the other calls that it asks for. */
async function outcomes(self, order) {
  const { repeat, second_client: second } = order.client;
  if (second !== undefined) {
    const [first, other] = await Promise.all([
      call(self, order, 0),
      call(self, { ...order, api_key: self.keyOfSecond(order), input: second.input }, 1),
    ]);
    return { ...first, also: [other] };
  }
  if (repeat === undefined) return call(self, order, 0);
  const first = await call(self, order, 0);
  return { ...(await call(self, order, 1)), also: [first] };
}

async function call(self, order, turn) {
  const id = self.idOf(order.input.backup_id);
  const refusal = (message) => ({ outcome: 'raised', raised: self.raised(faultOf(message), order) });
  if (self.refuses(id)) return refusal(`${JSON.stringify(id)} is no id`);
  if (!order.base_url.includes('://')) {
    const base = self.baseOfBareHost(order.base_url);
    if (base === undefined) return refusal(`${order.base_url} has no scheme`);
    return call(self, { ...order, base_url: base }, turn);
  }
  const causes = [];
  try {
    for (let sent = 1; ; sent += 1) {
      const answer = await self.exchange(self, { ...order, input: { backup_id: id } }, sent - 1, turn);
      if (self.sendsAgain(answer, sent)) {
        causes.push({ class: 'StandInError', message: `send ${sent} failed`, status: answer.status });
        await new Promise((resolve) => setTimeout(resolve, self.waits(answer)));
        continue;
      }
      if (self.succeeds(answer, order, turn)) return { outcome: 'returned', returned: { type: 'nothing', json: null } };
      return { outcome: 'raised', raised: self.raised({ ...errorOf(answer), cause: causes }, order) };
    }
  } catch (error) {
    if (error === unsettled) return { outcome: 'unsettled' };
    return refusal(error.message);
  }
}

export const unsettled = Symbol('unsettled');

/** One request, as the lie wants it, and its whole answer. */
export function exchange(self, order, index) {
  const body = self.body(index);
  return new Promise((resolve, reject) => {
    const outgoing = send(order.base_url, {
      method: self.method(index),
      path: `${self.basePath(order)}${self.target(order.input.backup_id, order, index)}`,
      headers: {
        ...self.added(order),
        ...self.headers({ key: order.api_key, index, order }),
        ...(body === '' ? {} : { 'Content-Length': body.length }),
      },
      agent: false,
      timeout: order.client.timeout_ms ?? 20_000,
    });
    self.cancels(outgoing, order);
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
