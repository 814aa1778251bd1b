import type { Exchange, FaultKind, WireRequest } from '../../model/exchange.ts';
import type { Making } from '../../model/target.ts';
import { type MadeBook, openMadeBook } from './made-book.ts';

/** Sends requests and writes down what they make, where other people use the host. */
interface MadeRecorder {
  send(request: WireRequest, send: () => Promise<Exchange>): Promise<Exchange>;
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
    async send(request, send) {
      if (book === undefined || request.method !== 'POST') return send();
      return sendOver(book, request, send, made);
    },
    madeBy: (exchange) => made.get(exchange),
    close: () => book?.close() ?? [],
  };
}

/** What is interrupted, or gets no response, may have made something: it stays in the ledger. */
async function sendOver(
  book: MadeBook,
  request: WireRequest,
  send: () => Promise<Exchange>,
  made: WeakMap<Exchange, Making>,
): Promise<Exchange> {
  // A query may hold a key.
  const name = `${request.method} ${request.path.split('?', 1)[0] ?? ''}`;
  const making = book.begin(name);
  const exchange = await send();
  const { response, fault } = exchange;
  if (response === undefined) {
    if (fault !== undefined && neverSent.has(fault.kind)) making.refused();
  } else if (saysMade(response)) {
    making.made();
    made.set(exchange, making);
  } else {
    making.refused();
    // A search, or what had been there before: it is only named where it was to be made.
    if (response.status >= 200 && response.status < 300) made.set(exchange, book.unsure(name));
  }
  return exchange;
}

function saysMade({ status, headers }: NonNullable<Exchange['response']>): boolean {
  if (status === 201 || status === 202) return true;
  return status >= 200 && status < 300 && headers.some(([name]) => name.toLowerCase() === 'location');
}

/** The server has not got the request. */
const neverSent: ReadonlySet<FaultKind> = new Set<FaultKind>(['refused', 'dns', 'tls', 'proxy']);
