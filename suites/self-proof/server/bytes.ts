import type { Act, WireTamper } from '../fault.ts';
import type { Reply } from './reply.ts';
import { filled, type Names } from './texts.ts';

/** How an answer goes over the connection. */
export interface Shape {
  readonly statusLine: string;
  readonly frame: 'length' | 'chunked' | 'none';
  readonly names?: 'lower-case' | 'upper-case' | 'reversed';
  readonly closes?: true;
  readonly lines: readonly string[];
  readonly acts: readonly Act[];
}

export const plainShape: Shape = {
  statusLine: 'HTTP/1.1 {status} {reason}',
  frame: 'length',
  lines: [],
  acts: [{ send: '{head}{body}' }],
};

export function shaped(shape: Shape, tamper: WireTamper): Shape {
  switch (tamper.do) {
    case 'status-line':
      return { ...shape, statusLine: tamper.text };
    case 'frame':
      return { ...shape, frame: tamper.as };
    case 'header-names':
      return { ...shape, names: tamper.as };
    case 'close':
      return { ...shape, closes: true, acts: [...shape.acts, { then: 'end' }] };
    case 'lines':
      return { ...shape, lines: [...shape.lines, ...tamper.lines] };
    case 'play':
      return { ...shape, acts: tamper.acts };
    default:
      return tamper satisfies never;
  }
}

/** The acts with their texts filled in: each character is one byte. */
export function actsOf(
  reply: Reply,
  shape: Shape,
  options: { readonly method: string; readonly closes: boolean; readonly names: Names },
): readonly Act[] {
  const body = options.method === 'HEAD' ? Buffer.alloc(0) : reply.body;
  const names: Names = {
    ...options.names,
    status: String(reply.status),
    reason: reply.reason,
    length: String(reply.body.length),
  };
  const framing = { length: ['Content-Length: {length}'], chunked: ['Transfer-Encoding: chunked'], none: [] };
  const closes = options.closes || shape.closes === true;
  const headers = [
    ...reply.headers.map(([name, value]) => `${name}: ${value}`),
    ...framing[shape.frame],
    `Connection: ${closes ? 'close' : 'keep-alive'}`,
  ];
  const lines = [shape.statusLine, ...renamed(headers, shape.names), ...shape.lines, '', ''];
  const head = filled(lines.join('\r\n'), names);
  const bytes = body.toString('latin1');
  const texts: Names = {
    ...names,
    head,
    plain: bytes,
    body: shape.frame === 'chunked' ? chunked(bytes) : bytes,
    hex: bytes.length.toString(16),
    half: bytes.slice(0, Math.floor(bytes.length / 2)),
    rest: bytes.slice(Math.floor(bytes.length / 2)),
  };
  const whole = shape.acts.map((act) => withTexts(act, texts));
  return shape.frame === 'none' && options.method !== 'HEAD' ? [...whole, { then: 'end' }] : whole;
}

function renamed(headers: readonly string[], how: Shape['names']): readonly string[] {
  switch (how) {
    case 'lower-case':
      return headers.map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase()));
    case 'upper-case':
      return headers.map((line) => line.replace(/^[^:]+/, (name) => name.toUpperCase()));
    case 'reversed':
      return [...headers].reverse();
    case undefined:
      return headers;
    default:
      return how satisfies never;
  }
}

function chunked(bytes: string): string {
  const middle = Math.ceil(bytes.length / 2);
  const chunk = (part: string): string => (part === '' ? '' : `${part.length.toString(16)}\r\n${part}\r\n`);
  return `${chunk(bytes.slice(0, middle))}${chunk(bytes.slice(middle))}0\r\n\r\n`;
}

function withTexts(act: Act, texts: Names): Act {
  if ('send' in act) return { send: filled(act.send, texts) };
  if ('drip' in act) return { ...act, drip: filled(act.drip, texts) };
  return act;
}
