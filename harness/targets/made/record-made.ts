import type { Exchange, FaultKind, WireRequest } from '../../model/exchange.ts';
import type { Making } from '../../model/target.ts';
import { type MadeBook, openMadeBook } from './made-book.ts';

/** Sends requests and writes down what they make, where other people use the host. */
interface MadeRecorder {
  /** `unique`: the values that were made for it alone, of which it may send some. */
  send(request: WireRequest, send: () => Promise<Exchange>, unique?: readonly string[]): Promise<Exchange>;
  /** What an exchange made, as far as its response says so. */
  madeBy(exchange: Exchange): Making | undefined;
  /** What is left, one line each. */
  close(): readonly string[];
}

/** `shared`: on any other host nothing is written down. */
export function recordMade(options: {
  readonly shared: boolean;
  readonly folder: string;
  readonly target: string;
}): MadeRecorder {
  const book = options.shared ? openMadeBook(options.folder, options.target) : undefined;
  const made = new WeakMap<Exchange, Making>();
  return {
    async send(request, send, unique = []) {
      if (book === undefined || !making.has(request.method)) return send();
      return sendOver(book, { request, unique }, send, made);
    },
    madeBy: (exchange) => made.get(exchange),
    close: () => book?.close() ?? [],
  };
}

/** What is interrupted, or gets no response, may have made something: it stays in the ledger. */
async function sendOver(
  book: MadeBook,
  { request, unique }: { readonly request: WireRequest; readonly unique: readonly string[] },
  send: () => Promise<Exchange>,
  made: WeakMap<Exchange, Making>,
): Promise<Exchange> {
  // A query may hold a key.
  const name = `${request.method} ${request.path.split('?', 1)[0] ?? ''}`;
  const bears = unique.find((each) => request.body?.includes(each) === true || request.path.includes(each));
  const making = book.begin(name, bears);
  const exchange = await send();
  const { response, fault } = exchange;
  if (response === undefined) {
    if (fault !== undefined && neverSent.has(fault.kind)) making.refused();
  } else if (saysMade(request, response)) {
    making.made();
    made.set(exchange, making);
  } else {
    making.refused();
    // A search, or what had been there before: it is only named where it was to be made.
    if (request.method === 'POST' && response.status >= 200 && response.status < 300)
      made.set(exchange, book.unsure(name, bears));
  }
  return exchange;
}

function saysMade({ method }: WireRequest, { status, headers }: NonNullable<Exchange['response']>): boolean {
  if (status === 201) return true;
  // A PUT that is accepted may have changed what was there.
  if (method === 'PUT') return false;
  if (status === 202) return true;
  return status >= 200 && status < 300 && headers.some(([name]) => name.toLowerCase() === 'location');
}

/** Methods that make something: PUT where nothing was there, and then the response is 201 (RFC 9110 §9.3.4). */
const making: ReadonlySet<string> = new Set(['POST', 'PUT']);

/** The server has not got the request. */
const neverSent: ReadonlySet<FaultKind> = new Set<FaultKind>(['refused', 'dns', 'tls', 'proxy']);
