import { randomUUID } from 'node:crypto';
import { uniqueValues } from '../../cases/defaults/fresh.ts';
import { operationAt } from '../../cases/defaults/paths.ts';
import { placeholdersIn } from '../../cases/request/placeholders.ts';
import { renderRequest } from '../../cases/render-request.ts';
import { valuesAt, valuesTaken } from '../../cases/request/values-taken.ts';
import { HarnessError } from '../../core/errors.ts';
import type { Arrangement, ArrangeStep } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { Exchange, WireRequest } from '../../model/exchange.ts';
import type { Arranged, Making } from '../../model/target.ts';
import { filledPath } from '../made/filled-path.ts';
import type { Call } from '../made/item-reader.ts';
import { whyNotOwn } from '../made/own.ts';
import { sendUntil } from './until.ts';
import { type ArrangeOptions, stateUnsupported, type StateProvider } from './provider.ts';

interface Caller {
  readonly key: string;
  readonly credentials?: Readonly<Record<string, string>>;
  send(request: WireRequest): Promise<Exchange>;
  /** What a request made, where that is written down: then what is left of it is reported from there. */
  madeBy?(exchange: Exchange): Making | undefined;
  /** Whether operations may make something on this target, or why not. */
  readonly mayCreate: true | { readonly reason: string };
  /** Nothing of it is anybody's: what is made need not be taken away, and what is there may be changed. */
  readonly disposable?: true;
}

type Values = Readonly<Record<string, string>>;

/** What a step made, and the values that its undoing uses. */
interface Made {
  readonly step: ArrangeStep;
  readonly values: Values;
  readonly making?: Making;
  /** Why it may be somebody's, so that it is neither changed nor taken away. */
  readonly doubt?: string;
}

/** A provider that also arranges states by operations of the document, where the one below it does not know the state. */
export function withOperations(provider: StateProvider, caller: Caller): StateProvider {
  const left: string[] = [];
  const allowed = (arrangement: Arrangement): true | { readonly reason: string } =>
    arrangement.steps.every(({ operation }) => isReading(operation)) ? true : caller.mayCreate;
  const arrangeBy = async (
    state: string,
    arrangement: Arrangement,
    { consumes, signal }: ArrangeOptions,
  ): Promise<Arranged> => {
    const may = allowed(arrangement);
    if (may !== true) throw unsupported(may.reason);
    const foreign = isForeign(arrangement);
    if (foreign && consumes && caller.disposable !== true) {
      throw unsupported(`"${state}" would be somebody's resource, which no case may change`);
    }
    const made: Made[] = [];
    const release = async (): Promise<void> => {
      if (caller.disposable === true) return;
      for (const each of [...made].reverse()) left.push(...(await takeAway(caller, each)));
    };
    let values: Values = { ...arrangement.examples };
    const drawn: string[] = [];
    try {
      for (const step of arrangement.steps) {
        const doubt = made.find((each) => each.doubt !== undefined)?.doubt;
        if (doubt !== undefined && !isReading(step.operation)) throw unsupported(mayBeForeign(state, doubt));
        const fresh = uniqueValues(randomUUID());
        drawn.push(...Object.values(fresh));
        const send = (): Promise<Exchange> => call(caller, step, { ...fresh, ...values });
        const { exchange, lacking } = await sendUntil(send, step, signal);
        if (lacking !== undefined) throw unsupported(lacking);
        values = { ...values, ...taken(step, exchange, caller) };
        made.push(await madeBy(caller, { step, exchange, values, unique: drawn }));
      }
      const doubt = made.find((each) => each.doubt !== undefined)?.doubt;
      if (doubt !== undefined && consumes) throw unsupported(mayBeForeign(state, doubt));
      return { values, release, ...(foreign || doubt !== undefined ? { foreign: true } : {}) };
    } catch (thrown) {
      await release();
      throw thrown;
    }
  };
  return {
    ...provider,
    can(state, arrangement) {
      const own = provider.can(state, arrangement);
      return own === true || arrangement === undefined ? own : allowed(arrangement);
    },
    async arrange(state, options) {
      const { arrangement } = options;
      if (arrangement === undefined) return provider.arrange(state, options);
      return (await arrangedBelow(provider, state, options)) ?? arrangeBy(state, arrangement, options);
    },
    close: async () => [...(await provider.close()), ...left],
  };
}

/** The state as the provider below arranges it; undefined where it does not know the state. */
async function arrangedBelow(
  provider: StateProvider,
  state: string,
  options: ArrangeOptions,
): Promise<Arranged | undefined> {
  if (provider.can(state) !== true) return undefined;
  try {
    return await provider.arrange(state, options);
  } catch (thrown) {
    if (thrown instanceof HarnessError && thrown.code === stateUnsupported) return undefined;
    throw thrown;
  }
}

/** The values come from a list or from the document: they name what this run has not made. */
function isForeign({ steps, examples = {} }: Arrangement): boolean {
  return Object.keys(examples).length > 0 || steps.some((step, place) => readsForeign(step, steps.slice(0, place)));
}

/** A suite may say that something is read of what its own steps have made. */
function readsForeign({ operation, request, take, exact }: ArrangeStep, before: readonly ArrangeStep[]): boolean {
  if (!isReading(operation) || (exact === true && Object.keys(take).length === 0)) return false;
  const made = before.filter((step) => !isReading(step.operation)).flatMap((step) => Object.keys(step.take));
  return exact !== true || !made.some((name) => request.path.includes(`{${name}}`));
}

function isReading({ method }: Operation): boolean {
  return method === 'GET' || method === 'HEAD';
}

async function call(caller: Caller, { operation, request: plan }: Call, values: Values): Promise<Exchange> {
  const { key, credentials } = caller;
  const request = renderRequest({
    plan,
    values,
    key,
    operation,
    ...(credentials === undefined ? {} : { credentials }),
  });
  if ('reason' in request) throw unsupported(request.reason);
  return caller.send(request);
}

function taken({ operation, take, exact, reader, until }: ArrangeStep, exchange: Exchange, caller: Caller): Values {
  const { response, fault } = exchange;
  const called = `${operation.method} ${operation.path}`;
  const isAwaited = response !== undefined && until?.status === response.status;
  if (response === undefined || (!isAwaited && (response.status < 200 || response.status > 299))) {
    throw unsupported(`${called} was answered ${response?.status ?? fault?.message ?? 'not at all'}`);
  }
  const found = exact === true ? valuesAt(take, exchange) : valuesTaken(take, exchange, reader);
  const missing = Object.keys(take).find((name) => found[name] === undefined);
  if (missing === undefined) return found;
  caller.madeBy?.(exchange)?.doubtful(`its response has no ${missing}`);
  const where = exact === true ? ` at ${take[missing]?.[0] ?? ''}` : '';
  throw unsupported(`the answer of ${called} has no ${missing}${where}`);
}

/** What a step made, and whether it is shown to be of this run, where others use the host. */
async function madeBy(
  caller: Caller,
  {
    step,
    exchange,
    values,
    unique,
  }: {
    readonly step: ArrangeStep;
    readonly exchange: Exchange;
    readonly values: Values;
    readonly unique: readonly string[];
  },
): Promise<Made> {
  const own = { step, values: { ...valuesTaken(step.takeForUndo ?? {}, exchange), ...values } };
  const making = caller.madeBy?.(exchange);
  if (making === undefined) return own;
  const item = itemOf(step);
  const doubt = await whyNotOwn({
    exchange,
    unique,
    values: own.values,
    send: (reading, filled) => call(caller, reading, filled),
    ...(item === undefined ? {} : { item }),
  });
  return { ...own, making, ...(doubt === undefined ? {} : { doubt }) };
}

/** A call on what a step makes: the one that takes it away, or else one on an item of the collection that is posted to. */
function itemOf({ operation, request, take, undo }: ArrangeStep): Call | undefined {
  if (undo !== undefined) return undo;
  const [name] = Object.keys(take);
  const item = operationAt(operation.document, 'GET', `${operation.path}/{}`);
  if (item === undefined || name === undefined) return undefined;
  return { operation: item, request: { ...request, path: `${request.path}/{${name}}` } };
}

function mayBeForeign(state: string, doubt: string): string {
  return `"${state}" may be somebody's resource, which no case may change: ${doubt}`;
}

/** Returns what it could not take away, but for what the ledger of the run names. */
async function takeAway(caller: Caller, { step, values, making, doubt }: Made): Promise<readonly string[]> {
  const { operation, undo } = step;
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
  const lacking = placeholdersIn(undo.request.path).find(({ name }) => values[name] === undefined);
  if (lacking !== undefined) {
    return remains(
      `what ${operation.method} ${operation.path} made: its answer has no ${lacking.name} to delete it by`,
    );
  }
  const { response } = await call(caller, undo, { ...uniqueValues(randomUUID()), ...values });
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

function unsupported(reason: string): HarnessError {
  return new HarnessError(stateUnsupported, reason, {
    kind: 'target',
    hint: 'Name a provider that arranges this state: --states FILE|URL.',
  });
}
