import { request } from 'node:http';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packageFile } from '../core/package-files.ts';
import type { Json, JsonObject, OasDocument } from '../model/document.ts';
import { readDocument } from '../openapi/document/document.ts';
import { isObject } from '../mock/reply/reply.ts';
import { startMock } from '../mock/server.ts';
import type { Mock, MockOptions } from '../mock/server.ts';

export const key = 'pcsk_test_Key';

/** What came back, raw. `headers` has lower-case names; `text` is the body as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface Ask {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Json | Buffer;
}

let document: Promise<OasDocument> | undefined;

function backupsDocument(): Promise<OasDocument> {
  document ??= readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml'));
  return document;
}

/** The shipped document with some of its text replaced: one that the mock was not made for. */
export async function changedDocument(
  ...changes: readonly (readonly [from: string, to: string])[]
): Promise<OasDocument> {
  const folder = await mkdtemp(join(tmpdir(), 'mock-document-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  let text = await readFile(packageFile('specs', 'db_control_2025-04.oas.yaml'), 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`not in the document: ${from}`);
    text = text.replace(from, () => to);
  }
  const file = join(folder, 'changed.yaml');
  await writeFile(file, text);
  return readDocument(file);
}

/** A mock that is closed when the test ends. */
export async function openMock(options: Partial<MockOptions> = {}): Promise<Mock> {
  const mock = await startMock({ document: await backupsDocument(), key, ...options });
  onTestFinished(() => mock.close());
  return mock;
}

/** Sends with the right key, unless `headers` has another `Api-Key`. */
export function ask(mock: Mock, method: string, path: string, { headers, body }: Ask = {}): Promise<Answer> {
  const sent = { 'Api-Key': mock.key, ...headers };
  return send(mock, method, path, { headers: sent, ...(body === undefined ? {} : { body }) });
}

/** Sends exactly these headers. */
export function send(mock: Mock, method: string, path: string, { headers = {}, body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: mock.port, method, path, agent: false }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    outgoing.on('error', reject);
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
    if (body === undefined) outgoing.end();
    else outgoing.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
}

/** Writes these bytes to the socket and returns all that comes until the server closes it. */
export function raw(mock: Mock, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(mock.port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString('latin1')));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}

/** The body as a JSON object. */
export function object({ text }: Answer): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error(`no JSON object: ${text}`);
  return value;
}

export function text(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== 'string') throw new Error(`${name} is no string: ${JSON.stringify(body)}`);
  return value;
}

/** Asks every 20 ms until `done` says yes; at most five seconds. */
export async function eventually(
  look: () => Promise<JsonObject>,
  done: (body: JsonObject) => boolean,
): Promise<JsonObject> {
  const end = Date.now() + 60_000;
  for (;;) {
    const body = await look();
    if (done(body)) return body;
    if (Date.now() > end) throw new Error(`never came: ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
