import { defaultOperation } from './core/default-suite.ts';
import { isAbsolute, join } from 'node:path';
import { casesOf } from './cases/cases.ts';
import { declaredPart, versionPart } from './cases/declared-part.ts';
import { defaultSuite, loadSuite, shippedSuite, type Suite } from './cases/suite.ts';
import { inApiRange } from './core/api-range.ts';
import { isCredentialGiven } from './core/credentials.ts';
import { HarnessError } from './core/errors.ts';
import type { Case } from './model/case.ts';
import type { OasDocument, Operation } from './model/document.ts';
import { readDocument } from './openapi/document/document.ts';
import { below, follow } from './openapi/document/pointer.ts';
import { findOperation, listOperations } from './openapi/operation/operation.ts';
import { brokenPath } from './openapi/operation/broken.ts';
import { validateOperation } from './openapi/operation/validate-operation.ts';
import { preferGiven, unusedAlternatives } from './openapi/operation/security.ts';
import { statusesOfAnyVersion } from './versions/declared-statuses.ts';
import { apiVersion } from './versions/versions.ts';

/** What a command works on: an operation of a document, its suite and its cases. */
export interface Contract {
  readonly operation: Operation;
  readonly suite: Suite;
  /** All cases of the operation: the declared ones in the order of the document, then the probes. */
  readonly cases: readonly Case[];
  /** Mistakes of the document that do not concern the operation, one line each with its place. */
  readonly warnings?: readonly string[];
}

/** Where the document and the suite are read from. */
export interface ContractOptions {
  /** The OpenAPI document: a path, or a URL. */
  readonly spec?: string;
  /** An API version of specs/versions.yaml, in place of `spec`. */
  readonly api?: string;
  /** The folder with suite.yaml. */
  readonly suite?: string;
  /** Read what the document refers to in other files and at other hosts; `E_REF_OUTSIDE` where it is needed and not set. */
  readonly allowExternalRefs?: boolean;
}

/**
 * Read document, suite and cases. `name`: an operationId, or `DELETE /path`. Without `suite`, the suite is the one that
 * ships for the operation, if any; without `spec`, the document is the one that the suite names, or the one that ships.
 *
 * Throws `HarnessError`: `E_DOCUMENT_…` and `E_REF…` where the document cannot be read or used, `E_OPERATION` where
 * it has no such operation, `E_DATA` and `E_SUITE` where the suite is not valid or does not fit.
 */
export async function loadContract(name: string | undefined, options: ContractOptions): Promise<Contract> {
  const given = options.suite === undefined ? undefined : loadSuite(options.suite);
  const wanted = name ?? given?.operation ?? defaultOperation;
  const near = given ?? shippedSuite(wanted);
  if (options.api !== undefined && near !== undefined) refuseOtherVersion(near, options.api);
  const source =
    options.api === undefined
      ? (options.spec ?? documentOf(near ?? shippedSuite(defaultOperation)))
      : apiVersion(options.api).file;
  const document = await readDocument(source, {
    allowExternalRefs: options.allowExternalRefs ?? false,
    onlyOperation: true,
  });
  const named = name ?? given?.operation ?? onlyOperationOf(document) ?? defaultOperationOf(document);
  const operation = withGivenFirst(found(document, named));
  const warnings = validateOperation(operation);
  if (given !== undefined) refuseOtherOperation(given, operation);
  const ours = near?.operation === operation.id ? near : shippedSuite(operation.id);
  const { suite, notes } = await fitted(versionPart(given ?? ours ?? defaultSuite(operation), operation), operation);
  return {
    operation,
    suite,
    cases: casesOf(operation, suite),
    warnings: [...warnings, ...notes, ...unusedAlternatives(operation)],
  };
}

/** An operation that cannot be tested, and why. */
export interface RefusedOperation {
  readonly operation: string;
  readonly error: HarnessError;
}

/** The contracts of every operation of a document. */
export interface Contracts {
  readonly contracts: readonly Contract[];
  readonly refused: readonly RefusedOperation[];
  /** Mistakes of the document that do not concern an operation, one line each with its place. */
  readonly warnings: readonly string[];
}

/**
 * Read a document and make the cases of each of its operations, or of those that have one of the tags. An operation for
 * which a suite ships has that suite. Throws `E_OPERATION` where there is none.
 */
export async function loadContracts(
  options: Pick<ContractOptions, 'spec' | 'api' | 'allowExternalRefs'> & { readonly tags?: readonly string[] },
): Promise<Contracts> {
  const { tags = [], allowExternalRefs = false } = options;
  const source =
    options.api === undefined
      ? (options.spec ?? documentOf(shippedSuite(defaultOperation)))
      : apiVersion(options.api).file;
  const document = await readDocument(source, { allowExternalRefs, onlyOperation: true });
  const listed = listOperations(document).filter(({ pointer }) => hasTag(document, pointer, tags));
  if (listed.length === 0) {
    const which = tags.length === 0 ? 'no operations' : `no operation with the tag ${tags.join(' or ')}`;
    throw new HarnessError('E_OPERATION', `${source} declares ${which}`, {
      hint: tags.length === 0 ? 'Add one under `paths`.' : 'Leave --tag out to run them all.',
    });
  }
  const contracts: Contract[] = [];
  const refused: RefusedOperation[] = [];
  const warnings = new Set<string>();
  for (const each of listed) {
    try {
      const operation = withGivenFirst(each.operation());
      for (const warning of validateOperation(operation))
        warnings.add(warning.replace(/; it does not concern .*$/, ''));
      for (const unused of unusedAlternatives(operation)) warnings.add(unused);
      const { suite, notes } = await fitted(shippedSuite(operation.id) ?? defaultSuite(operation), operation);
      contracts.push({ operation, suite, cases: casesOf(operation, suite), warnings: notes });
    } catch (thrown) {
      if (!(thrown instanceof HarnessError)) throw thrown;
      refused.push({ operation: each.id, error: thrown });
    }
  }
  return { contracts, refused, warnings: [...warnings] };
}

function hasTag(document: OasDocument, pointer: string, tags: readonly string[]): boolean {
  const own = follow(document.root, below(pointer, 'tags'))?.value;
  return tags.length === 0 || (Array.isArray(own) && tags.some((tag) => own.includes(tag)));
}

function found(document: OasDocument, name: string): Operation {
  try {
    return findOperation(document, name);
  } catch (thrown) {
    const isMissing = thrown instanceof HarnessError && thrown.code === 'E_OPERATION';
    throw (isMissing ? brokenPath(document) : undefined) ?? thrown;
  }
}

/** In a document of one operation, that one is meant. */
function onlyOperationOf(document: OasDocument): string | undefined {
  const all = listOperations(document);
  return all.length === 1 ? all[0]?.id : undefined;
}

/** Where nothing says which operation is meant, it is that of the suite that ships, in a document that has it. */
function defaultOperationOf(document: OasDocument): string {
  const ids = listOperations(document).map(({ id }) => id);
  if (ids.length === 0 || ids.includes(defaultOperation)) return defaultOperation;
  const some = ids.slice(0, mostNamed).join(', ');
  const broken = brokenPath(document);
  if (broken !== undefined) throw broken;
  throw new HarnessError('E_OPERATION', `${document.source} has ${ids.length} operations, and none of them is named`, {
    hint: `Name one: ${some}${ids.length > mostNamed ? ', …' : ''}; or run them all with run --all.`,
  });
}

/** As many operations are named to choose from. */
const mostNamed = 8;

function withGivenFirst(operation: Operation): Operation {
  return preferGiven(operation, ({ scheme }) => isCredentialGiven(scheme));
}

/** One suite serves all API versions: a recipe is left out where only another version declares its status. */
async function fitted(
  suite: Suite,
  operation: Operation,
): Promise<{ readonly suite: Suite; readonly notes: readonly string[] }> {
  if (declaredPart(suite, operation).left.length === 0) return { suite, notes: [] };
  const known = await statusesOfAnyVersion(operation.id);
  const part = declaredPart(suite, operation, (key) => known.has(key));
  const { source, version } = operation.document;
  const notes = part.left.map(
    (key) =>
      `the recipe for ${key} in ${suite.file} is left out: version ${version} (${source}) does not declare ${key}`,
  );
  return { suite: part.suite, notes };
}

function refuseOtherOperation(suite: Suite, operation: Operation): void {
  if (findOperation(operation.document, suite.operation).at.pointer === operation.at.pointer) return;
  throw new HarnessError('E_SUITE', `${suite.file} is the suite of ${suite.operation}, not of ${operation.id}`, {
    hint: `Leave the operation out, or name the folder of a suite for ${operation.id}.`,
  });
}

function refuseOtherVersion({ api, file }: Suite, version: string): void {
  if (api === undefined || inApiRange(version, api) !== false) return;
  throw new HarnessError('E_API_LIMIT', `${file} is for the API versions ${api}, and ${version} is none of them`, {
    hint: 'Run another version, or correct `api` in the suite.',
  });
}

function documentOf(suite: Suite | undefined): string {
  if (suite?.spec !== undefined && suite.folder !== undefined) {
    return isAbsolute(suite.spec) || /^https?:\/\//i.test(suite.spec) ? suite.spec : join(suite.folder, suite.spec);
  }
  throw new HarnessError('E_NO_SPEC', `${suite?.file ?? 'the suite'} does not say which document it was written for`, {
    hint: 'Give one: --spec FILE|URL, or write it as `spec` into the suite.',
  });
}
