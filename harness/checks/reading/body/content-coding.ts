import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';
import type { ReceivedResponse } from '../../../model/exchange.ts';

/** A body with its content codings undone (RFC 9110 §8.4), as far as that can be done. */
type ContentCoding =
  /** `codings`: those that were undone, in the order in which they had been applied. */
  | { readonly kind: 'decoded'; readonly codings: readonly string[]; readonly bytes: Uint8Array }
  /** The bytes are not what their label says. */
  | { readonly kind: 'mislabelled'; readonly codings: readonly string[]; readonly coding: string }
  /** A coding that is not supported, or content beyond the limit. */
  | { readonly kind: 'unknown'; readonly codings: readonly string[]; readonly why: string };

/** A small body may hold gigabytes. */
const largestContent = 8 * 1024 * 1024;
const mostCodings = 5;

/** `partial`: the bytes were read no further from this side, so that their end is missing. */
type Decoder = (bytes: Uint8Array, partial: boolean) => Uint8Array;

const gunzip: Decoder = (bytes, partial) => gunzipSync(bytes, zlibOptions(partial));

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: (bytes, partial) => inflateSync(bytes, zlibOptions(partial)),
  br: (bytes, partial) =>
    brotliDecompressSync(bytes, {
      maxOutputLength: largestContent,
      ...(partial ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}),
    }),
};

function zlibOptions(partial: boolean): { readonly maxOutputLength: number; readonly finishFlush?: number } {
  return { maxOutputLength: largestContent, ...(partial ? { finishFlush: constants.Z_SYNC_FLUSH } : {}) };
}

const known = new WeakMap<ReceivedResponse, ContentCoding>();

/** The content of a body. */
export function contentOf(answer: ReceivedResponse): ContentCoding {
  const content = known.get(answer) ?? decode(answer);
  known.set(answer, content);
  return content;
}

/** The bytes of the content, or those of the body where it cannot be decoded. */
export function contentBytes(answer: ReceivedResponse): Uint8Array {
  const content = contentOf(answer);
  return content.kind === 'decoded' ? content.bytes : answer.body;
}

function decode(answer: ReceivedResponse): ContentCoding {
  const codings = answer.headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  let bytes = answer.body;
  // Nothing is in an empty body, whatever its label says: the answer to HEAD has the label of the body that it leaves out.
  if (bytes.length === 0) return { kind: 'decoded', codings: [], bytes };
  if (codings.length > mostCodings)
    return { kind: 'unknown', codings, why: `it has ${codings.length} content codings` };
  for (const coding of [...codings].reverse()) {
    const decoder = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
    if (decoder === undefined)
      return { kind: 'unknown', codings, why: `its content coding ${coding} is not supported` };
    try {
      bytes = decoder(bytes, answer.stopped !== undefined);
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) return { kind: 'mislabelled', codings, coding };
      return { kind: 'unknown', codings, why: `its content is larger than ${largestContent / 1024 / 1024} MiB` };
    }
  }
  return { kind: 'decoded', codings, bytes };
}
