/** What a chunked body holds. `end` is the offset after its last byte, where it has one. */
interface Chunks {
  readonly body: Buffer;
  readonly end: number;
  /** The lines after the last chunk. */
  readonly trailers: readonly string[];
  /** Why there is no end. `fatal`: more bytes would not help. */
  readonly problem?: { readonly message: string; readonly fatal: boolean };
}

/** Trailers are a few header lines; nobody has use for more than a head may have. */
const mostTrailers = 64 * 1024;

/** Reads a chunked body. RFC 9112, section 7.1. */
export function readChunks(bytes: Buffer): Chunks {
  const parts: Buffer[] = [];
  const stop = (message: string, fatal: boolean): Chunks => ({
    body: Buffer.concat(parts),
    end: bytes.length,
    trailers: [],
    problem: { message, fatal },
  });
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return stop('the chunked body breaks off before its last chunk', false);
    const sizeLine = bytes.toString('latin1', at, line);
    const digits = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/s.exec(sizeLine)?.[1];
    if (digits === undefined) {
      return stop(`the chunk size line ${JSON.stringify(sizeLine.slice(0, 40))} is not a hexadecimal number`, true);
    }
    const size = Number.parseInt(digits, 16);
    const start = line + 2;
    if (size === 0) {
      const end = trailerEnd(bytes, start);
      if (end === undefined && bytes.length - start > mostTrailers)
        return stop(`more than ${mostTrailers} bytes of trailers follow the last chunk`, true);
      if (end === undefined) return stop('the empty line after the last chunk is missing', false);
      return { body: Buffer.concat(parts), end, trailers: linesOf(bytes.toString('latin1', start, end)) };
    }
    parts.push(bytes.subarray(start, start + size));
    at = start + size + 2;
    if (bytes.length < at) {
      const came = Math.min(size, bytes.length - start);
      return stop(`a chunk of ${size} bytes is announced, and ${came} bytes of it came`, false);
    }
    if (bytes[at - 2] !== 0x0d || bytes[at - 1] !== 0x0a) {
      return stop(`a chunk of ${size} bytes is announced, yet more bytes follow where it must end`, true);
    }
  }
}

function linesOf(text: string): readonly string[] {
  return text.split('\r\n').filter((line) => line !== '');
}

/** Trailers are header lines, then an empty one. */
function trailerEnd(bytes: Buffer, from: number): number | undefined {
  if (bytes[from] === 0x0d && bytes[from + 1] === 0x0a) return from + 2;
  const end = bytes.indexOf('\r\n\r\n', from);
  return end < 0 ? undefined : end + 4;
}
