/** One header field: name and value as they are on the wire. */
export type HeaderPair = readonly [name: string, value: string];

/** A request, ready for the wire. The key is in it: it never goes into a report, see {@link SentRequest}. */
export interface WireRequest {
  readonly method: string;
  /** Raw path and query, percent-encoded already, sent byte for byte. */
  readonly path: string;
  readonly headers: readonly HeaderPair[];
  readonly body?: string;
  /** Requests with the same name share one connection; without a name each gets its own. */
  readonly connection?: string;
  /** Counts the items of a response that may have no end; undefined where a response with that head is one thing. */
  readonly itemsOf?: (head: Pick<ReceivedResponse, 'status' | 'headers'>) => ItemCounter | undefined;
}

/** Counts the items of a sequence while its bytes come. */
export interface ItemCounter {
  /** Takes the bytes of the body that came next. */
  push(bytes: Uint8Array): void;
  /** How many are whole by now. */
  readonly whole: number;
}

/** What was sent, with the key replaced by `<api-key>`: safe to print. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  readonly body?: string;
}

/** A whole response, before content decoding. */
export interface ReceivedResponse {
  readonly status: number;
  readonly reason: string;
  /** Such as `1.1`. */
  readonly httpVersion: string;
  /** In order, with repeats and letter case as they came. */
  readonly headers: readonly HeaderPair[];
  /** The body after transfer decoding, before content decoding; at most the size cap. */
  readonly body: Uint8Array;
  /** Present where this side closed the connection: the response is a sequence that had not come to an end. */
  readonly stopped?: ReadingStopped;
}

/** Why a sequence of items was read no further. That it went on is no fault of the server. */
export interface ReadingStopped {
  /** How many items had come whole; what followed the last of them is not judged. */
  readonly items: number;
  /** One sentence for people. */
  readonly message: string;
}

/**
 * Why an exchange did not end in a whole response. `refused`, `dns`, `tls`, `proxy`, `blocked` and
 * `own-machine` (this machine lacked files, ports, memory or time) say nothing about the contract (error); the others are
 * the server's doing (fail).
 */
export type FaultKind =
  | 'refused'
  | 'dns'
  | 'tls'
  | 'proxy'
  | 'blocked'
  | 'own-machine'
  | 'reset'
  | 'closed-early'
  | 'no-answer'
  | 'too-slow'
  | 'malformed'
  | 'body-too-large'
  | 'headers-too-large';

/** Why an exchange did not end in a whole response. */
export interface TransportFault {
  readonly kind: FaultKind;
  /** One sentence for people. */
  readonly message: string;
}

/** What the raw bytes of the socket show that a client hides; each violates RFC 9110 or RFC 9112. */
export interface WireNote {
  readonly kind:
    | 'bytes-after-response'
    | 'length-and-chunked'
    | 'conflicting-lengths'
    | 'bad-header-line'
    | 'close-delimited'
    | 'unfinished-chunks'
    | 'transfer-coding'
    | 'forbidden-trailer'
    | 'short-body'
    | 'body-where-none-allowed'
    | 'bad-status-line';
  readonly message: string;
}

/** A request and what came back: a response, a fault, or both where the response broke off. */
export interface Exchange {
  readonly request: SentRequest;
  /** Absent when the head never came whole. With `fault`, the response is what had come until then. */
  readonly response?: ReceivedResponse;
  readonly fault?: TransportFault;
  readonly notes: readonly WireNote[];
  /** Milliseconds from the first byte sent to the last byte received. */
  readonly ms: number;
}
