import type { HeaderPair } from '../../model/exchange.ts';

/** What a delivered reply means for the user of the SDK. */
export type Meaning =
  | { readonly kind: 'success' }
  | { readonly kind: 'error'; readonly status: number; readonly code?: string; readonly message?: string }
  /** No whole answer: an error without a status. */
  | { readonly kind: 'fault' };

/** What the scripted server does with one request. */
export type Reply = { readonly means: Meaning } & (
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: readonly HeaderPair[];
      readonly body: string;
      /** Wait before the status line. */
      readonly delayMs?: number;
      /** Send only so many bytes of the body, then close (or reset) the connection. */
      readonly cut?: { readonly after: number; readonly how: 'close' | 'reset' };
    }
  /** Bytes that are no HTTP. */
  | { readonly kind: 'raw'; readonly bytes: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' }
);

/** One request as it stood on the wire. */
export interface ReceivedRequest {
  readonly method: string;
  /** The request target as sent, never parsed as a URL. */
  readonly target: string;
  readonly headers: readonly HeaderPair[];
  readonly body: string;
  /** Milliseconds since the server started. */
  readonly atMs: number;
  readonly connection: number;
  /** Which reply of the script it got; absent when it matched nothing and got 418. */
  readonly reply?: number;
  /** Whether the reply was handed to the operating system whole. */
  readonly delivered: boolean;
  /** Set when the bytes were no HTTP/1.1 request. */
  readonly unreadable?: string;
}

/** One line about a reply, for people. */
export function replyInWords(reply: Reply): string {
  switch (reply.kind) {
    case 'answer': {
      const type = reply.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
      const late = reply.delayMs === undefined ? '' : ` after ${reply.delayMs} ms`;
      const cut = reply.cut === undefined ? '' : `, cut (${reply.cut.how}) after ${reply.cut.after} bytes of the body`;
      return `${reply.status}${type === undefined ? '' : ` ${type}`}${late}${cut}`;
    }
    case 'raw':
      return `bytes that are no HTTP: ${JSON.stringify(reply.bytes.slice(0, 40))}`;
    case 'reset':
      return 'the request is read, then the connection is reset';
    case 'silence':
      return 'the request is read, nothing is ever answered';
    default:
      return reply satisfies never;
  }
}
