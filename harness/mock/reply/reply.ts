import type { Json, JsonObject } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';

/** What the mock answers, before it becomes bytes. Without `body` there is no content and no Content-Type. */
export interface Reply {
  readonly status: number;
  readonly body?: Json;
  /** As the document writes it; `application/json` where nothing else is said. */
  readonly type?: string;
  readonly headers?: readonly HeaderPair[];
  /** The same object is answered again and again, so its bytes are made and checked once. */
  readonly constant?: true;
  /** The document has no response that this one could conform to, or contradicts itself in it. */
  readonly unchecked?: true;
}

/** The error body that all of the control plane shares. */
export function problem(status: number, message: string, code: string = codes[status] ?? 'UNKNOWN'): Reply {
  return { status, body: { error: { code, message }, status } };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The codes for statuses that the given document has no example of. */
const codes: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'UNIMPLEMENTED',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  413: 'OUT_OF_RANGE',
  422: 'UNPROCESSABLE_ENTITY',
  429: 'RESOURCE_EXHAUSTED',
  500: 'UNKNOWN',
  503: 'UNAVAILABLE',
};
