// Driver for the JavaScript SDK (protocol 1.1): one JSON line out for each that comes in. It reports; the harness judges.
// Usage: node driver.mjs FOLDER [--describe|--serve], where FOLDER has node_modules/@pinecone-database/pinecone.
import { createRequire } from 'node:module';
import { readFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const name = '@pinecone-database/pinecone';
const [folder = '.', flag] = process.argv.slice(2);

// Whatever the SDK prints to the standard output goes to the standard error: only result lines may stand there.
process.stdout.write = process.stderr.write.bind(process.stderr);
const write = (line) => {
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
};

const load = () => {
  try {
    const require = createRequire(join(resolve(folder), 'index.js'));
    const manifest = readFileSync(join(resolve(folder), 'node_modules', name, 'package.json'), 'utf8');
    return { sdk: require(name), version: JSON.parse(manifest).version };
  } catch (error) {
    process.stderr.write(`the SDK cannot be loaded: ${error.message}\n`);
    process.exit(69);
  }
};

const { sdk, version } = load();
const identity = { name, version, source: "the package's package.json" };

const nothing = { value: null, via: null };

/** The first public property that exists. */
const exposed = (error, ...names) => {
  for (const property of names) {
    if (property in error) return { value: plain(error[property]), via: property };
  }
  return nothing;
};

const plain = (value) => {
  try {
    return JSON.parse(JSON.stringify(value ?? null));
  } catch {
    return String(value);
  }
};

const lineage = (error) => {
  const names = [];
  for (let at = Object.getPrototypeOf(error); at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    names.push(at.constructor.name);
  }
  return names;
};

const causes = (error) => {
  const chain = [];
  for (let at = error.cause; at instanceof Error && chain.length < 8; at = at.cause) {
    const { value: status } = exposed(at, 'status', 'statusCode');
    const known = Number.isInteger(status) ? { status } : {};
    chain.push({ class: at.constructor.name, message: at.message, ...known });
  }
  return chain;
};

const raised = (thrown) => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    class: thrown instanceof Error ? error.constructor.name : typeof thrown,
    lineage: thrown instanceof Error ? lineage(error) : [],
    display: String(thrown),
    status: exposed(error, 'status', 'statusCode'),
    code: exposed(error, 'code', 'errorCode'),
    message: exposed(error, 'message'),
    body: exposed(error, 'body'),
    cause: causes(error),
  };
};

/** An input value as the SDK is given it. */
const argument = (value) => {
  if (typeof value !== 'object') return value;
  if ('json' in value) return value.json;
  if ('utf16' in value) return String.fromCharCode(...value.utf16);
  return Buffer.from(value.b64, 'base64').toString();
};

const clientOf = ({ api_key: apiKey, base_url: controllerHostUrl, client }) =>
  new sdk.Pinecone({
    apiKey,
    controllerHostUrl,
    ...(client.headers === undefined ? {} : { additionalHeaders: client.headers }),
  });

const call = async (client, input) => {
  try {
    const value = await client().deleteBackup(argument(input.backup_id));
    return { outcome: 'returned', returned: { type: value === null ? 'null' : typeof value, json: plain(value) } };
  } catch (error) {
    return { outcome: 'raised', raised: raised(error) };
  }
};

/** The outcome of the call that the line is about, and those of the others beside it. */
const outcomes = async (request) => {
  const { repeat, second_client: second } = request.client;
  if (second !== undefined) {
    const [first, other] = await Promise.all(
      [request, { ...request, ...second }].map((one) => call(() => clientOf(one), one.input)),
    );
    return { ...first, also: [other] };
  }
  let made;
  const client = () => (made ??= clientOf(request));
  if (repeat === undefined) return call(client, request.input);
  const first = await call(client, request.input);
  return { ...(await call(client, request.input)), also: [first] };
};

const unsettled = ({ client }) => ({
  outcome: 'unsettled',
  ...((client.repeat ?? client.second_client) ? { also: [{ outcome: 'unsettled' }] } : {}),
});

const description = {
  protocol: [1, 1.1],
  driver: 'pinecone-js',
  language: 'javascript',
  runtime: `Node ${process.versions.node}`,
  sdk: identity,
  operations: ['delete_backup'],
  options: ['input_null', 'input_json', 'input_utf16', 'base_url_forms', 'headers', 'repeat', 'second_client'],
  without: { cancel_after_ms: 'deleteBackup takes no AbortSignal' },
  exposes: ['message'],
};

const perform = async (line) => {
  let request;
  try {
    request = JSON.parse(line);
    if (!request.base_url) throw new Error('base_url is empty');
  } catch (error) {
    process.stderr.write(`not a request line: ${error.message}\n`);
    process.exit(64);
  }
  const result = { v: 1, case: request.case, nonce: request.nonce, sdk: identity };
  if (request.v !== 1 || request.operation !== 'delete_backup') {
    return { ...result, outcome: 'unsupported', elapsed_ms: 0 };
  }
  const began = performance.now();
  let timer;
  const late = new Promise((settle) => {
    timer = setTimeout(() => settle(unsettled(request)), request.deadline_ms);
  });
  const seen = await Promise.race([outcomes(request), late]);
  clearTimeout(timer);
  return { ...result, ...seen, elapsed_ms: Math.round(performance.now() - began) };
};

if (flag === '--describe') {
  write(description);
} else if (flag === '--serve') {
  write({ v: 1.1, ready: true });
  for await (const line of createInterface({ input: process.stdin })) write(await perform(line));
} else {
  write(await perform(readFileSync(0, 'utf8')));
}
// Not left to the event loop: a call that never ends, or a kept-alive socket, would hold the process.
process.exit(0);
