import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

const json = (schema: string): string =>
  `content: { application/json: { schema: { $ref: '#/components/schemas/${schema}' } } }`;

/** A document whose requests no sample provokes rightly: what is refused depends on what was made before. */
export const indexDocument = `openapi: 3.0.3
info: { title: Indexes, version: '2025-04' }
security: [{ key: [] }]
paths:
  /indexes:
    post:
      operationId: create_index
      parameters:
        - { name: X-Api-Version, in: header, required: true, schema: { type: string } }
        - { name: tag, in: query, schema: { type: array, items: { type: string } } }
      requestBody: { required: true, ${json('NewIndex')} }
      responses:
        '201': { description: Made, ${json('Index')} }
        '400': { description: Not valid, ${json('Error')} }
        '401': { description: Unknown key, ${json('Error')} }
        '409': { description: The name is taken, ${json('Error')} }
        '422': { description: Not readable, ${json('Error')} }
  /indexes/{index_name}:
    parameters: [{ name: index_name, in: path, required: true, schema: { type: string } }]
    get:
      operationId: describe_index
      responses:
        '200': { description: The index, ${json('Index')} }
        '404': { description: No such index, ${json('Error')} }
    delete:
      operationId: delete_index
      responses:
        '202': { description: Deleted }
        '404': { description: No such index, ${json('Error')} }
  /indexes/{index_name}/backups:
    parameters: [{ name: index_name, in: path, required: true, schema: { type: string } }]
    post:
      operationId: create_backup
      requestBody: { required: true, ${json('NewBackup')} }
      responses:
        '201': { description: Made, ${json('Backup')} }
        '400': { description: Not valid, ${json('Error')} }
        '404': { description: No such index, ${json('Error')} }
        '412': { description: The index is not ready, ${json('Error')} }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: Api-Key } }
  schemas:
    NewIndex:
      type: object
      required: [name, dimension]
      properties:
        name: { type: string, minLength: 1, maxLength: 45, pattern: '^[a-z0-9-]+$' }
        dimension: { type: integer, minimum: 1, maximum: 20000 }
        ready: { type: boolean }
    Index:
      type: object
      required: [name, dimension, status]
      properties:
        name: { type: string }
        dimension: { type: integer }
        status: { type: object, required: [ready], properties: { ready: { type: boolean } } }
    NewBackup: { type: object, required: [name], properties: { name: { type: string, minLength: 1 }, of: { type: integer } } }
    Backup:
      type: object
      required: [backup_id, name]
      properties: { backup_id: { type: string }, name: { type: string } }
    Error:
      type: object
      required: [status, error]
      properties:
        status: { type: integer }
        error: { type: object, required: [message], properties: { message: { type: string } } }
`;

/** What the server does where it is not honest. */
export type IndexMistake =
  | 'makes it twice'
  | 'takes any dimension'
  | 'names another status in the body'
  | 'leaves out the name'
  | 'never waits'
  | 'answers with what is there'
  | 'says that it made what is there'
  | 'gives names of its own'
  | 'hangs up'
  | 'takes its time';

export interface IndexServer {
  readonly origin: string;
  /** What is there now. */
  readonly indexes: Map<string, Index>;
  /** Every request, such as `POST /indexes`, in order. */
  readonly requests: readonly string[];
  readonly bodies: readonly string[];
  /** How many indexes were ever made. */
  readonly made: number;
}

interface Index {
  readonly name: string;
  readonly dimension: number;
  readonly status: { readonly ready: boolean };
  /** What documents of tests declare, too. */
  readonly description?: unknown;
  readonly labels?: unknown;
  readonly tags?: unknown;
}

export const indexKey = 'key_indexes-0123456789';

interface State {
  readonly indexes: Map<string, Index>;
  readonly requests: string[];
  readonly bodies: string[];
  readonly mistake: IndexMistake | undefined;
  made: number;
}

/** A server of that document which knows nothing of this tool, for as long as the test runs. */
export async function openIndexServer(mistake?: IndexMistake, address = '127.0.0.1'): Promise<IndexServer> {
  const state: State = { indexes: new Map(), requests: [], bodies: [], mistake, made: 0 };
  const server = createServer((request, response) => void serve(request, response, state));
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    ...state,
    get made() {
      return state.made;
    },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  state.requests.push(`${request.method} ${request.url}`);
  state.bodies.push(text);
  const { status, body } = answerTo(request, text, state);
  if (state.mistake === 'hangs up' && status === 201) {
    request.socket.destroy();
    return;
  }
  response.writeHead(status, body === undefined ? {} : { 'Content-Type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

function answerTo(request: IncomingMessage, text: string, state: State): Answer {
  const refuse = (status: number, message: string): Answer => {
    const said = state.mistake === 'names another status in the body' && status === 409 ? 400 : status;
    return { status, body: { status: said, error: { message } } };
  };
  if (request.headers['api-key'] !== indexKey) return refuse(401, 'The key is not known.');
  const [, , name, part] = new URL(request.url ?? '', 'http://indexes').pathname.split('/').map(decodeURIComponent);
  const body = parsed(text);
  if (name === undefined) return makeIndex(body, state, refuse);
  const index = state.indexes.get(name);
  if (index === undefined) return refuse(404, 'There is no such index.');
  if (part === 'backups') return makeBackup(body, index, state, refuse);
  if (request.method === 'GET') {
    // Read for the third time, it is ready.
    const reads = state.requests.filter((line) => line === `GET ${request.url}`).length;
    if (state.mistake === 'takes its time' && reads > 2) state.indexes.set(name, { ...index, status: { ready: true } });
    return { status: 200, body: state.indexes.get(name) };
  }
  state.indexes.delete(name);
  return { status: 202 };
}

type Refuse = (status: number, message: string) => Answer;
type Body = Readonly<Record<string, unknown>> | undefined;

function makeIndex(body: Body, state: State, refuse: Refuse): Answer {
  const { indexes, mistake } = state;
  if (body === undefined) return refuse(422, 'The body is no JSON object.');
  const { dimension, ready = true, description, labels, tags } = body;
  const name = mistake === 'gives names of its own' ? `index-${state.made + 1}` : body['name'];
  const fits = Number.isInteger(dimension) && Number(dimension) >= 1 && Number(dimension) <= 20_000;
  if (typeof name !== 'string' || !/^[a-z0-9-]{1,45}$/.test(name)) return refuse(400, 'The name is not valid.');
  if (!fits && mistake !== 'takes any dimension') return refuse(400, 'The dimension is not valid.');
  if (!isNote(description) || !isLabels(labels) || !isTags(tags))
    return refuse(400, 'What is said of it is not valid.');
  const [first] = indexes.values();
  if (mistake === 'answers with what is there' && first !== undefined) return { status: 200, body: first };
  if (mistake === 'says that it made what is there' && first !== undefined) return { status: 201, body: first };
  if (indexes.has(name) && mistake !== 'makes it twice') return refuse(409, 'The name is taken.');
  const index: Index = {
    name,
    dimension: Number(dimension),
    status: { ready: ready === true && mistake !== 'takes its time' },
    ...(description === undefined ? {} : { description }),
    ...(labels === undefined ? {} : { labels }),
    ...(tags === undefined ? {} : { tags }),
  };
  indexes.set(name, index);
  state.made += 1;
  return { status: 201, body: mistake === 'leaves out the name' ? { ...index, name: undefined } : index };
}

function isNote(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.length <= 60);
}

function isLabels(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((each) => typeof each === 'string');
}

function isTags(value: unknown): boolean {
  if (value === undefined) return true;
  return Array.isArray(value) && value.length < 3 && value.every((each) => typeof each === 'string');
}

function makeBackup(body: Body, { status }: Index, { mistake }: State, refuse: Refuse): Answer {
  if (typeof body?.['name'] !== 'string' || body['name'] === '') return refuse(400, 'The name is not valid.');
  if (!status.ready && mistake !== 'never waits') return refuse(412, 'The index is not ready.');
  return { status: 201, body: { backup_id: 'b-1', name: body['name'] } };
}

function parsed(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}
