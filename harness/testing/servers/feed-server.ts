import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Writable } from 'node:stream';
import { createGzip, constants } from 'node:zlib';
import { onTestFinished } from 'vitest';

export const feedToken = 'feed-test-token-0001';

/** How the server answers who has a token; the first four conform. */
export type Feed =
  /** Three items, and the end. */
  | 'ends'
  /** Item after item, as fast as they are taken. */
  | 'endless'
  /** Three items and half of one, and then nothing more on the open connection. */
  | 'held'
  /** As `endless`, compressed. */
  | 'compressed'
  /** The head, and no item at all. */
  | 'silent'
  /** As `endless`, and the third item breaks the schema. */
  | 'third-item'
  /** The connection is reset in the middle of the third item. */
  | 'broken-off'
  /** A page of HTML in place of items. */
  | 'no-items'
  /** The last item lacks its end. */
  | 'no-end';

const types: Readonly<Record<string, string>> = {
  '/events': 'text/event-stream',
  '/lines': 'application/x-ndjson',
  '/texts': 'application/json-seq',
};

/** A server of the document of feeds, for as long as the test runs. Resolves to its origin. */
export async function startFeeds(feed: Feed): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const type = types[path];
    if (type === undefined) response.writeHead(404).end();
    else if (request.method !== 'GET') response.writeHead(405, { Allow: 'GET' }).end();
    else if (request.headers.authorization !== `Bearer ${feedToken}`) {
      response.writeHead(401, { 'Content-Type': 'application/json' }).end('{"error":"no token"}');
    } else {
      response.writeHead(200, {
        'Content-Type': type,
        ...(feed === 'compressed' ? { 'Content-Encoding': 'gzip' } : {}),
      });
      response.flushHeaders();
      serve(
        feed,
        (n) => itemOf(path, JSON.stringify(feed === 'third-item' && n === 3 ? { n: 'three' } : { n })),
        response,
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function itemOf(path: string, json: string): string {
  if (path === '/events') return `data: ${json}\n\n`;
  return path === '/lines' ? `${json}\n` : `\u001e${json}\n`;
}

function serve(feed: Feed, item: (n: number) => string, response: ServerResponse): void {
  const three = item(1) + item(2) + item(3);
  switch (feed) {
    case 'ends':
      response.end(three);
      return;
    case 'endless':
    case 'third-item':
      flow(item, response);
      return;
    case 'compressed': {
      const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
      gzip.pipe(response);
      flow(item, gzip);
      return;
    }
    case 'held':
      response.write(three + item(4).slice(0, -5));
      return;
    case 'silent':
      return;
    case 'broken-off':
      response.write(three.slice(0, -5), () => response.destroy());
      return;
    case 'no-items':
      response.end('<html>\n<p>Not here.</p>\n</html>\n\n');
      return;
    case 'no-end':
      response.end(three.replace(/\}\n*$/, '}'));
      return;
    default:
      feed satisfies never;
  }
}

/** Writes whenever what was written before has been taken. */
function flow(item: (n: number) => string, to: Writable): void {
  let n = 0;
  const next = (): void => {
    while (!to.destroyed) {
      n += 1;
      if (to.write(item(n))) continue;
      to.once('drain', next);
      return;
    }
  };
  next();
}
