import { HarnessError } from '../../core/errors.ts';
import type { Arrangement, ArrangeStep } from '../../model/case.ts';
import type { StateStep } from '../../model/recipe.ts';
import type { OasDocument, Operation } from '../../model/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { cleanUpOf } from '../defaults/made.ts';
import { uniqueNames } from '../defaults/fresh.ts';
import { suiteHeaders } from '../request-plan.ts';
import type { Suite } from '../suite.ts';
import { followLink } from './follow-link.ts';
import { recipePlan } from './recipe-plan.ts';
import { missingPointer } from './response-pointer.ts';
import { suiteError } from './suite-error.ts';

/** How long a step with `until` waits. */
const defaultWithinMs = 60_000;

const made = new WeakMap<object, { readonly document: OasDocument; readonly arrangement: Arrangement }>();

/** How a suite arranges a state by operations of the document; undefined where it says nothing of it. */
export function suiteArrangement(document: OasDocument, suite: Suite, state: string): Arrangement | undefined {
  const { states = {} } = suite;
  const own = Object.hasOwn(states, state) ? states[state] : undefined;
  if (own === undefined) return undefined;
  const before = made.get(own);
  if (before?.document === document) return before.arrangement;
  const known = new Set<string>(uniqueNames);
  const steps = own.steps.reduce<readonly ArrangeStep[]>((before, step, place) => {
    const at = ['states', state, 'steps', String(place)];
    return [...before, arrangeStep(document, step, { suite, at, known, before })];
  }, []);
  const arrangement = { steps };
  made.set(own, { document, arrangement });
  return arrangement;
}

/** The names of the values that a state gives; undefined where only the target knows them. */
export function namesOfState(suite: Suite, state: string | undefined): ReadonlySet<string> | undefined {
  if (state === undefined) return new Set(uniqueNames);
  const { states = {} } = suite;
  if (!Object.hasOwn(states, state)) return undefined;
  return new Set([...uniqueNames, ...(states[state]?.steps ?? []).flatMap(({ take = {} }) => Object.keys(take))]);
}

interface StepPlace {
  readonly suite: Suite;
  readonly at: readonly string[];
  /** The names that have a value by then; what the step takes is added. */
  readonly known: Set<string>;
  readonly before: readonly ArrangeStep[];
}

function arrangeStep(document: OasDocument, step: StateStep, place: StepPlace): ArrangeStep {
  const { suite, at, known } = place;
  const call = callOf(document, step, place);
  const { operation } = call;
  for (const [name, pointer] of Object.entries(step.take ?? {})) {
    refuseMissing(operation, pointer, { suite, at: [...at, 'take', name], what: `takes ${name} from` });
    known.add(name);
  }
  return {
    ...call,
    take: Object.fromEntries(Object.entries(step.take ?? {}).map(([name, pointer]) => [name, [pointer]])),
    exact: true,
    ...untilOf(step, operation, place),
    ...undoOf(document, step, operation, place),
  };
}

function callOf(
  document: OasDocument,
  { operation: name = '', follow, ...step }: StateStep,
  { suite, at, known, before }: StepPlace,
): Pick<ArrangeStep, 'operation' | 'request' | 'follow'> {
  if (follow !== undefined) return followLink({ ...step, follow }, before, { suite, at, known });
  const operation = operationNamed(document, name, { suite, at: [...at, 'operation'] });
  return { operation, request: recipePlan(operation, step.request ?? {}, { suite, at: [...at, 'request'], known }) };
}

/** A call that may change something is not repeated. */
function untilOf({ until }: StateStep, operation: Operation, { suite, at }: StepPlace): Pick<ArrangeStep, 'until'> {
  if (until === undefined) return {};
  if (operation.method !== 'GET' && operation.method !== 'HEAD') {
    throw suiteError(
      suite,
      [...at, 'until'],
      `the state "${at[1] ?? ''}" calls ${operation.id} until its answer is another, and each ${operation.method} may change something`,
      'Write `until` in a step of its own, which reads what the step before it made.',
    );
  }
  for (const pointer of Object.keys(until.body ?? {})) {
    refuseMissing(operation, pointer, { suite, at: [...at, 'until', 'body', pointer], what: 'waits for' });
  }
  return { until: { ...until, withinMs: until.withinMs ?? defaultWithinMs } };
}

function refuseMissing(
  operation: Operation,
  pointer: string,
  { suite, at, what }: { readonly suite: Suite; readonly at: readonly string[]; readonly what: string },
): void {
  const missing = missingPointer(operation, pointer);
  if (missing === undefined) return;
  throw suiteError(
    suite,
    at,
    `the state "${at[1] ?? ''}" ${what} ${pointer === '' ? 'the whole body' : pointer} of ${operation.id}, and ${missing}`,
    'Write the JSON pointer of a value in the body that the operation answers with, such as /id.',
  );
}

/** What the suite says takes it away, or what the document has for that. */
function undoOf(
  document: OasDocument,
  { undo }: StateStep,
  operation: Operation,
  { suite, at, known }: StepPlace,
): Pick<ArrangeStep, 'undo' | 'takeForUndo' | 'created'> {
  if (undo !== undefined) {
    const found = operationNamed(document, undo.operation, { suite, at: [...at, 'undo', 'operation'] });
    const request = recipePlan(found, undo.request ?? {}, { suite, at: [...at, 'undo', 'request'], known });
    return { undo: { operation: found, request } };
  }
  const own = cleanUpOf(operation, suiteHeaders(operation, suite));
  if (own === undefined) return {};
  const { take, undo: by, ...how } = own;
  return { ...how, undo: by, takeForUndo: take };
}

function operationNamed(
  document: OasDocument,
  name: string,
  { suite, at }: { readonly suite: Suite; readonly at: readonly string[] },
): Operation {
  try {
    return findOperation(document, name);
  } catch (thrown) {
    if (!(thrown instanceof HarnessError)) throw thrown;
    throw suiteError(
      suite,
      at,
      `the state "${at[1] ?? ''}" calls ${name}: ${thrown.message}`,
      thrown.hint ?? 'Name an operation of the document.',
    );
  }
}
