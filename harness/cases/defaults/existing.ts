import type { Arrangement, ArrangeStep, RequestPlan } from '../../model/case.ts';
import type { OasDocument, Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { below, follow } from '../../openapi/document/pointer.ts';
import { listOperations } from '../../openapi/operation/operation.ts';
import { usableOperation } from '../../openapi/operation/usable.ts';
import { planOf, requiredDraft } from './draft.ts';
import { fresh } from './fresh.ts';
import { idNames, idPointers, singular } from './id-pointers.ts';
import { linkedSources } from '../../openapi/links/sources.ts';
import { linkedCreator } from './linked.ts';
import { onItem } from './made.ts';
import { parametersIn, shapeOf } from '../../openapi/operation/path-template.ts';
import { collectionOf, operationAt } from './paths.ts';
import { putDraft, putParameter, puttingOf } from './putting.ts';

/** How the resources that a path names are arranged: by operations of the same document, from the first to the last. */
interface Existing {
  /** In words: `an existing index`. */
  readonly state: string;
  readonly arrangement: Arrangement;
  /** Set where an operation elsewhere, that tells such an id, is taken for one that creates the resource. */
  readonly guessed?: true;
}

const known = new WeakMap<Operation, Existing | undefined>();

/** How the resource is arranged that the path of an operation names; every case of an operation asks for the same. */
export function existingOf(operation: Operation, headers: readonly HeaderPair[]): Existing | undefined {
  if (!known.has(operation)) known.set(operation, existingFor(operation, headers));
  return known.get(operation);
}

function existingFor(operation: Operation, headers: readonly HeaderPair[]): Existing | undefined {
  const names = parametersIn(operation.path);
  if (names.length === 0) return undefined;
  const arranged = arrangedBy(operation, names, headers);
  if (arranged === undefined) return undefined;
  const thing = thingOf(operation);
  const isExample = arranged.arrangement.steps.length === 0;
  return {
    state: isExample ? `the ${thing} of the document's example` : `${article(thing)} ${thing} that exists`,
    ...arranged,
  };
}

/** An id under which a PUT makes something, in what exists already; undefined for an operation that is no such PUT. */
export function absentOf(operation: Operation, headers: readonly HeaderPair[]): Existing | undefined {
  const name = putParameter(operation);
  if (name === undefined) return undefined;
  const parents = arrangedBy(operation, parametersIn(operation.path).slice(0, -1), headers);
  if (parents === undefined) return undefined;
  const thing = thingOf(operation);
  return {
    state: `${article(thing)} ${thing} that does not exist yet`,
    arrangement: { ...parents.arrangement, chooses: { name, of: operation, parameter: name } },
  };
}

/** How some parts of a path get their values. */
function arrangedBy(
  operation: Operation,
  names: readonly string[],
  headers: readonly HeaderPair[],
): Omit<Existing, 'state'> | undefined {
  const steps: ArrangeStep[] = [];
  const examples: Record<string, string> = {};
  let guessed = false;
  for (const name of names) {
    const arranged = new Set(
      steps.flatMap(({ take, chooses }) => [...Object.keys(take), ...(chooses === undefined ? [] : [chooses.name])]),
    );
    const own = stepsFor(operation, name, { arranged, headers, depth: 0 });
    if (own !== undefined) {
      steps.push(...own);
      guessed ||= isGuessed(own.at(-1), collectionOf(operation.path, name));
    } else {
      const example = operation.parameters.find((each) => each.in === 'path' && each.name === name)?.example;
      if (example === undefined) return undefined;
      examples[name] = typeof example === 'string' ? example : JSON.stringify(example);
    }
  }
  return {
    arrangement: { steps, ...(Object.keys(examples).length === 0 ? {} : { examples }) },
    ...(guessed ? { guessed } : {}),
  };
}

/** Whether only a name says that a call elsewhere gives the value: a link or the path of a PUT says it, too. */
function isGuessed(step: ArrangeStep | undefined, collection: string): boolean {
  if (step === undefined || step.created === true || step.chooses !== undefined) return false;
  return shapeOf(step.operation.path) !== shapeOf(collection);
}

function thingOf({ path }: Operation): string {
  const last = parametersIn(path).at(-1) ?? '';
  return singular(collectionOf(path, last).split('/').at(-1) ?? '').replaceAll(/[_-]/g, ' ') || last;
}

function article(thing: string): string {
  return /^[aeiou]/i.test(thing) ? 'an' : 'a';
}

interface Context {
  /** The parameters that have values by then. */
  readonly arranged: ReadonlySet<string>;
  readonly headers: readonly HeaderPair[];
  /** How many calls lead to this one. */
  readonly depth: number;
}

/** The calls that give a path parameter a value: one that creates such a resource, or one that lists them. */
function stepsFor(operation: Operation, name: string, context: Context): readonly ArrangeStep[] | undefined {
  const { document, path } = operation;
  const collection = collectionOf(path, name);
  const word = collection.split('/').at(-1) ?? '';
  const item = `${collection}/{${name}}`;
  const linked = linkedCreator(document, item);
  const own = operationAt(document, 'POST', collection);
  const isLinked = own === undefined && linked !== undefined;
  const create = own ?? linked ?? creatorOf(document, name);
  const parents = create === undefined ? undefined : parentsOf(create, name, { ...context, isLinked });
  if (create !== undefined && parents !== undefined && create.id !== operation.id) {
    const undo = operationAt(document, 'DELETE', item);
    return [
      ...parents,
      {
        operation: create,
        reader: operation,
        request: creating(create, { collection: word, parameter: name, path: collection, headers: context.headers }),
        take: { [name]: [...linkedSources(create, item), ...idPointers(name, word)] },
        ...(isLinked ? { created: true } : {}),
        ...(undo === undefined ? {} : { undo: { operation: undo, request: onItem(undo, item, context.headers) } }),
      },
    ];
  }
  const put = own === undefined ? puttingOf(operation, item) : undefined;
  if (put !== undefined) return [putting(put, operation, { item, name, headers: context.headers })];
  const list = operationAt(document, 'GET', collection);
  if (list === undefined || list.id === operation.id) return undefined;
  const names = idNames(name, word);
  return [
    {
      operation: list,
      reader: operation,
      request: { ...planOf(list, requiredDraft(list), context.headers), path: renamed(list.path, collection) },
      take: {
        [name]: [...names.map((id) => below('/0', id)), '/0', ...names.map((id) => `/*/0${below('', id)}`), '/*/0'],
      },
    },
  ];
}

/** The call that makes an item under an id which the run chooses. */
function putting(
  put: Operation,
  reader: Operation,
  { item, name, headers }: { readonly item: string; readonly name: string; readonly headers: readonly HeaderPair[] },
): ArrangeStep {
  const undo = operationAt(put.document, 'DELETE', item);
  const own = parametersIn(put.path).at(-1) ?? name;
  const plan = planOf(put, putDraft(put, own), headers);
  const body = plan.body?.replaceAll(`{${own}}`, `{${name}}`).replaceAll(`{${own}|json}`, `{${name}|json}`);
  return {
    operation: put,
    reader,
    request: { ...plan, path: item, ...(body === undefined ? {} : { body }) },
    take: {},
    chooses: { name, of: put, parameter: own },
    ...(undo === undefined ? {} : { undo: { operation: undo, request: onItem(undo, item, headers) } }),
  };
}

/** The calls that arrange what the path of a creation names. */
function parentsOf(
  create: Operation,
  name: string,
  context: Context & { readonly isLinked: boolean },
): readonly ArrangeStep[] | undefined {
  const missing = parametersIn(create.path).filter((each) => !context.arranged.has(each));
  // Parts of one path have been arranged before it, under the names that the operation has for them.
  if (missing.length === 0 || (!context.isLinked && !/[_-]|[a-z][A-Z]/.test(name))) return [];
  if (context.depth > 2 || missing.includes(name)) return undefined;
  const steps = missing.map((each) => stepsFor(create, each, { ...context, depth: context.depth + 1 }));
  return steps.includes(undefined) ? undefined : steps.flatMap((each) => each ?? []);
}

/** A request that creates a resource under a unique name. */
function creating(
  create: Operation,
  given: {
    readonly collection: string;
    readonly parameter: string;
    readonly path: string;
    readonly headers: readonly HeaderPair[];
  },
): RequestPlan {
  const draft = fresh(create, requiredDraft(create), idNames(given.parameter, given.collection));
  const plan = planOf(create, draft, given.headers);
  return shapeOf(create.path) === shapeOf(given.path) ? { ...plan, path: given.path } : plan;
}

/** The same path with the names of parameters that another path has for them. */
function renamed(path: string, other: string): string {
  return shapeOf(path) === shapeOf(other) ? other : path;
}

/** A call elsewhere whose success has a property of exactly that name, such as `backup_id`. */
function creatorOf(document: OasDocument, name: string): Operation | undefined {
  if (!/[_-]|[a-z][A-Z]/.test(name)) return undefined;
  return listOperations(document)
    .filter(({ method, path }) => method === 'POST' && !parametersIn(path).includes(name))
    .map(usableOperation)
    .find((operation) =>
      operation?.responses.some(
        ({ key, media }) =>
          key.startsWith('2') &&
          media.some(
            ({ schema }) =>
              schema !== undefined && follow(document.root, below(schema, 'properties', name)) !== undefined,
          ),
      ),
    );
}
