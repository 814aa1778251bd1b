import { HarnessError } from '../core/errors.ts';
import type { OasDocument } from '../model/document.ts';
import { deferredProblems } from '../openapi/document/deferred-problems.ts';
import { findOperation, listOperations, type ListedOperation } from '../openapi/operation/operation.ts';
import { isAmong, reachedBy } from '../openapi/operation/reached.ts';
import { type LintedOperation, type MediaSite, mediaSites, type ValueSite, valueSites } from './sites.ts';
import { type SchemaSite, schemaSites } from './schema-sites.ts';

/** What the rules look at: a document, or what one operation of it uses. */
export interface LintSubject {
  readonly document: OasDocument;
  readonly operations: readonly LintedOperation[];
  /** Operations with a mistake for which they cannot be read. */
  readonly unusable: readonly { readonly listed: ListedOperation; readonly error: HarnessError }[];
  readonly media: readonly MediaSite[];
  /** Parameters and response headers. */
  readonly values: readonly ValueSite[];
  readonly schemas: readonly SchemaSite[];
  /** Whether a pointer belongs to what is asked for. */
  readonly concerns: (pointer: string) => boolean;
}

/** `only`: an operationId, or METHOD /path. Throws `E_OPERATION` where the document does not have it. */
export function subjectOf(document: OasDocument, only?: string): LintSubject {
  const listed = listOperations(document).filter(wanted(document, only));
  const operations: LintedOperation[] = [];
  const unusable: { readonly listed: ListedOperation; readonly error: HarnessError }[] = [];
  for (const each of listed) {
    try {
      operations.push({ operation: each.operation(), pointer: each.pointer });
    } catch (thrown) {
      if (!(thrown instanceof HarnessError)) throw thrown;
      unusable.push({ listed: each, error: thrown });
    }
  }
  const media = mediaSites(document, operations);
  const values = valueSites(document, operations);
  return {
    document,
    operations,
    unusable,
    media,
    values,
    schemas: schemaSites(document, [...media, ...values], { components: only === undefined }),
    concerns: only === undefined ? () => true : concernsOf(document, listed),
  };
}

function wanted(document: OasDocument, only: string | undefined): (listed: ListedOperation) => boolean {
  if (only === undefined) return () => true;
  const { method, path } = operationNamed(document, only);
  return (listed) => listed.method === method && listed.path === path;
}

/** An operation that a mistake keeps from being read is there all the same. */
function operationNamed(document: OasDocument, name: string): Pick<ListedOperation, 'method' | 'path'> {
  const listed = listOperations(document).find(({ id, method, path }) => id === name || `${method} ${path}` === name);
  return listed ?? findOperation(document, name);
}

/** What stands beside `paths` and `components` concerns every operation. */
function concernsOf(document: OasDocument, listed: readonly ListedOperation[]): (pointer: string) => boolean {
  if (deferredProblems(document) === undefined) return () => true;
  const reached = new Set(listed.flatMap((each) => [...reachedBy(document, each)]));
  return (pointer) => !/^\/(?:paths|webhooks|components)\//.test(pointer) || isAmong(reached, pointer);
}
