import { shortageOf } from '../core/shortage.ts';
import type { FaultKind, TransportFault } from '../model/exchange.ts';

/** What is known when an exchange fails. */
export interface Circumstances {
  readonly origin: string;
  readonly proxied: boolean;
  /** Whether a connection had been made. */
  readonly connected: boolean;
  /** How many bytes of the answer had come. */
  readonly received: number;
}

/** Says in one sentence what an error of undici or of the socket means. */
export function faultOf(error: Error, circumstances: Circumstances): TransportFault {
  const { origin, proxied, connected } = circumstances;
  const code = codeOf(error);
  const fault = (kind: FaultKind, message: string): TransportFault => ({ kind, message });
  const shortage = shortageOf(error);
  if (shortage !== undefined) return fault('own-machine', shortage);
  if (!connected) {
    const tls = tlsProblems[code];
    if (tls !== undefined) return fault('tls', `${origin} cannot be trusted: ${tls} (${code})`);
    if (/^ERR_(SSL|TLS)|^EPROTO$|^CERT_|^UNABLE_TO_/.test(code)) {
      return fault('tls', `the TLS handshake with ${origin} failed: ${firstLine(error)} (${code})`);
    }
    if (proxied) return fault('proxy', `the proxy did not connect to ${origin}: ${firstLine(error)}`);
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      return fault('dns', `the name of ${origin} cannot be resolved (${code})`);
    }
    if (code === 'ECONNREFUSED') return fault('refused', `nothing listens at ${origin} (ECONNREFUSED)`);
    if (code === 'ECONNRESET')
      return fault('tls', `${origin} broke the connection off during the handshake (ECONNRESET)`);
    return fault('refused', `no connection to ${origin}: ${firstLine(error)}${code === '' ? '' : ` (${code})`}`);
  }
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') {
    return fault('reset', `the server reset the connection ${progress(circumstances)}`);
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return fault('headers-too-large', 'the headers of the answer are larger than the limit');
  }
  if (code === 'UND_ERR_SOCKET' && /other side closed|closed/.test(error.message)) return closedEarly(circumstances);
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return closedEarly(circumstances);
  // llhttp's reason stands in brackets at the end of undici's sentence.
  const reason = /\((.*)\)$/s.exec(error.message)?.[1] ?? firstLine(error);
  return fault('malformed', `the answer is not proper HTTP/1.1: ${reason}`);
}

/** Whether an error says that this machine is at its limits, and so nothing about the server. */
export function isOwnFault(error: Error): boolean {
  return shortageOf(error) !== undefined;
}

/** The time limit was reached while this process could not attend to the connection. */
export function ownDelay(ms: number, blockedMs: number): TransportFault {
  return {
    kind: 'own-machine',
    message: `no whole answer was read within ${ms} ms, but for ${Math.round(blockedMs)} ms of them this machine was too busy to read`,
  };
}

/** The server closed before its answer was whole. */
export function closedEarly(circumstances: Circumstances): TransportFault {
  return { kind: 'closed-early', message: `the server closed the connection ${progress(circumstances)}` };
}

/** The deadline passed. */
export function timeUp(ms: number, circumstances: Circumstances): TransportFault {
  const { origin, connected, proxied, received } = circumstances;
  if (!connected) {
    return { kind: proxied ? 'proxy' : 'refused', message: `no connection to ${origin} within ${ms} ms` };
  }
  if (received === 0) return { kind: 'no-answer', message: `no byte of an answer came within ${ms} ms` };
  return { kind: 'too-slow', message: `the answer was not whole after ${ms} ms; ${received} bytes had come` };
}

function progress({ received }: Circumstances): string {
  return received === 0 ? 'without answering' : `in the middle of its answer, after ${received} bytes`;
}

const tlsProblems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate has been revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain ends in a self-signed certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an unknown authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

export function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause instanceof Error ? codeOf(error.cause) : '';
}

function firstLine(error: Error): string {
  return (error.message === '' ? error.name : error.message).split('\n', 1)[0] ?? '';
}
