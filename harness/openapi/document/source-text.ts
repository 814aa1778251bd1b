import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { HarnessError, messageOf } from '../../core/errors.ts';
import { shownUrl } from '../../core/text/shown-url.ts';

/** The text of a document, and where it really came from. */
interface SourceText {
  /** An absolute path, or the URL after redirects: relative references start here. */
  readonly location: string;
  readonly text: string;
  readonly sha256: string;
}

interface ReadOptions {
  /** Whether a URL may send us elsewhere. */
  readonly redirects: boolean;
  /** For the whole of an answer, body included. */
  readonly timeoutMs?: number;
}

/** Larger than any published API document we know of by half, small enough to be parsed in seconds. */
const maxBytes = 20 * 1024 * 1024;

export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** `URL.parse`, which Node 20 does not have. */
export function urlOf(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined;
}

/** Reads a file or a URL; whatever is not text is refused before anything tries to parse it. */
export async function readText(from: string, options: ReadOptions): Promise<SourceText> {
  const { location, bytes } = isUrl(from) ? await download(from, options) : await readLocal(from);
  const source = isUrl(from) ? shownUrl(from) : from;
  if (bytes.length === 0) {
    throw new HarnessError('E_DOCUMENT_EMPTY', `${source} is empty`, {
      hint: 'Give an OpenAPI 3.0, 3.1 or 3.2 document.',
    });
  }
  const text = decode(bytes, source);
  if (text.trimStart().startsWith('<')) {
    throw new HarnessError('E_NOT_OPENAPI', `${source} is an HTML or XML page, not an OpenAPI document`, {
      hint: 'Give the address of the raw file, not of the page that shows it.',
    });
  }
  return { location, text, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function readLocal(path: string): Promise<{ location: string; bytes: Uint8Array }> {
  try {
    if ((await stat(path)).isDirectory()) {
      throw new HarnessError('E_DOCUMENT_DIRECTORY', `${path} is a directory, not an OpenAPI document`, {
        hint: 'Give the path of the document inside it.',
      });
    }
    return { location: resolve(path), bytes: await collect(createReadStream(path), path) };
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    const missing = cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
    if (missing) {
      throw new HarnessError('E_DOCUMENT_MISSING', `There is no file ${path === '' ? 'with an empty name' : path}`, {
        hint: 'Check the path of the OpenAPI document; a URL begins with http:// or https://.',
        cause,
      });
    }
    throw new HarnessError('E_DOCUMENT_UNREADABLE', `${path} cannot be read: ${messageOf(cause)}`, {
      hint: 'Check the permissions of the file.',
      cause,
    });
  }
}

async function download(from: string, options: ReadOptions): Promise<{ location: string; bytes: Uint8Array }> {
  const { redirects, timeoutMs = 20_000 } = options;
  const url = urlOf(from);
  const source = shownUrl(from);
  if (url === undefined)
    throw new HarnessError('E_DOCUMENT_URL', `${source} is not a URL`, { hint: 'Check its spelling.' });
  if (url.username !== '' || url.password !== '') {
    throw new HarnessError('E_DOCUMENT_URL', `The URL of the document at ${url.host} carries a user name or password`, {
      hint: 'Download the document first and give the path of the file.',
    });
  }
  try {
    const response = await fetch(url, {
      redirect: redirects ? 'follow' : 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/yaml, application/json, text/plain;q=0.9, */*;q=0.5' },
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new HarnessError(
        'E_DOCUMENT_URL',
        `${source} answered ${response.status} ${response.statusText}`.trimEnd(),
        {
          hint: 'Open the URL in a browser to see what is there, or give the path of a file.',
        },
      );
    }
    return {
      location: response.url,
      bytes: response.body === null ? new Uint8Array() : await collect(response.body, source),
    };
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    throw new HarnessError('E_DOCUMENT_URL', `${source} cannot be read: ${reasonOf(cause, timeoutMs)}`, {
      hint: 'Check the URL and the network, or give the path of a file.',
      cause,
    });
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>, source: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new HarnessError('E_DOCUMENT_TOO_LARGE', `${source} is larger than ${maxBytes / 1024 / 1024} MB`, {
        hint: 'Split the document, or keep only the paths that are tested.',
      });
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

function decode(bytes: Uint8Array, source: string): string {
  try {
    if (bytes.includes(0)) throw new TypeError('it holds NUL bytes');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new HarnessError('E_DOCUMENT_NOT_TEXT', `${source} is not UTF-8 text`, {
      hint: 'Give an OpenAPI document in YAML or JSON, encoded as UTF-8.',
      cause,
    });
  }
}

/** `fetch failed` says nothing; the cause below it does. */
function reasonOf(thrown: unknown, timeoutMs: number): string {
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError')
    return `no whole answer within ${timeoutMs / 1000} s`;
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause;
  if (cause instanceof Error) return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message;
  return thrown.message;
}
