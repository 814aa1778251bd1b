import { STATUS_CODES } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Json } from '../../../harness/model/document.ts';
import type { Encoding, ReplyTamper } from '../fault.ts';
import { withoutHeader } from './raw-request.ts';
import type { Reply } from './reply.ts';
import { filled, type Names } from './texts.ts';

/** The answer as the faulty server gives it. */
export function tamperResponse(reply: Reply, tamper: ReplyTamper, names: Names): Reply {
  const text = (): string => reply.body.toString('utf8');
  const withBody = (body: Buffer | string): Reply => ({
    ...reply,
    body: typeof body === 'string' ? Buffer.from(filledBody(body, names)) : body,
  });
  switch (tamper.do) {
    case 'status':
      return { ...reply, status: tamper.status, reason: tamper.reason ?? STATUS_CODES[tamper.status] ?? '' };
    case 'header':
      return withHeader({ ...reply, headers: withoutHeader(reply.headers, tamper.name) }, tamper, names);
    case 'second-header':
      return withHeader(reply, tamper, names);
    case 'no-header':
      return { ...reply, headers: withoutHeader(reply.headers, tamper.name) };
    case 'body':
      return withBody(tamper.text);
    case 'bytes':
      return withBody(Buffer.from(tamper.hex, 'hex'));
    case 'around':
      return withBody(`${tamper.before ?? ''}${text()}${tamper.after ?? ''}`);
    case 'replace':
      return withBody(text().replace(tamper.text, () => tamper.by));
    case 'json':
      return withBody(JSON.stringify(edited(JSON.parse(text()) as Json, pathIn(tamper.at), tamper.to)));
    case 'without':
      return withBody(JSON.stringify(edited(JSON.parse(text()) as Json, pathIn(tamper.at), undefined)));
    case 'encode':
      return withBody(encoded(reply.body, tamper.as));
    case 'answer':
      return answer(reply, tamper, names);
    default:
      return tamper satisfies never;
  }
}

/** Ids are escaped as in JSON, so that a body has no fault but the one that its row says. */
function filledBody(text: string, names: Names): string {
  const { id } = names;
  return filled(text, id === undefined ? names : { ...names, id: JSON.stringify(id).slice(1, -1) });
}

function withHeader(
  reply: Reply,
  { name, value }: { readonly name: string; readonly value: string },
  names: Names,
): Reply {
  return { ...reply, headers: [...reply.headers, [name, filled(value, names)]] };
}

function answer(reply: Reply, { status, json }: ReplyTamper & { readonly do: 'answer' }, names: Names): Reply {
  const headers = withoutHeader(reply.headers, 'content-type');
  const reason = STATUS_CODES[status] ?? '';
  if (json === undefined) return { status, reason, headers, body: Buffer.alloc(0) };
  const body = Buffer.from(filledBody(JSON.stringify(json), names));
  return { status, reason, headers: [...headers, ['Content-Type', 'application/json']], body };
}

function pathIn(pointer: string): readonly string[] {
  return pointer.split('/').slice(1);
}

/** The value with another one at a path, or with none. */
function edited(value: Json, path: readonly string[], to: Json | undefined): Json {
  const [name, ...rest] = path;
  if (name === undefined) return to ?? null;
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const inner = members.find(([given]) => given === name)?.[1] ?? {};
  const others = members.filter(([given]) => given !== name);
  if (rest.length === 0 && to === undefined) return Object.fromEntries(others);
  return Object.fromEntries([...others, [name, edited(inner as Json, rest, to)]]);
}

function encoded(body: Buffer, how: Encoding): Buffer {
  const text = body.toString('utf8');
  switch (how) {
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    case 'latin1':
      return Buffer.from(text, 'latin1');
    case 'gzip':
      return gzipSync(body);
    case 'deflate':
      return deflateSync(body);
    case 'br':
      return brotliCompressSync(body);
    case 'json-string':
      return Buffer.from(JSON.stringify(text));
    case 'pretty':
      return Buffer.from(JSON.stringify(JSON.parse(text), undefined, 2));
    case 'ascii':
      return Buffer.from(text.replace(/"(?:[^"\\]|\\.)*"/g, escaped));
    case 'reversed':
      return Buffer.from(JSON.stringify(reversed(JSON.parse(text) as Json)));
    default:
      return how satisfies never;
  }
}

/** A JSON string with each character as an escape. */
function escaped(token: string): string {
  const units = Array.from({ length: (JSON.parse(token) as string).length }, (_, at) =>
    (JSON.parse(token) as string).charCodeAt(at).toString(16).padStart(4, '0'),
  );
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}

/** The same value with its properties in the other order. */
function reversed(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}
