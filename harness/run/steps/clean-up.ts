import { valuesTaken } from '../../cases/request/values-taken.ts';
import { HarnessError } from '../../core/errors.ts';
import type { CleanUp, RequestPlan, Send } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Target } from '../../model/target.ts';
import { sendUntilTaken } from '../../targets/live/send-until-taken.ts';

type Values = Readonly<Record<string, string>>;

/** Sends a request that is not judged; `operation`: whose it is, where it is not that of the case. */
export type SendOf = (step: Send, values: Values, operation?: Operation) => Promise<Exchange>;

/** Takes away what a request made. Throws `E_ARRANGE` where that fails. */
export async function cleanUp(
  how: CleanUp | undefined,
  exchange: Exchange,
  {
    target,
    values,
    send,
  }: { readonly target: Pick<Target, 'own' | 'pace' | 'madeBy'>; readonly values: Values; readonly send: SendOf },
): Promise<void> {
  const status = exchange.response?.status ?? 0;
  if (how === undefined || exchange.request.method !== 'POST' || status < 200 || status > 299) return;
  const own = valuesTaken(how.take, exchange);
  const { operation, request } = how.undo;
  const called = `${operation.method} ${operation.path}`;
  if (Object.keys(own).length === 0) throw notCleaned(`the response names nothing that ${called} could take away`);
  const making = target.madeBy?.(exchange);
  if (making?.certain === false) {
    making.made(`${operation.method} ${filledPath(request.path, { ...values, ...own })}`);
    return;
  }
  target.own?.(own);
  const plain: Send = { kind: 'send', name: `afterwards: ${called}`, request, expectation: { kind: 'not-5xx' } };
  const undo = (): Promise<Exchange> => send(plain, { ...values, ...own }, operation);
  const { request: sent, response } = await sendUntilTaken(undo, target.pace);
  const gone = response !== undefined && (response.status < 300 || response.status === 404 || response.status === 410);
  if (gone) {
    making?.gone();
    return;
  }
  making?.made(`${sent.method} ${new URL(sent.url).pathname}`);
  throw notCleaned(`${called} of ${Object.values(own).join(', ')} was answered ${response?.status ?? 'not at all'}`);
}

/** For people to read. */
function filledPath(path: string, values: Values): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function notCleaned(why: string): HarnessError {
  return new HarnessError('E_ARRANGE', `what this case made was not taken away: ${why}`, {
    kind: 'target',
    hint: 'Delete it by hand. What the case found out is in its exchanges.',
  });
}

/** Why a request must not be sent to a target where this run may make nothing. */
export function whyNotToCreate(
  { method, credential }: RequestPlan,
  { notToCreate }: Pick<Target, 'notToCreate'>,
): string | undefined {
  return method === 'POST' && credential === 'valid' ? notToCreate : undefined;
}
