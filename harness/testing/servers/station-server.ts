import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export const stationToken = 'station-test-token-0001';

/** What is wrong with the server; without a mistake it keeps to the document of the station. */
export type StationMistake =
  /** The data of the second event lacks a property that its contentSchema requires. */
  | 'event-data'
  /** The second event is of a type that itemSchema does not list. */
  | 'event-type'
  /** The second line breaks the itemSchema of the media type that the response refers to. */
  | 'line'
  /** A vehicle without a kind is none of the alternative that counts for it. */
  | 'default-mapping'
  /** A query without its required property is answered. */
  | 'any-query';

type Reply = (status: number, type?: string, text?: string) => void;

/** A server of the document of the station, for as long as the test runs. Resolves to its origin. */
export async function startStation(mistake?: StationMistake): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => answer(request, body, { reply: replyTo(response), mistake }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function replyTo(response: ServerResponse): Reply {
  return (status, type, text) =>
    response.writeHead(status, type === undefined ? {} : { 'Content-Type': type }).end(text);
}

function answer(
  { method = '', url = '', headers }: IncomingMessage,
  body: string,
  { reply, mistake }: { readonly reply: Reply; readonly mistake: StationMistake | undefined },
): void {
  const { pathname, searchParams } = new URL(url, 'http://station');
  const json = (status: number, value: unknown): void => reply(status, 'application/json', JSON.stringify(value));
  const train = (n: unknown): string => JSON.stringify({ kind: 'train', ...(n === undefined ? {} : { n }) });
  if (headers.authorization !== `Bearer ${stationToken}`) {
    json(401, { error: 'no token' });
    return;
  }
  switch (`${method} ${pathname.replace(/\d+$/, 'N')}`) {
    case 'GET /departures': {
      const type = mistake === 'event-type' ? 'crash' : 'delay';
      const second = train(mistake === 'event-data' ? undefined : 2);
      reply(200, 'text/event-stream', `event: departure\ndata: ${train(1)}\n\nevent: ${type}\ndata: ${second}\n\n`);
      return;
    }
    case 'QUERY /departures':
      if (typeof (parsed(body) as { from?: unknown } | null)?.from !== 'string') reply(422);
      else reply(200, 'application/jsonl', `${train(1)}\n${train(mistake === 'line' ? 'two' : 2)}\n`);
      return;
    case 'GET /trains': {
      const stops = searchParams.getAll('stops');
      const isWrong = !searchParams.has('to') || stops.some((stop) => !/^-?\d+$/.test(stop));
      if (isWrong && mistake !== 'any-query') reply(400);
      else json(200, [{ kind: 'train', n: 7 }]);
      return;
    }
    case 'LOCK /trains/N':
      if (!pathname.endsWith('/7')) reply(404);
      else json(200, mistake === 'default-mapping' ? { n: 7 } : { wheels: 8 });
      return;
    default:
      reply(/^\/(departures|trains(\/.*)?)$/.test(pathname) ? 405 : 404);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
