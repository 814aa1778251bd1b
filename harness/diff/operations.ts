import { casesOf } from '../cases/cases.ts';
import { declaredPart } from '../cases/declared-part.ts';
import { defaultSuite, shippedSuite } from '../cases/suite.ts';
import type { OasDocument, Operation } from '../model/document.ts';
import { below, follow, isObject, member } from '../openapi/document/pointer.ts';
import { operationsOf } from '../openapi/operation/operation.ts';
import { change, type Change, merged, sidesOf } from './change.ts';
import { parameterChanges } from './parameters.ts';
import { responseChanges } from './responses.ts';
import { sameMeaning } from './same-meaning.ts';

/** How the contract of one operation changes between two documents. */
export interface OperationDiff {
  readonly operation: string;
  readonly changes: readonly Change[];
  /** The ids of the cases that only the second document has, and only the first. */
  readonly appear: readonly string[];
  readonly vanish: readonly string[];
  /** The ids of all cases of the second document. */
  readonly cases: readonly string[];
}

/** Every operation of either document whose contract changes; `only` keeps one, by its id or `METHOD /path`. */
export function diffDocuments(before: OasDocument, after: OasDocument, only?: string): readonly OperationDiff[] {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  const wanted = ({ id, method, path }: Operation): boolean =>
    only === undefined || id === only || `${method} ${path}` === only;
  const found = old.map((was): OperationDiff | undefined => {
    const is = now.find(({ id }) => id === was.id) ?? now.find((one) => routeOf(one) === routeOf(was));
    return wanted(was) || (is !== undefined && wanted(is)) ? diffOperation(was, is, { before, after }) : undefined;
  });
  const fresh = now.filter((is) => !old.some((was) => was.id === is.id || routeOf(was) === routeOf(is)));
  return [
    ...found.filter((diff) => diff !== undefined),
    ...fresh.filter(wanted).map((is) => diffOperation(undefined, is, { before, after })),
  ].filter(({ changes, appear, vanish }) => changes.length + appear.length + vanish.length > 0);
}

function diffOperation(
  was: Operation | undefined,
  is: Operation | undefined,
  documents: { readonly before: OasDocument; readonly after: OasDocument },
): OperationDiff {
  const [old, now] = [was, is].map((operation) => (operation === undefined ? [] : caseIds(operation)));
  return {
    operation: is?.id ?? was?.id ?? '',
    changes: was !== undefined && is !== undefined ? changesOf([was, is]) : onlyOne(was, is, documents),
    appear: (now ?? []).filter((id) => old?.includes(id) !== true),
    vanish: (old ?? []).filter((id) => now?.includes(id) !== true),
    cases: now ?? [],
  };
}

function onlyOne(
  was: Operation | undefined,
  is: Operation | undefined,
  { before, after }: { readonly before: OasDocument; readonly after: OasDocument },
): readonly Change[] {
  const sides = {
    before: { document: before, ...(was === undefined ? {} : { pointer: was.at.pointer }) },
    after: { document: after, ...(is === undefined ? {} : { pointer: is.at.pointer }) },
  };
  if (is !== undefined) return [change('operation-added', `${routeOf(is)} is new`, { sides })];
  return was === undefined ? [] : [change('operation-removed', `${routeOf(was)} is gone`, { sides })];
}

function changesOf(pair: readonly [Operation, Operation]): readonly Change[] {
  const [was, is] = pair;
  const sides = sidesOf(pair, was.at, is.at);
  const found: Change[] = [];
  if (routeOf(was) !== routeOf(is)) {
    found.push(change('operation-moved', `${routeOf(was)} is now ${routeOf(is)}`, { sides }));
  }
  if (was.id !== is.id) found.push(change('operation-renamed', `${was.id} is now ${is.id}`, { sides }));
  return merged([
    ...found,
    ...parameterChanges(pair),
    ...bodyChanges(pair),
    ...securityChanges(pair),
    ...responseChanges(pair),
  ]);
}

function bodyChanges(pair: readonly [Operation, Operation]): readonly Change[] {
  const [old, now] = pair.map(({ document, at }) => follow(document.root, below(at.pointer, 'requestBody')));
  if (old === undefined && now === undefined) return [];
  const sides = sidesOf(pair, old?.pointer, now?.pointer);
  if (old === undefined) {
    const required = member(now?.value, 'required') === true;
    const rule = required ? 'request-required-body-added' : 'request-body-added';
    return [change(rule, `a request body is new, and ${required ? 'required' : 'optional'}`, { sides })];
  }
  if (now === undefined) return [change('request-body-removed', 'the request body is gone', { sides })];
  return sameMeaning(sides) ? [] : [change('request-body-changed', 'the request body has another schema', { sides })];
}

function securityChanges(pair: readonly [Operation, Operation]): readonly Change[] {
  const [old, now] = pair.map(securityOf);
  if (old === undefined || now === undefined) return [];
  const same =
    old.text === now.text &&
    old.schemes.every((scheme) => {
      const pointer = below('', 'components', 'securitySchemes', scheme);
      return sameMeaning(sidesOf(pair, pointer, pointer));
    });
  if (same) return [];
  const message = `what a request must prove changes from ${old.text} to ${now.text}`;
  return [change('security-changed', message, { sides: sidesOf(pair, old.pointer, now.pointer) })];
}

function securityOf({ document: { root }, at }: Operation): {
  readonly pointer: string;
  readonly text: string;
  readonly schemes: readonly string[];
} {
  const own = below(at.pointer, 'security');
  const pointer = follow(root, own) === undefined ? '/security' : own;
  const value = follow(root, pointer)?.value ?? [];
  const schemes = Array.isArray(value) ? value.filter(isObject).flatMap((each) => Object.keys(each)) : [];
  return { pointer: follow(root, pointer) === undefined ? at.pointer : pointer, text: JSON.stringify(value), schemes };
}

function caseIds(operation: Operation): readonly string[] {
  const suite = shippedSuite(operation.id) ?? defaultSuite(operation);
  return casesOf(operation, declaredPart(suite, operation).suite).map(({ id }) => id);
}

function routeOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}
