import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange } from '../../model/exchange.ts';
import { bearsMark } from './bears.ts';
import { type Call, itemName, readerOf } from './item-reader.ts';

type Values = Readonly<Record<string, string>>;

/** What a request made on a host that others use, and how the server is asked for it. */
interface Creation {
  readonly exchange: Exchange;
  /** The values that were made for this request alone, of which it may have sent some. */
  readonly unique: readonly string[];
  /** What the response says that it made, and whatever else fills `item`. */
  readonly values: Values;
  /** The call that would take it away, or any other call on it. */
  readonly item?: Call;
  readonly send: (call: Call, values: Values) => Promise<Exchange>;
}

/** What was made may not be there at once. */
const waitsMs = [50, 100, 200, 400, 800];

/**
 * Why it is not shown that a resource was made by this run; undefined where it is. A server may answer 201 with the id of
 * what is somebody's, so its word is not enough: the resource must bear a value that nobody else can have sent.
 */
export async function whyNotOwn(creation: Creation): Promise<string | undefined> {
  const { exchange, unique, values, item } = creation;
  const { request, response } = exchange;
  const marks = unique.filter((each) => request.url.includes(each) || request.body?.includes(each) === true);
  if (marks.length === 0) return 'the request sends no value of its own by which what it made could be recognized';
  const name = item === undefined ? undefined : itemName(item);
  const id = name === undefined ? undefined : values[name];
  if (marks.some((mark) => id?.includes(mark))) return undefined;
  const about = { marks, ...(id === undefined ? {} : { id }) };
  const reader = item === undefined ? undefined : readerOf(item);
  if (reader === undefined) {
    const shown = bearsMark(textOf(response), about);
    return shown ? undefined : 'the response does not show what the request sent of its own';
  }
  const read = await readBack(creation, reader);
  if (isSuccess(read) && bearsMark(textOf(read.response), about)) return undefined;
  const called = `${read.request.method} ${new URL(read.request.url).pathname}`;
  return isSuccess(read)
    ? `${called} does not show what the request sent of its own`
    : `${called} was answered ${read.response?.status ?? 'not at all'}`;
}

async function readBack({ send, values }: Creation, reader: Call): Promise<Exchange> {
  let read = await send(reader, values);
  for (const wait of waitsMs) {
    if (read.response?.status !== 404) return read;
    await pause(wait);
    read = await send(reader, values);
  }
  return read;
}

function isSuccess({ response }: Exchange): boolean {
  return response !== undefined && response.status >= 200 && response.status < 300;
}

function textOf(response: Exchange['response']): string {
  return response === undefined ? '' : Buffer.from(response.body).toString('utf8');
}
