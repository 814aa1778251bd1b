import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../server/listen.ts';
import { brokenRule, type Rule } from './rules.ts';

/** How a server departs from its conforming self in what it does; what it says is changed by the front. */
export interface Behaviour {
  /** Rules that it does not know: what breaks only these is made. */
  readonly forgets?: readonly Rule[];
  /** Rules that it refuses with another status than the document's, or falls over. */
  readonly refusesBy?: Readonly<Partial<Record<Rule, number>>>;
  /** Whom it lets in beside the owner of the key. */
  readonly letsIn?: (shown: string | undefined, key: string) => boolean;
  /** What becomes of what is asked for before it is stored. */
  readonly stores?: (asked: Stored) => Stored | undefined;
  /** A name that is taken does not matter. */
  readonly overwrites?: true;
  /** What was refused for these reasons is stored nevertheless. */
  readonly keepsRefused?: readonly number[];
  /** What reading gives, of all that is stored. */
  readonly reads?: (name: string, all: ReadonlyMap<string, Stored>) => Stored | undefined;
  /** How long it takes until what was made can be read. */
  readonly readableAfterMs?: number;
}

type Stored = Readonly<Record<string, unknown>>;

interface IndexServer {
  readonly origin: string;
  readonly key: string;
  close(): Promise<void>;
}

/** A server of create_index written from its document alone, apart from the product's mock. */
export async function startIndexServer(key: string, behaviour: Behaviour = {}): Promise<IndexServer> {
  const indexes = new Map<string, Stored>();
  const readable = new Map<string, number>();

  function isOwner(shown: string | undefined): boolean {
    return shown === key || behaviour.letsIn?.(shown, key) === true;
  }

  function keep(asked: Stored): Stored {
    const made = {
      deletion_protection: 'disabled',
      ...asked,
      host: `${String(asked['name'])}-a1b2.svc.example.com`,
      status: { ready: true, state: 'Ready' },
    };
    const stored = behaviour.stores === undefined ? made : behaviour.stores(made);
    if (stored !== undefined) indexes.set(String(asked['name']), stored);
    readable.set(String(asked['name']), Date.now() + (behaviour.readableAfterMs ?? 0));
    return made;
  }

  function create(type: string, body: string, authorized: boolean): Answer {
    const asked = parsed(body);
    const broken = brokenRule({ type, body, asked }, behaviour.forgets ?? []);
    const refused = !authorized
      ? 401
      : broken === undefined
        ? undefined
        : (behaviour.refusesBy?.[broken.rule] ?? broken.status);
    if (refused !== undefined) {
      if (isNamed(asked) && behaviour.keepsRefused?.includes(refused) === true) keep(asked);
      return authorized ? failure(refused, broken?.message ?? '') : unauthenticated;
    }
    const wanted = isNamed(asked) ? asked : { ...defaults, name: `unnamed-${indexes.size}` };
    const name = String(wanted['name']);
    if (indexes.has(name) && behaviour.overwrites !== true) return failure(409, `An index called ${name} exists.`);
    const made = keep({ ...defaults, ...wanted });
    return { status: 201, headers: { Location: `/indexes/${encodeURIComponent(name)}` }, body: made };
  }

  function read(name: string): Answer {
    const found = behaviour.reads === undefined ? indexes.get(name) : behaviour.reads(name, indexes);
    const isThere = found !== undefined && (readable.get(name) ?? 0) <= Date.now();
    return isThere ? { status: 200, body: found } : failure(404, 'There is no index of this name.');
  }

  function answer(request: IncomingMessage, body: string): Answer {
    const { method = '', url = '/', headers } = request;
    const shown = headers['api-key'];
    const authorized = isOwner(typeof shown === 'string' ? shown : undefined);
    const [, collection, item, ...more] = new URL(`http://localhost${url}`).pathname.split('/');
    if (collection !== 'indexes' || more.length > 0)
      return authorized ? failure(404, 'No such path.') : unauthenticated;
    if (item === undefined && method === 'POST') return create(headers['content-type'] ?? '', body, authorized);
    if (!authorized) return unauthenticated;
    if (item === undefined)
      return method === 'GET' ? { status: 200, body: { indexes: [...indexes.values()] } } : notAllowed;
    const name = decodeURIComponent(item);
    if (method === 'GET') return read(name);
    if (method !== 'DELETE') return notAllowed;
    return indexes.delete(name) ? { status: 202 } : failure(404, 'There is no index of this name.');
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => write(response, answer(request, Buffer.concat(parts).toString('utf8'))));
  });
  return { ...(await listen(server)), key };
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const aws = { serverless: { cloud: 'aws', region: 'us-east-1' } };
const defaults: Stored = { dimension: 3, metric: 'cosine', spec: aws };
const codes: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_ENTITY',
};

function failure(status: number, message: string): Answer {
  return { status, body: { status, error: { code: codes[status] ?? 'UNKNOWN', message } } };
}

const unauthenticated: Answer = {
  status: 401,
  body: { status: 401, error: { code: 'UNAUTHENTICATED', message: 'Show a valid API key.' } },
};
const notAllowed: Answer = { status: 405, headers: { Allow: 'GET, POST, DELETE' } };

function write(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isNamed(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'name' in value;
}
