import { placeholdersIn } from '../../cases/request/placeholders.ts';
import { valuesTaken } from '../../cases/request/values-taken.ts';
import { HarnessError } from '../../core/errors.ts';
import { isNoPathValue } from '../../cases/request/path-value.ts';
import type { CleanUp, RequestPlan, Send } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Target } from '../../model/target.ts';
import { sendUntilTaken } from '../../targets/live/send-until-taken.ts';
import { filledPath } from '../../targets/made/filled-path.ts';
import type { Call } from '../../targets/made/item-reader.ts';
import { whyNotOwn } from '../../targets/made/own.ts';

type Values = Readonly<Record<string, string>>;

/** Sends a request that is not judged; `operation`: whose it is, where it is not that of the case. */
export type SendOf = (step: Send, values: Values, operation?: Operation) => Promise<Exchange>;

interface CleanUpContext {
  readonly target: Pick<Target, 'own' | 'pace' | 'madeBy' | 'shared'>;
  readonly values: Values;
  /** Those of `values` that were made for this request. */
  readonly unique: readonly string[];
  readonly send: SendOf;
}

/**
 * Takes away what a request made; where others use the host, only what is shown to come from this run. Throws `E_ARRANGE`
 * where that fails.
 */
export async function cleanUp(
  how: CleanUp | undefined,
  exchange: Exchange,
  { target, values, unique, send }: CleanUpContext,
): Promise<void> {
  const status = exchange.response?.status ?? 0;
  if (how === undefined || !/^(POST|PUT)$/.test(exchange.request.method) || status < 200 || status > 299) return;
  if (how.created === true && status !== 201) return;
  const { undo } = how;
  const isNamed = Object.keys(how.take).length === 0;
  const own = isNamed ? namedIn(undo.request.path, values) : valuesTaken(how.take, exchange);
  const called = `${undo.operation.method} ${undo.operation.path}`;
  const making = target.madeBy?.(exchange);
  if (Object.keys(own).length === 0 || Object.values(own).some(isNoPathValue)) {
    const why = `the response names nothing that ${called} could take away`;
    making?.doubtful(why);
    throw notCleaned(why);
  }
  const filled = { ...values, ...own };
  const sendPlain = ({ operation, request }: Call, given: Values): Promise<Exchange> => {
    const name = `afterwards: ${operation.method} ${operation.path}`;
    const plain: Send = { kind: 'send', name, request, expectation: { kind: 'not-5xx' } };
    return sendUntilTaken(() => send(plain, given, operation), target.pace);
  };
  const by = `${undo.operation.method} ${filledPath(undo.request.path, filled)}`;
  if (target.shared) {
    const why = await whyNotOwn({ exchange, unique, values: filled, item: undo, send: sendPlain });
    if (why !== undefined) {
      making?.doubtful(why, by);
      return;
    }
  }
  target.own?.(own, undo.operation.path);
  const { response } = await sendPlain(undo, filled);
  const gone = response !== undefined && (response.status < 300 || response.status === 404 || response.status === 410);
  if (gone) {
    making?.gone();
    return;
  }
  making?.made(by);
  throw notCleaned(`${called} of ${Object.values(own).join(', ')} was answered ${response?.status ?? 'not at all'}`);
}

/** The values that a path names. */
export function namedIn(path: string, values: Values): Values {
  const names = placeholdersIn(path).map(({ name }) => name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

function notCleaned(why: string): HarnessError {
  return new HarnessError('E_ARRANGE', `what this case made was not taken away: ${why}`, {
    kind: 'target',
    hint: 'Delete it by hand. What the case found out is in its exchanges.',
  });
}

/** Why a request must not be sent to a target where this run may make nothing. A PUT makes what is not there (RFC 9110 §9.3.4). */
export function whyNotToCreate(
  { method, credential }: RequestPlan,
  { notToCreate }: Pick<Target, 'notToCreate'>,
): string | undefined {
  return (method === 'POST' || method === 'PUT') && credential === 'valid' ? notToCreate : undefined;
}
