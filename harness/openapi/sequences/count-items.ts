import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { DeclaredResponse } from '../../model/document.ts';
import type { ItemCounter, WireRequest } from '../../model/exchange.ts';
import { mediaTypeFor, responseFor } from '../match-response.ts';
import { sequenceFormatOf, type SequenceFormat } from './format.ts';
import { itemReader } from './items.ts';

/** How the items of what an operation answers are counted; undefined where it declares no sequence. */
export function itemsOfResponses(responses: readonly DeclaredResponse[]): WireRequest['itemsOf'] {
  if (!responses.some(({ media }) => media.some(({ type }) => mayBeSequence(type)))) return undefined;
  return ({ status, headers }) => {
    const valueOf = (name: string): string | undefined => headers.find(([given]) => given.toLowerCase() === name)?.[1];
    const type = valueOf('content-type');
    const format = type === undefined ? undefined : sequenceFormatOf(type.trim());
    const media = mediaTypeFor(responseFor(responses, status)?.media ?? [], type);
    // A length says where the end is.
    if (format === undefined || media === undefined || valueOf('content-length') !== undefined) return undefined;
    return counter(format, valueOf('content-encoding') ?? 'identity');
  };
}

function mayBeSequence(type: string): boolean {
  return sequenceFormatOf(type) !== undefined || type.includes('*');
}

function counter(format: SequenceFormat, coding: string): ItemCounter {
  const reader = itemReader(format);
  const decoder = new TextDecoder();
  const read = (bytes: Uint8Array): void => reader.push(decoder.decode(bytes, { stream: true }));
  const undo = decompressor(coding.trim().toLowerCase());
  // What cannot be decompressed has no items; why not, the check of content codings says.
  undo?.on('data', read).on('error', () => undefined);
  return {
    push(bytes) {
      if (undo === undefined) read(bytes);
      else undo.write(bytes);
    },
    get whole() {
      return reader.whole.length;
    },
  };
}

function decompressor(coding: string): Transform | undefined {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip({ flush: constants.Z_SYNC_FLUSH });
    case 'deflate':
      return createInflate({ flush: constants.Z_SYNC_FLUSH });
    case 'br':
      return createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH });
    default:
      return undefined;
  }
}
