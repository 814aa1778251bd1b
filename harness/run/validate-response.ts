import { HarnessError } from '../core/errors.ts';
import { checks } from '../checks/index.ts';
import type { Case } from '../model/case.ts';
import type { Operation } from '../model/document.ts';
import type { Exchange, HeaderPair, ReceivedResponse } from '../model/exchange.ts';
import type { Finding } from '../model/verdict.ts';
import { itemsOfResponses } from '../openapi/sequences/count-items.ts';
import { examine } from './examine.ts';
import { matchResponse } from '../openapi/match-response.ts';
import { readFetched } from './read-fetched.ts';

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
 * every check that one exchange can be judged by; empty where nothing is. Reads the body; a fetch `Response` is cloned
 * first. Throws `E_BODY_USED` where the body has been read already, `E_UNDECLARED` where no case is of that status.
 */
export async function validateResponse(
  response: AnyResponse,
  options: { readonly operation: Operation; readonly status: number; readonly cases: readonly Case[] },
): Promise<readonly Finding[]> {
  const { operation, status, cases } = options;
  const exchange = await exchangeOf(response, operation);
  const one = caseFor(cases, status, exchange);
  const step = one?.steps[0];
  if (one === undefined || step?.kind !== 'send') {
    const declared = operation.responses.map((each) => each.key).join(', ');
    throw new HarnessError('E_UNDECLARED', `${operation.id} does not declare ${status}`, {
      hint: `It declares ${declared}.`,
    });
  }
  const { stopped } = exchange.response ?? {};
  if (stopped?.items === 0) {
    throw new HarnessError('E_NO_ITEM', `the response cannot be judged: ${stopped.message}`, {
      kind: 'target',
      hint: 'Let the server send an item before the response is handed over, or within a few seconds.',
    });
  }
  const { findings } = examine({ checks, case: one, step, exchange, number: 0, values: {}, secrets: [] });
  return findings;
}

/** The declared case of that status: in the media type that the response is in, if there is one. */
function caseFor(cases: readonly Case[], status: number, exchange: Exchange): Case | undefined {
  const declared = cases.filter((each) => each.kind === 'declared');
  const responses = declared.flatMap((each) => each.response ?? []);
  const asked: Exchange = { ...exchange, ...(exchange.response && { response: { ...exchange.response, status } }) };
  const held = matchResponse({ kind: 'one-of', responses }, asked);
  return declared.find(({ response, steps: [step] }) => {
    if (held.response === undefined || response?.key !== held.response.key || step?.kind !== 'send') return false;
    return step.expectation.kind === 'declared' && step.expectation.media?.type === held.media?.type;
  });
}

async function exchangeOf(response: AnyResponse, operation: Operation): Promise<Exchange> {
  const head = { status: statusOf(response), headers: pairsOf(response.headers) };
  const content = await contentOf(response, head, operation);
  return {
    request: { method: operation.method, url: operation.path, headers: [] },
    response: { ...head, reason: '', httpVersion: '1.1', ...content },
    notes: [],
    ms: 0,
  };
}

function statusOf(response: AnyResponse): number {
  return response instanceof Response ? response.status : (response.status ?? response.statusCode ?? 0);
}

type Content = Pick<ReceivedResponse, 'body' | 'stopped'>;

async function contentOf(
  response: AnyResponse,
  head: Pick<ReceivedResponse, 'status' | 'headers'>,
  operation: Operation,
): Promise<Content> {
  if (!(response instanceof Response)) return { body: await bytesOf(response.body) };
  if (response.bodyUsed) {
    throw new HarnessError('E_BODY_USED', 'the body of the response has been read already, so it cannot be judged', {
      hint: 'Hand the response over before reading it, or hand over a clone: response.clone().',
    });
  }
  return readFetched(response.clone(), head, itemsOfResponses(operation.responses));
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
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
