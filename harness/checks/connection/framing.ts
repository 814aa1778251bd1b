import type { WireNote } from '../../model/exchange.ts';
import type { Check } from '../../model/target.ts';

export const framingCheck: Check = {
  name: 'framing',
  requirement: 'The bytes on the connection are one well-formed HTTP/1.1 response and nothing else (RFC 9112).',
  severity: 'violation',
  remedy: 'Look at the raw bytes of the response: the server or a proxy in front of it frames it wrongly.',
  appliesTo: ({ exchange }) => exchange.notes.length > 0,
  *run({ exchange }) {
    for (const note of exchange.notes) {
      yield {
        message: note.message,
        where: 'wire',
        expected: expectations[note.kind],
        actual: note.kind.replaceAll('-', ' '),
        ...(isLegal(note) ? { severity: 'advice' } : {}),
      };
    }
  },
};

/** Whether a note is of something that HTTP allows, if grudgingly. */
export function isLegal({ kind }: WireNote): boolean {
  return kind === 'close-delimited';
}

const expectations: Readonly<Record<WireNote['kind'], string>> = {
  'bytes-after-response': 'no byte after the end of the response',
  'length-and-chunked': 'Content-Length or Transfer-Encoding, never both (RFC 9112 §6.2)',
  'conflicting-lengths': 'one Content-Length (RFC 9110 §8.6)',
  'bad-header-line': 'header lines of the form "Name: value" (RFC 9112 §5)',
  'close-delimited': 'a body whose end is marked by Content-Length or chunks (RFC 9112 §6.3)',
  'unfinished-chunks': 'a chunked body that ends in a chunk of size 0 (RFC 9112 §7.1)',
  'transfer-coding': 'no transfer coding but chunked, once: the request has no TE header (RFC 9112 §6.1)',
  'forbidden-trailer': 'trailers that say nothing of framing or content (RFC 9110 §6.5.1)',
  'short-body': 'as many bytes as Content-Length says (RFC 9112 §6.3)',
  'body-where-none-allowed': 'no body after 204, 304 or an answer to HEAD (RFC 9112 §6.3)',
  'bad-status-line': 'a status line of the form "HTTP/1.1 404 Not Found" (RFC 9112 §4)',
};
