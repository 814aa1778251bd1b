import { randomUUID } from 'node:crypto';
import { uniqueIn, uniqueValues } from '../../cases/defaults/fresh.ts';
import { operationAt } from '../../cases/defaults/paths.ts';
import { parametersIn } from '../../openapi/operation/path-template.ts';
import { renderRequest } from '../../cases/render-request.ts';
import { isTelling, unknownValue } from '../../cases/request/unknown-value.ts';
import { valuesAt, valuesTaken } from '../../cases/request/values-taken.ts';
import { HarnessError } from '../../core/errors.ts';
import type { Arrangement, ArrangeStep, ChosenValue } from '../../model/case.ts';
import type { Json } from '../../model/document.ts';
import type { Exchange, WireRequest } from '../../model/exchange.ts';
import type { Arranged, Making } from '../../model/target.ts';
import { expressionValue } from '../../openapi/links/evaluate.ts';
import type { Call } from '../made/item-reader.ts';
import { whyNotOwn } from '../made/own.ts';
import { ownNames, showsOwn } from '../made/own-names.ts';
import { isForeign, isReading } from './foreign.ts';
import { type Made, takeAway } from './take-away.ts';
import { sendUntil } from './until.ts';
import { type ArrangeOptions, stateUnsupported, type StateProvider } from './provider.ts';

interface Caller {
  readonly key: string;
  readonly credentials?: Readonly<Record<string, string>>;
  /** `unique`: the values that were made for this request alone. */
  send(request: WireRequest, unique?: readonly string[]): Promise<Exchange>;
  /** What a request made, where that is written down: then what is left of it is reported from there. */
  madeBy?(exchange: Exchange): Making | undefined;
  /** Whether operations may make something on this target, or why not. */
  readonly mayCreate: true | { readonly reason: string };
  /** Others use it: what is made must be shown to be of this run. */
  readonly shared?: true;
  /** Nothing of it is anybody's: what is made need not be taken away, and what is there may be changed. */
  readonly disposable?: true;
}

type Values = Readonly<Record<string, string>>;

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
    let foreign = isForeign(arrangement);
    const refuseForeign = (): void => {
      if (!foreign || !consumes || caller.disposable === true) return;
      throw unsupported(`"${state}" would be a resource of another user, which no case may change`);
    };
    refuseForeign();
    const names = ownNames();
    const made: Made[] = [];
    const release = async (): Promise<void> => {
      if (caller.disposable === true) return;
      for (const each of [...made].reverse())
        left.push(...(await takeAway((undo, given) => call(caller, undo, given), each)));
    };
    let values: Values = { ...arrangement.examples };
    const drawn: string[] = [];
    const choose = (chosen: ChosenValue | undefined): void => {
      if (chosen === undefined) return;
      const { value, unique } = chosenValue(chosen, state, caller);
      values = { ...values, [chosen.name]: value };
      drawn.push(...unique);
    };
    const answers: Exchange[] = [];
    try {
      choose(arrangement.chooses);
      for (const each of arrangement.steps) {
        const { step, linked } = followed(each, answers);
        const doubt = made.find((each) => each.doubt !== undefined)?.doubt;
        if (doubt !== undefined && !isReading(step.operation)) throw unsupported(mayBeForeign(state, doubt));
        choose(step.chooses);
        const fresh = uniqueValues(randomUUID());
        drawn.push(...Object.values(fresh));
        const given = { ...fresh, ...values, ...linked };
        const other = caller.shared === true && changes(step) ? names.foreignIn(step, given, drawn) : undefined;
        if (other !== undefined) throw unsupported(namesForeign(state, step, other));
        const send = (): Promise<Exchange> => call(caller, step, given);
        const { exchange, lacking } = await sendUntil(send, step, signal);
        if (lacking !== undefined) throw unsupported(lacking);
        answers.push(exchange);
        values = { ...values, ...taken(step, exchange, caller) };
        const next = await madeBy(caller, { step, exchange, values: { ...values, ...linked }, unique: drawn });
        made.push(next);
        const item = itemOf(step);
        if (!isReading(step.operation) && item !== undefined && next.doubt === undefined) names.add(item, next.values);
        if (caller.shared === true && step.follow !== undefined && isReading(step.operation)) {
          foreign ||= takesSomething(step) && !showsOwn(step, exchange, { names, values: given, marks: drawn });
        }
      }
      refuseForeign();
      const doubt = made.find((each) => each.doubt !== undefined)?.doubt;
      if (doubt !== undefined && consumes) throw unsupported(mayBeForeign(state, doubt));
      const unique = Object.values(values).filter((value) => drawn.includes(value));
      return { values, unique, release, ...(foreign || doubt !== undefined ? { foreign: true } : {}) };
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

/** An id that is new, and by which others are not likely to call anything of theirs. */
function chosenValue(
  { of, parameter }: ChosenValue,
  state: string,
  { shared }: Caller,
): { readonly value: string; readonly unique: readonly string[] } {
  const uuid = randomUUID();
  const value = unknownValue(of, parameter, uuid);
  const telling = isTelling(value, uuid);
  if (shared === true && !telling) {
    throw unsupported(
      `"${state}" takes an id that no resource of another user has, and ${parameter} of ${of.method} ${of.path} leaves none of enough length`,
    );
  }
  return { value, unique: telling ? [value] : [] };
}

/** A step that follows a link is sent as the link says of the answer to an earlier one. */
function followed(
  step: ArrangeStep,
  answers: readonly Exchange[],
): { readonly step: ArrangeStep; readonly linked: Values } {
  const { follow } = step;
  const answer = follow === undefined ? undefined : answers[follow.from];
  if (follow === undefined || answer === undefined) return { step, linked: {} };
  const sent = follow.request(answer);
  if ('lacking' in sent) throw unsupported(sent.lacking);
  return { step: { ...step, request: sent.request }, linked: sent.values };
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
  return caller.send(request, uniqueIn(values));
}

function taken(
  { operation, take, exact, reader, until, created }: ArrangeStep,
  exchange: Exchange,
  caller: Caller,
): Values {
  const { response, fault } = exchange;
  const called = `${operation.method} ${operation.path}`;
  const isAwaited = response !== undefined && until?.status === response.status;
  if (response === undefined || (!isAwaited && (response.status < 200 || response.status > 299))) {
    throw unsupported(`${called} was answered ${response?.status ?? fault?.message ?? 'not at all'}`);
  }
  if (created === true && exact !== true && response.status !== 201) {
    throw unsupported(
      `${called} was answered ${response.status}, not 201, so what its answer names may have been there before`,
    );
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
  const own = {
    step,
    values: { ...valuesTaken(step.takeForUndo ?? {}, exchange), ...values, ...pathValues(step, exchange) },
    ...(exchange.response === undefined ? {} : { status: exchange.response.status }),
  };
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

/** The call of the document that takes away what was posted to a collection names that collection as the request did. */
function pathValues({ operation, takeForUndo }: ArrangeStep, exchange: Exchange): Values {
  if (takeForUndo === undefined) return {};
  const found = parametersIn(operation.path).map((name): readonly [string, Json | undefined] => [
    name,
    expressionValue({ kind: 'path', of: 'request', name }, exchange, operation),
  ]);
  return Object.fromEntries(found.filter((each): each is [string, string] => typeof each[1] === 'string'));
}

/** A call on what a step makes: the one that takes it away, or else one on an item of the collection that is posted to. */
function itemOf({ operation, request, take, undo }: ArrangeStep): Call | undefined {
  if (undo !== undefined) return undo;
  if (operation.method === 'PUT') return { operation, request };
  const [name] = Object.keys(take);
  const item = operationAt(operation.document, 'GET', `${operation.path}/{}`);
  if (item === undefined || name === undefined) return undefined;
  return { operation: item, request: { ...request, path: `${request.path}/{${name}}` } };
}

function mayBeForeign(state: string, doubt: string): string {
  return `"${state}" may be a resource of another user, which no case may change: ${doubt}`;
}

/** A POST adds something; any other method changes what its path names. */
function changes({ operation }: ArrangeStep): boolean {
  return !isReading(operation) && operation.method !== 'POST';
}

function takesSomething({ take }: ArrangeStep): boolean {
  return Object.keys(take).length > 0;
}

function namesForeign(state: string, { operation }: ArrangeStep, name: string): string {
  return `"${state}" would change ${JSON.stringify(name.slice(0, 80))} by ${operation.method} ${operation.path}, which this run did not make`;
}

function unsupported(reason: string): HarnessError {
  return new HarnessError(stateUnsupported, reason, {
    kind: 'target',
    hint: 'Name a provider that arranges this state: --states FILE|URL.',
  });
}
