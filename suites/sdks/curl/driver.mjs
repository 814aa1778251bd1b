// Driver for curl (protocol 1), the reference: no SDK, so that server and judge can be proved without one.
// curl hands its user the status and the body; the body is read as JSON here, as a user would with jq.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const apiVersion = process.argv[2];
const text = spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout ?? '';
const version = text.split(' ')[1];
if (version === undefined) {
  process.stderr.write('curl cannot be started\n');
  process.exit(69);
}
const sdk = { name: 'curl', version, source: 'curl --version' };

const run = (args, cancelAfterMs) =>
  new Promise((resolve) => {
    const child = spawn('curl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    if (cancelAfterMs !== undefined) setTimeout(() => child.kill('SIGINT'), cancelAfterMs).unref();
    const out = [];
    const err = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.on('close', (code, signal) =>
      resolve({ code: code ?? signal, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString().trim() }),
    );
  });

const jsonOf = (body) => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const field = (value, via) => (value === undefined ? { value: null, via: null } : { value, via });

const refusal = (message) => ({
  outcome: 'raised',
  raised: {
    class: 'curl-refused',
    lineage: ['curl-refused'],
    display: message,
    status: field(undefined),
    code: field(undefined),
    message: field(message, 'driver'),
    body: field(undefined),
    cause: [],
  },
});

/** A host without a scheme is spoken to with TLS: curl itself would speak HTTP, and send the key in plain text. */
const baseOf = ({ base_url: base }) => (base.includes('://') ? base : `https://${base}`).replace(/\/$/, '');

/** Headers that the user adds; the key and the version are not the user's to change. */
const added = ({ client: { headers = {} } }) =>
  Object.entries(headers)
    .filter(([name]) => !['api-key', 'x-pinecone-api-version'].includes(name.toLowerCase()))
    .flatMap(([name, value]) => ['--header', `${name}: ${value}`]);

const call = async (request) => {
  const given = request.input.backup_id;
  const id = typeof given === 'string' ? given : Buffer.from(given.b64, 'base64').toString();
  // These have no spelling as one path segment; every URL parser removes them.
  if (id === '' || id === '.' || id === '..') return refusal(`${JSON.stringify(id)} cannot be the id of a backup`);
  const seconds = ((request.client.timeout_ms ?? request.deadline_ms) / 1000).toFixed(3);
  const { code, out, err } = await run(
    [
      '--silent',
      '--show-error',
      '--max-time',
      seconds,
      '--request',
      'DELETE',
      `${baseOf(request)}/backups/${encodeURIComponent(id)}`,
      '--header',
      `Api-Key: ${request.api_key}`,
      '--header',
      `X-Pinecone-Api-Version: ${apiVersion}`,
      ...added(request),
      '--write-out',
      '\n%{http_code}',
    ],
    request.client.cancel_after_ms,
  );
  const at = out.lastIndexOf('\n');
  const body = out.slice(0, at);
  const status = Number(out.slice(at + 1));
  if (code !== 0) {
    return {
      outcome: 'raised',
      raised: {
        class: `curl-exit-${code}`,
        lineage: [`curl-exit-${code}`],
        display: err === '' ? `curl ended with ${code}` : err,
        status: field(status === 0 ? undefined : status, 'http_code'),
        code: field(undefined),
        message: field(err, 'stderr'),
        body: field(body === '' ? undefined : body, 'stdout'),
        cause: [],
      },
    };
  }
  if (status >= 200 && status < 300) return { outcome: 'returned', returned: { type: 'body', json: body } };
  const json = jsonOf(body);
  return {
    outcome: 'raised',
    raised: {
      class: `http-${status}`,
      lineage: [`http-${status}`],
      display: `HTTP ${status}: ${body}`,
      status: field(status, 'http_code'),
      code: field(json?.error?.code, 'stdout .error.code'),
      message: field(json?.error?.message, 'stdout .error.message'),
      body: field(body, 'stdout'),
      cause: [],
    },
  };
};

const main = async () => {
  if (process.argv[3] === '--describe') {
    return {
      protocol: [1],
      driver: 'curl',
      language: 'shell',
      runtime: `Node ${process.versions.node}`,
      sdk,
      operations: ['delete_backup'],
      options: ['timeout_ms', 'base_url_forms', 'headers', 'second_client', 'cancel_after_ms'],
      without: {
        input_null: 'an argument of a command is text',
        input_json: 'an argument of a command is text',
        input_utf16: 'an argument of a command is bytes',
        repeat: 'each call of curl is a client of its own',
      },
      exposes: ['status', 'code', 'message', 'body'],
    };
  }
  let request;
  try {
    request = JSON.parse(readFileSync(0, 'utf8'));
    if (!request.base_url) throw new Error('base_url is empty');
  } catch (error) {
    process.stderr.write(`not a request line: ${error.message}\n`);
    process.exit(64);
  }
  const result = { v: 1, case: request.case, nonce: request.nonce, sdk };
  if (request.v !== 1 || request.operation !== 'delete_backup') {
    return { ...result, outcome: 'unsupported', elapsed_ms: 0 };
  }
  const began = performance.now();
  const { second_client: second } = request.client;
  const calls = [request, ...(second === undefined ? [] : [{ ...request, ...second }])];
  const [told, ...also] = await Promise.all(calls.map(call));
  return {
    ...result,
    ...told,
    ...(second === undefined ? {} : { also }),
    elapsed_ms: Math.round(performance.now() - began),
  };
};

process.stdout.write(`${JSON.stringify(await main())}\n`);
