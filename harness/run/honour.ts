import { HarnessError } from '../errors.ts';
import { checks } from '../checks/index.ts';
import type { Case, Exchange, Finding, HeaderPair, Operation } from '../model.ts';
import { examine } from './examine.ts';

/** A response in the shape of fetch, of undici's `request`, or a plain object. */
export type AnyResponse =
  | Response
  | {
      readonly status?: number;
      readonly statusCode?: number;
      readonly headers?:
        Headers | Readonly<Record<string, string | readonly string[] | undefined>> | readonly HeaderPair[];
      /** Text, bytes, a value that stands for JSON, or a stream with `arrayBuffer()`. */
      readonly body?: unknown;
    };

/**
 * What is wrong with a response as the answer of an operation: held against the declared response of that status, by
 * every check that one exchange can be judged by. Reads the body; a fetch `Response` is cloned first.
 */
export async function departuresOf(
  response: AnyResponse,
  options: { readonly operation: Operation; readonly status: number; readonly cases: readonly Case[] },
): Promise<readonly Finding[]> {
  const { operation, status, cases } = options;
  const one = cases.find((each) => each.kind === 'declared' && each.response?.key === String(status));
  const step = one?.steps[0];
  if (one === undefined || step?.kind !== 'send') {
    const declared = operation.responses.map((each) => each.key).join(', ');
    throw new HarnessError('E_UNDECLARED', `${operation.id} does not declare ${status}`, {
      hint: `It declares ${declared}.`,
    });
  }
  const exchange = await exchangeOf(response, operation);
  const { findings } = examine({ checks, case: one, step, exchange, number: 0, values: {}, secrets: [] });
  return findings;
}

async function exchangeOf(response: AnyResponse, operation: Operation): Promise<Exchange> {
  const body = await bytesOf(response);
  return {
    request: { method: operation.method, url: operation.path, headers: [] },
    response: { status: statusOf(response), reason: '', httpVersion: '1.1', headers: pairsOf(response.headers), body },
    notes: [],
    ms: 0,
  };
}

function statusOf(response: AnyResponse): number {
  return response instanceof Response ? response.status : (response.status ?? response.statusCode ?? 0);
}

async function bytesOf(response: AnyResponse): Promise<Uint8Array> {
  if (response instanceof Response) return new Uint8Array(await response.clone().arrayBuffer());
  const { body } = response;
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (typeof body === 'object' && 'arrayBuffer' in body && typeof body.arrayBuffer === 'function') {
    const read = body.arrayBuffer.bind(body) as () => Promise<ArrayBuffer>;
    return new Uint8Array(await read());
  }
  return new TextEncoder().encode(JSON.stringify(body));
}

function pairsOf(headers: AnyResponse['headers']): readonly HeaderPair[] {
  if (headers === undefined) return [];
  if (headers instanceof Headers) return [...headers];
  if (Array.isArray(headers)) return headers as readonly HeaderPair[];
  return Object.entries(headers as Readonly<Record<string, string | readonly string[] | undefined>>).flatMap(
    ([name, value]): readonly HeaderPair[] => {
      if (value === undefined) return [];
      return typeof value === 'string' ? [[name, value]] : value.map((each): HeaderPair => [name, each]);
    },
  );
}
