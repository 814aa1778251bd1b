import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

const json = (schema: string): string =>
  `content: { application/json: { schema: { $ref: '#/components/schemas/${schema}' } } }`;
const refused = (what: string): string => `{ description: ${what}, ${json('Error')} }`;

/** A document in which only PUT makes something, under a name that the client chooses, below something that is made by POST. */
export const settingDocument = `openapi: 3.0.3
info: { title: Settings, version: '1' }
security: [{ key: [] }]
paths:
  /rooms:
    post:
      operationId: make_room
      requestBody: { required: true, ${json('NewRoom')} }
      responses: { '201': { description: Made, ${json('Room')} }, '401': ${refused('Unknown key')} }
  /rooms/{room}:
    delete:
      operationId: remove_room
      parameters: [{ name: room, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: Gone }, '404': ${refused('No such room')} }
  /rooms/{room}/settings/{setting_id}:
    parameters:
      - { name: room, in: path, required: true, schema: { type: string } }
      - { name: setting_id, in: path, required: true, schema: { type: string, pattern: '^[a-z]{3,20}$' } }
    put:
      operationId: put_setting
      requestBody: { required: true, ${json('NewSetting')} }
      responses:
        '200': { description: Changed, ${json('Setting')} }
        '201': { description: Made, ${json('Setting')} }
        '400': ${refused('Not valid')}
        '401': ${refused('Unknown key')}
        '404': ${refused('No such room')}
    get:
      operationId: get_setting
      responses: { '200': { description: The setting, ${json('Setting')} }, '404': ${refused('No such setting')} }
    delete:
      operationId: remove_setting
      responses: { '204': { description: Gone }, '404': ${refused('No such setting')} }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: Api-Key } }
  schemas:
    NewRoom: { type: object, required: [name], properties: { name: { type: string } } }
    Room: { type: object, required: [id, name], properties: { id: { type: string }, name: { type: string } } }
    NewSetting: { type: object, required: [id, value], properties: { id: { type: string }, value: { type: integer, minimum: 1 } } }
    Setting: { type: object, required: [id, value], properties: { id: { type: string }, value: { type: integer } } }
    Error: { type: object, required: [error], properties: { error: { type: string } } }
`;

/** What the server does where it is not honest. */
export type SettingMistake =
  | 'says 201 each time'
  | 'forgets what it makes'
  | 'stores another value'
  | 'makes it without a key'
  | 'takes any value';

export interface SettingServer {
  readonly origin: string;
  /** What is there now, by its path. */
  readonly settings: Map<string, unknown>;
  readonly rooms: Set<string>;
  readonly requests: readonly string[];
  /** How many settings were ever made. */
  readonly made: number;
}

export const settingKey = 'key_settings-0123456789';

interface State {
  readonly settings: Map<string, unknown>;
  readonly rooms: Set<string>;
  readonly mistake: SettingMistake | undefined;
  made: number;
}

/** A server of that document which knows nothing of this tool, for as long as the test runs. */
export async function openSettingServer(mistake?: SettingMistake, address = '127.0.0.1'): Promise<SettingServer> {
  const state: State = { settings: new Map(), rooms: new Set(), mistake, made: 0 };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      requests.push(`${request.method} ${request.url} ${text}`.trim());
      const { status, body } = answerTo(request, text, state);
      response.writeHead(status, body === undefined ? {} : { 'Content-Type': 'application/json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...state,
    requests,
    get made() {
      return state.made;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

function answerTo({ method, url = '', headers }: IncomingMessage, text: string, state: State): Answer {
  const { settings, rooms, mistake } = state;
  const refuse = (status: number, error: string): Answer => ({ status, body: { error } });
  const path = new URL(url, 'http://settings').pathname;
  const [, , room, , id] = path.split('/').map(decodeURIComponent);
  const open = mistake === 'makes it without a key' && method === 'PUT';
  if (headers['api-key'] !== settingKey && !open) return refuse(401, 'The key is not known.');
  const body = parsed(text);
  if (room === undefined) {
    if (typeof body['name'] !== 'string') return refuse(400, 'A room has a name.');
    const made = `room-${rooms.size}-${body['name']}`;
    rooms.add(made);
    return { status: 201, body: { id: made, name: body['name'] } };
  }
  if (!rooms.has(room)) return refuse(404, 'There is no such room.');
  if (id === undefined) {
    rooms.delete(room);
    return { status: 204 };
  }
  const before = settings.get(path);
  if (method === 'PUT') {
    const { value } = body;
    const fits = Number.isInteger(value) && Number(value) > 0;
    if (!/^[a-z]{3,20}$/.test(id) || body['id'] !== id) return refuse(400, 'The id is not valid.');
    if (!fits && mistake !== 'takes any value') return refuse(400, 'The value is not valid.');
    const setting = { id, value: fits ? Number(value) + (mistake === 'stores another value' ? 1 : 0) : 1 };
    if (mistake !== 'forgets what it makes') settings.set(path, setting);
    const isNew = before === undefined || mistake === 'says 201 each time';
    if (isNew) state.made += 1;
    return { status: isNew ? 201 : 200, body: { id, value: fits ? value : 1 } };
  }
  if (before === undefined) return refuse(404, 'There is no such setting.');
  if (method === 'GET') return { status: 200, body: before };
  settings.delete(path);
  return { status: 204 };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
