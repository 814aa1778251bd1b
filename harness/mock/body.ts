import type { IncomingMessage } from 'node:http';

import type { Json } from '../model/document.ts';

/** What a request carried. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: Json; readonly bytes: Buffer }
  | { readonly kind: 'broken'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' };

const most = 1024 * 1024;

/** Reads the body of a call that has a use for it. Nothing is called back when the client goes away. */
export function readBody(request: IncomingMessage, done: (body: RequestBody) => void): void {
  const parts: Buffer[] = [];
  let size = 0;
  request.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= most) parts.push(part);
    else if (size > 8 * most) request.destroy();
  });
  request.on('end', () => {
    if (size > most) done({ kind: 'too-large' });
    else if (size === 0) done({ kind: 'none' });
    else done(parsed(Buffer.concat(parts)));
  });
}

/** Lets the body of a call that has no use for it run dry; one without end costs its sender the connection. */
export function ignoreBody(request: IncomingMessage): void {
  const { headers } = request;
  if (headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0') return;
  let size = 0;
  request.on('data', (part: Buffer) => {
    size += part.length;
    if (size > 8 * most) request.destroy();
  });
}

function parsed(bytes: Buffer): RequestBody {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isJson(value) ? { kind: 'json', value, bytes } : { kind: 'broken', bytes };
  } catch {
    return { kind: 'broken', bytes };
  }
}

/** JSON.parse makes nothing else; this only says so to the type checker. */
function isJson(value: unknown): value is Json {
  return value !== undefined;
}
