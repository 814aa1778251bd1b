import type { HeaderPair } from '../../../harness/model/exchange.ts';

/** A request as it came over a connection. */
export interface RawRequest {
  readonly method: string;
  /** Raw path and query. */
  readonly target: string;
  readonly headers: readonly HeaderPair[];
  readonly body: Buffer;
}

/** The first request in the bytes, where it is whole, and how long it is. */
export function readRawRequest(bytes: Buffer): { readonly request: RawRequest; readonly length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [method = '', target = ''] = line.split(' ');
  const headers = lines.map((text): HeaderPair => {
    const colon = text.indexOf(':');
    return [text.slice(0, colon), text.slice(colon + 1).trim()];
  });
  const start = end + 4;
  const length = start + Number(headerOf(headers, 'content-length') || 0);
  if (bytes.length < length) return undefined;
  return { request: { method, target, headers, body: bytes.subarray(start, length) }, length };
}

/** The values of one header, joined with a comma; empty where it is absent. */
export function headerOf(headers: readonly HeaderPair[], name: string): string {
  return headers
    .filter(([given]) => given.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value)
    .join(', ');
}

export function withoutHeader(headers: readonly HeaderPair[], name: string): readonly HeaderPair[] {
  return headers.filter(([given]) => given.toLowerCase() !== name.toLowerCase());
}

/** The raw path, without the query. */
export function pathOf({ target }: RawRequest): string {
  return target.split('?', 1)[0] ?? '';
}

export function queryOf({ target }: RawRequest): URLSearchParams {
  return new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?') + 1) : '');
}

/** The raw last segment of a path below `/backups/`; undefined where the path is another one. */
export function rawIdOf(request: RawRequest): string | undefined {
  return /^\/backups\/([^/]+)$/.exec(pathOf(request))?.[1];
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
