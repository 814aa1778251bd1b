import { randomUUID } from 'node:crypto';
import { uniqueValues } from '../../cases/defaults/fresh.ts';
import { placeholdersIn } from '../../cases/request/placeholders.ts';
import { isNoPathValue } from '../../cases/request/path-value.ts';
import type { ArrangeStep } from '../../model/case.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Making } from '../../model/target.ts';
import { filledPath } from '../made/filled-path.ts';
import type { Call } from '../made/item-reader.ts';
import { isReading } from './foreign.ts';

type Values = Readonly<Record<string, string>>;

/** What a step made, and the values that its undoing uses. */
export interface Made {
  readonly step: ArrangeStep;
  readonly values: Values;
  readonly status?: number;
  readonly making?: Making;
  /** Why it may be somebody's, so that it is neither changed nor taken away. */
  readonly doubt?: string;
}

/** Returns what it could not take away, but for what the ledger of the run names. */
export async function takeAway(
  call: (undo: Call, values: Values) => Promise<Exchange>,
  { step, values, status, making, doubt }: Made,
): Promise<readonly string[]> {
  const { operation, undo } = step;
  if (step.created === true && status !== 201) return [];
  const by = undo === undefined ? undefined : `${undo.operation.method} ${filledPath(undo.request.path, values)}`;
  if (doubt !== undefined) {
    making?.doubtful(doubt, by);
    return [];
  }
  const remains = (why: string, how?: string): readonly string[] => {
    making?.made(how);
    return making === undefined ? [why] : [];
  };
  if (undo === undefined) {
    if (isReading(operation)) return [];
    return remains(`what ${operation.method} ${operation.path} made: ${JSON.stringify(values)}`);
  }
  const lacking = placeholdersIn(undo.request.path).find(({ name }) => isNoPathValue(values[name] ?? ''));
  if (lacking !== undefined) {
    return remains(
      `what ${operation.method} ${operation.path} made: its answer has no ${lacking.name} to delete it by`,
    );
  }
  const { response } = await call(undo, { ...uniqueValues(randomUUID()), ...values });
  const gone = response !== undefined && (response.status < 300 || response.status === 404 || response.status === 410);
  if (gone) {
    making?.gone();
    return [];
  }
  return remains(
    `${undo.operation.method} ${undo.operation.path} was answered ${response?.status ?? 'not at all'}: ${JSON.stringify(values)}`,
    by,
  );
}
