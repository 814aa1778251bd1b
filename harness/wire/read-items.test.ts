import { describe, expect, it } from 'vitest';
import type { WireRequest } from '../model/exchange.ts';
import { end, hang, reset } from '../testing/servers/scripted-socket.ts';
import { bodyOf, openServer } from '../testing/wire-client.ts';

const { answer, scripted } = openServer();

/** Every line is an item. */
const itemsOf: WireRequest['itemsOf'] = ({ headers }) => {
  if (!headers.some(([name, value]) => name === 'Content-Type' && value === 'x/lines')) return undefined;
  let whole = 0;
  return {
    push: (bytes) => void (whole += Buffer.from(bytes).toString().split('\n').length - 1),
    get whole() {
      return whole;
    },
  };
};
const head = 'HTTP/1.1 200 OK\r\nContent-Type: x/lines\r\n';
const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`;
const short = { timeoutMs: 600 };

describe('a sequence that does not end', () => {
  it('is read until its time is over, and is no fault', async () => {
    const exchange = await answer([`${chunked}5\r\na\nb\nc\r\n`, hang], { itemsOf }, short);
    expect(exchange.fault).toBeUndefined();
    expect(exchange.notes).toEqual([]);
    expect(bodyOf(exchange)).toBe('a\nb\nc');
    expect(exchange.response?.stopped?.items).toBe(2);
    expect(exchange.response?.stopped?.message).toMatch(
      /^the stream did not end, and was read no further from this side after 2 whole items, \d+ ms after its head$/,
    );
  });

  it('is read to the limit of time where no item comes', async () => {
    const exchange = await answer([`${chunked}1\r\na\r\n`, hang], { itemsOf }, short);
    expect(exchange.fault).toBeUndefined();
    expect(exchange.response?.stopped?.items).toBe(0);
    expect(exchange.response?.stopped?.message).toContain('before an item was whole');
  });

  it('is read up to a number of items, and to the limit of bytes', async () => {
    const many = await answer([`${head}\r\n`, { flood: 'a\n', bytes: 10 ** 9 }], { itemsOf });
    expect(many.response?.stopped?.message).toMatch(/ after \d{5,} whole items, at the limit of items$/);
    const large = await answer(
      [`${head}\r\n`, { flood: `${'a'.repeat(999)}\n`, bytes: 10 ** 9 }],
      { itemsOf },
      { maxBody: 5000 },
    );
    expect(large.response?.stopped).toMatchObject({ items: 5 });
    expect(large.response?.body).toHaveLength(5000);
    expect(large.fault).toBeUndefined();
  });

  it('leaves no connection for the next request', async () => {
    const before = scripted().connections;
    const shared = { itemsOf, connection: 'c' };
    await answer([`${chunked}2\r\na\n\r\n`, hang], shared, short);
    await answer([`${chunked}2\r\na\n\r\n0\r\n\r\n`], shared);
    expect(scripted().connections).toBe(before + 2);
  });
});

describe('a sequence that ends', () => {
  it('is read as everything else', async () => {
    const exchange = await answer([`${chunked}2\r\na\n\r\n0\r\n\r\n`], { itemsOf });
    expect(exchange.response?.stopped).toBeUndefined();
    expect(bodyOf(exchange)).toBe('a\n');
  });

  it.each([
    ['closed', end, 'closed-early'],
    ['reset', reset, 'reset'],
  ] as const)('is a fault where the connection is %s before', async (_, act, kind) => {
    const exchange = await answer([`${chunked}5\r\na\nb\nc\r\n`, { wait: 20 }, act], { itemsOf });
    expect(exchange.fault?.kind).toBe(kind);
    expect(exchange.response?.stopped).toBeUndefined();
  });
});

it('a response that is no sequence has to end', async () => {
  const script = ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\n\r\n', hang];
  expect((await answer(script, { itemsOf }, short)).fault?.kind).toBe('too-slow');
});
