import type { Exchange, ReceivedResponse } from '../../model/exchange.ts';
import type { Subject } from '../../model/target.ts';
import { echoes, withoutEchoes } from './request-echoes.ts';
import { bodyOf } from './body/body.ts';
import { contentBytes } from './body/content-coding.ts';

/** A piece of text that the server sent, and where it stood. */
interface SentText {
  readonly where: string;
  readonly text: string;
}

const known = new WeakMap<Exchange, { readonly all: readonly SentText[]; readonly own: readonly SentText[] }>();

/** All text of an answer: reason, headers, body; of a JSON body the strings in it, unescaped. */
export function textsOf(subject: Subject): readonly SentText[] {
  return read(subject).all;
}

/** The same without what only repeats the request: an id that looks like a fault is not one. */
export function ownTextsOf(subject: Subject): readonly SentText[] {
  return read(subject).own;
}

function read(subject: Subject): { readonly all: readonly SentText[]; readonly own: readonly SentText[] } {
  const before = known.get(subject.exchange);
  if (before !== undefined) return before;
  const { response } = subject.exchange;
  const all = response === undefined ? [] : collected(response);
  const repeated = echoes(subject);
  const own = all.map(({ where, text }) => ({
    where,
    text: withoutEchoes(text, repeated, ' '),
  }));
  known.set(subject.exchange, { all, own });
  return { all, own };
}

function collected(response: ReceivedResponse): readonly SentText[] {
  const body = bodyOf(response);
  const text = body.kind === 'json' ? stringsIn(body.value).join('\n') : textOf(contentBytes(response));
  return [
    { where: 'status', text: response.reason },
    ...response.headers.map(([name, value]) => ({ where: `header ${name.toLowerCase()}`, text: value })),
    { where: 'body', text },
  ];
}

/** UTF-16 where every other byte is zero, as in text of the Latin alphabet; UTF-8 else. */
function textOf(bytes: Uint8Array): string {
  const [first, second, third, fourth] = bytes;
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return new TextDecoder('utf-16be').decode(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return Buffer.from(bytes).toString('utf8');
}

function stringsIn(value: unknown): readonly string[] {
  const found: string[] = [];
  const open = [value];
  for (let size = open.length; size > 0; size = open.length) {
    const next = open.pop();
    if (typeof next === 'string') found.push(next);
    else if (Array.isArray(next)) open.push(...(next as unknown[]).slice(0, 10_000));
    else if (typeof next === 'object' && next !== null) {
      for (const [name, inner] of Object.entries(next)) {
        found.push(name);
        open.push(inner);
      }
    }
  }
  return found;
}
