import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../server/listen.ts';
import { bookProblem, copyProblem, memberProblem, settingsProblem } from './input.ts';

/** The server of documents/library.oas.yaml. It knows nothing of what tests it. */
export async function startLibrary(token: string): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const books = new Map<number, Entity>();
  const copies = new Map<number, Entity[]>();
  const members = new Map<string, Entity>();
  let settings: Entity = { loanDays: 28 };
  let lastId = 0;

  const bookOf = (text: string): Entity | undefined => (/^\d+$/.test(text) ? books.get(Number(text)) : undefined);

  const routes: readonly Route[] = [
    ['GET', /^\/health$/, () => ({ status: 200, type: 'text/plain', text: 'fine' })],
    [
      'GET',
      /^\/books$/,
      ({ query }) => {
        const genre = query.get('genre');
        const limit = query.get('limit') ?? '20';
        if (genre !== null && !['novel', 'poetry', 'science'].includes(genre))
          return problem(400, 'There is no such genre.');
        if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > 100)
          return problem(400, 'limit must be 1 to 100.');
        const found = [...books.values()].filter((book) => genre === null || book['genre'] === genre);
        return json(200, { items: found.slice(0, Number(limit)), total: found.length });
      },
    ],
    [
      'POST',
      /^\/books$/,
      (call) =>
        withBody(call, bookProblem, (sent) => {
          const book = { ...sent, id: ++lastId };
          books.set(book.id, book);
          return { ...json(201, book), location: `/books/${book.id}` };
        }),
    ],
    ['GET', /^\/books\/([^/]+)$/, ({ id }) => shown(bookOf(id))],
    [
      'PUT',
      /^\/books\/([^/]+)$/,
      (call) => {
        const known = bookOf(call.id);
        if (known === undefined) return nothing;
        return withBody(call, bookProblem, (sent) => {
          const book = { ...sent, id: known['id'] };
          books.set(Number(known['id']), book);
          return json(200, book);
        });
      },
    ],
    ['DELETE', /^\/books\/([^/]+)$/, ({ id }) => (books.delete(Number(id)) ? { status: 204 } : nothing)],
    [
      'GET',
      /^\/books\/([^/]+)\/copies$/,
      ({ id }) => (bookOf(id) === undefined ? nothing : json(200, copies.get(Number(id)) ?? [])),
    ],
    [
      'POST',
      /^\/books\/([^/]+)\/copies$/,
      (call) => {
        if (bookOf(call.id) === undefined) return nothing;
        return withBody(call, copyProblem, (sent) => {
          const own = copies.get(Number(call.id)) ?? [];
          const copy = { ...sent, number: own.length + 1 };
          copies.set(Number(call.id), [...own, copy]);
          return json(201, copy);
        });
      },
    ],
    [
      'POST',
      /^\/members$/,
      (call) =>
        withBody(call, memberProblem, (sent) => {
          const handle = String(sent['handle']);
          if (members.has(handle)) return problem(409, 'The handle is taken.');
          members.set(handle, sent);
          return json(201, sent);
        }),
    ],
    ['GET', /^\/members\/([^/]+)$/, ({ id }) => shown(members.get(id))],
    ['DELETE', /^\/members\/([^/]+)$/, ({ id }) => (members.delete(id) ? { status: 204 } : nothing)],
    ['GET', /^\/settings$/, () => json(200, settings)],
    [
      'PUT',
      /^\/settings$/,
      (call) =>
        withBody(call, settingsProblem, (sent) => {
          settings = sent;
          return json(200, sent);
        }),
    ],
    [
      'POST',
      /^\/search$/,
      ({ body }) => {
        const words = new URLSearchParams(body).get('words') ?? '';
        if (words === '') return problem(400, 'Say what to search.');
        return json(
          200,
          [...books.values()].filter((book) => String(book['title']).includes(words)),
        );
      },
    ],
  ];

  function answer(request: IncomingMessage, body: string): Answer {
    const { pathname, searchParams } = new URL(`http://localhost${request.url ?? '/'}`);
    if (pathname !== '/health' && request.headers.authorization !== `Bearer ${token}`) {
      return { ...problem(401, 'Show a valid token.'), challenge: 'Bearer' };
    }
    const here = routes.filter(([, path]) => path.test(pathname));
    const route = here.find(([method]) => method === request.method);
    if (route === undefined)
      return here.length === 0 ? nothing : { status: 405, allow: here.map(([method]) => method).join(', ') };
    const [, id = ''] = route[1].exec(pathname) ?? [];
    return route[2]({
      id: decodeURIComponent(id),
      query: searchParams,
      body,
      type: request.headers['content-type'] ?? '',
    });
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => write(response, answer(request, Buffer.concat(parts).toString('utf8'))));
  });
  return listen(server);
}

type Entity = Readonly<Record<string, unknown>>;

interface Call {
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly type: string;
}

type Route = readonly [method: string, path: RegExp, act: (call: Call) => Answer];

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly text?: string;
  readonly location?: string;
  readonly allow?: string;
  readonly challenge?: string;
}

function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json', text: JSON.stringify(value) };
}

function problem(status: number, detail: string): Answer {
  const title = {
    400: 'Bad Request',
    401: 'Unauthorized',
    404: 'Not Found',
    409: 'Conflict',
    415: 'Unsupported Media Type',
  }[status];
  return { status, type: 'application/problem+json', text: JSON.stringify({ title, status, detail }) };
}

const nothing = problem(404, 'There is nothing here.');

function shown(entity: Entity | undefined): Answer {
  return entity === undefined ? nothing : json(200, entity);
}

function withBody(call: Call, check: (value: unknown) => string | undefined, act: (sent: Entity) => Answer): Answer {
  if (!/^application\/json\b/i.test(call.type) && call.body !== '') return problem(415, 'Send JSON.');
  let value: unknown;
  try {
    value = JSON.parse(call.body);
  } catch {
    return problem(400, 'The body is no JSON.');
  }
  const wrong = check(value);
  return wrong === undefined ? act(value as Entity) : problem(400, wrong);
}

function write(response: ServerResponse, { status, type, text, location, allow, challenge }: Answer): void {
  response.writeHead(status, {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(location === undefined ? {} : { location }),
    ...(allow === undefined ? {} : { allow }),
    ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
  });
  response.end(text);
}
