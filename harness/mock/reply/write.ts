import type { ServerResponse } from 'node:http';
import { isJson } from '../../openapi/media-type.ts';
import type { Reply } from './reply.ts';

/** A reply as bytes. */
export interface Written {
  readonly status: number;
  /** Names and values in turn, as `writeHead` takes them. */
  readonly headers: readonly string[];
  readonly bytes?: Buffer;
}

/** 202 and the like get neither content nor a Content-Type, only the length of nothing. */
export function written({ status, body, type = 'application/json', headers = [] }: Reply): Written {
  // RFC 9110, section 8.6: a 204 has no Content-Length, and section 15.4.5: a 304 no content.
  if (status === 204 || status === 304) return { status, headers: headers.flat() };
  if (body === undefined) return { status, headers: ['Content-Length', '0', ...headers.flat()] };
  const text = typeof body === 'string' && !isJson(type) ? body : JSON.stringify(body);
  const bytes = Buffer.from(text);
  return { status, headers: ['Content-Type', type, 'Content-Length', String(bytes.length), ...headers.flat()], bytes };
}

/** Node leaves the bytes out where HTTP does, in the answer to HEAD. */
export function write(response: ServerResponse, { status, headers, bytes }: Written): void {
  response.writeHead(status, [...headers]);
  response.end(bytes);
}
