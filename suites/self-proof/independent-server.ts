import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './server/listen.ts';

/**
 * A server of delete_backup written from its document alone, and by other habits than the mock's: paths are read as
 * URLs, errors are worded otherwise, and what is not declared is answered as small frameworks do. It keeps the tests
 * from being about the mock.
 */
interface Independent {
  readonly origin: string;
  readonly states: string;
  readonly key: string;
  close(): Promise<void>;
}

interface Habits {
  readonly key: string;
  /** What can be looked at beside DELETE. */
  readonly looks: 'nothing' | 'one' | 'list' | 'both';
  /** How long a deleted backup is still there. */
  readonly deletingMs?: number;
  /** What a second deletion meanwhile is answered. */
  readonly meanwhile?: 202 | 404;
}

/** The servers that self-proof runs against. */
export const independents: readonly (Omit<Habits, 'key'> & { readonly name: string; readonly says: string })[] = [
  { name: 'independent', says: 'A server written from the document alone, with GET and a list', looks: 'both' },
  { name: 'independent-without-list', says: 'The same without a list', looks: 'one' },
  { name: 'independent-without-get', says: 'The same with a list and no GET of one', looks: 'list' },
  { name: 'independent-blind', says: 'The same with nothing but DELETE', looks: 'nothing' },
  {
    name: 'independent-slow-202',
    says: 'The same, deleting for 300 ms and accepting again meanwhile',
    looks: 'both',
    deletingMs: 300,
  },
  {
    name: 'independent-slow-404',
    says: 'The same, deleting for 300 ms and answering 404 meanwhile',
    looks: 'both',
    deletingMs: 300,
    meanwhile: 404,
  },
  {
    name: 'independent-blind-slow',
    says: 'The same with nothing but DELETE, which takes 300 ms',
    looks: 'nothing',
    deletingMs: 300,
  },
];

export async function startIndependent(habits: Habits): Promise<Independent> {
  const { key, looks, deletingMs = 0, meanwhile = 202 } = habits;
  const goneAt = new Map<string, number>();
  const seen = new Set<string>();

  const isKnown = (id: string): boolean => /^(ready|pending|boom)-[1-9][0-9]*$/.test(id);
  const isThere = (id: string): boolean => isKnown(id) && (goneAt.get(id) ?? Infinity) > Date.now();

  function remove(id: string): Answer {
    if (!isThere(id)) return failure(404, 'NOT_FOUND', 'There is no backup with this id.');
    if (id.startsWith('boom-')) return failure(500, 'UNKNOWN', 'An unexpected error occurred.');
    if (id.startsWith('pending-')) return failure(412, 'FAILED_PRECONDITION', 'Restore jobs are pending.');
    if (goneAt.has(id) && meanwhile === 404) return failure(404, 'NOT_FOUND', 'It is being deleted.');
    if (!goneAt.has(id)) goneAt.set(id, Date.now() + deletingMs);
    return { status: 202 };
  }

  function look(id: string): Answer {
    if (!isThere(id)) return failure(404, 'NOT_FOUND', 'There is no backup with this id.');
    seen.add(id);
    return { status: 200, body: { backup_id: id, status: goneAt.has(id) ? 'Terminating' : 'Ready' } };
  }

  function answer({ method = '', url = '/', headersDistinct }: IncomingMessage): Answer {
    const shown = headersDistinct['api-key'] ?? [];
    if (shown.length !== 1 || shown[0] !== key) return failure(401, 'UNAUTHENTICATED', 'Check your API key.');
    const { pathname } = new URL(`http://localhost${url}`);
    const [, collection, name = '', ...more] = pathname.split('/');
    if (collection !== 'backups' || more.length > 0) return failure(404, 'NOT_FOUND', 'No such path.');
    if (name === '') {
      if (method !== 'GET' || (looks !== 'list' && looks !== 'both')) return notAllowed;
      return { status: 200, body: { data: [...seen].filter(isThere).map((id) => ({ backup_id: id })) } };
    }
    const id = decodedSafely(name);
    if (id === undefined) return failure(400, 'INVALID_ARGUMENT', 'The path cannot be decoded.');
    if (method === 'DELETE') return remove(id);
    return method === 'GET' && (looks === 'one' || looks === 'both') ? look(id) : notAllowed;
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const { status, headers = {}, body } = answer(request);
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    response.writeHead(status, { ...type, ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  const server = createServer(serve);
  const listening = await listen(server);
  return { ...listening, states: `${listening.origin}/states`, key };
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const notAllowed: Answer = { status: 405, headers: { Allow: 'GET, DELETE' } };

function failure(status: number, code: string, message: string): Answer {
  return { status, body: { status, error: { code, message } } };
}

function decodedSafely(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
