import type { RequestPlan, Send } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { SendOf } from './clean-up.ts';

/** How a request is sent and judged; the steps of a case give it. */
export interface Sending {
  readonly values: Readonly<Record<string, string>>;
  /** Those of them that nothing but this run can have named. */
  readonly unique: readonly string[];
  readonly send: SendOf;
  judge(step: Send, exchange: Exchange, operation?: Operation): void;
}

export function sendOf(name: string, request: RequestPlan, expectation: Send['expectation']): Send {
  return { kind: 'send', name, request, expectation };
}
