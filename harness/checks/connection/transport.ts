import type { FaultKind } from '../../model/exchange.ts';
import type { Check, Subject } from '../../model/target.ts';
import { isLegal } from './framing.ts';

export const transportCheck: Check = {
  name: 'transport',
  requirement: 'The server answers in time with a whole response of HTTP/1.1, within the size limits.',
  severity: 'violation',
  remedy: 'Look into the log of the server at the time of the request.',
  // What framing can name more exactly, framing names.
  appliesTo: ({ exchange }) =>
    exchange.fault !== undefined && isOfServer(exchange.fault.kind) && exchange.notes.every(isLegal),
  *run({ exchange }: Subject) {
    const { fault } = exchange;
    if (fault === undefined) return;
    yield {
      message: fault.message,
      where: 'wire',
      expected: expectations[fault.kind],
      actual: `${fault.kind} after ${Math.round(exchange.ms)} ms`,
    };
  },
};

/** Whether a fault is of the server, and not of the way to it. */
function isOfServer(kind: FaultKind): boolean {
  return !['refused', 'dns', 'tls', 'proxy', 'blocked', 'own-machine'].includes(kind);
}

const expectations: Readonly<Record<FaultKind, string>> = {
  refused: 'a connection',
  dns: 'a name that resolves',
  tls: 'a certificate that can be trusted',
  proxy: 'a connection through the proxy',
  blocked: 'a request that may leave',
  'own-machine': 'a machine that can send and read in time',
  reset: 'a whole answer',
  'closed-early': 'a whole answer before the connection closes',
  'no-answer': 'an answer within the time limit',
  'too-slow': 'a whole answer within the time limit',
  malformed: 'an answer in HTTP/1.1 (RFC 9112)',
  'body-too-large': 'a body within the size limit',
  'headers-too-large': 'headers within the size limit',
};
