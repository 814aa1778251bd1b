import type { HeaderPair } from '../../../harness/model/exchange.ts';

/** An answer before it becomes bytes: without the headers that frame it. */
export interface Reply {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly HeaderPair[];
  readonly body: Buffer;
}

/** The headers that the front writes itself. */
const framing = /^(connection|keep-alive|content-length|transfer-encoding)$/i;

export function withoutFraming(headers: readonly HeaderPair[]): readonly HeaderPair[] {
  return headers.filter(([name]) => !framing.test(name));
}
