import { isAbsolute, join } from 'node:path';
import { casesOf } from './cases/cases.ts';
import { defaultSuite, loadSuite, shippedSuite, type Suite } from './cases/suite.ts';
import { HarnessError } from './errors.ts';
import type { Case, Operation } from './model.ts';
import { readDocument } from './spec/document.ts';
import { findOperation } from './spec/operation.ts';

/** What a command works on: an operation of a document, its suite and its cases. */
export interface Contract {
  readonly operation: Operation;
  readonly suite: Suite;
  readonly cases: readonly Case[];
}

export interface ContractOptions {
  readonly spec?: string;
  readonly suite?: string;
  readonly allowExternalRefs?: boolean;
}

/** Read document, suite and cases. Without `--spec`, the document is the one the suite names. */
export async function loadContract(name: string | undefined, options: ContractOptions): Promise<Contract> {
  const own = options.suite === undefined ? shippedSuite(name ?? defaultOperation) : loadSuite(options.suite);
  const source = options.spec ?? documentOf(own, name);
  const document = await readDocument(source, { allowExternalRefs: options.allowExternalRefs ?? false });
  const operation = findOperation(document, name ?? own?.operation ?? defaultOperation);
  const suite = own ?? defaultSuite(operation);
  return { operation, suite, cases: casesOf(operation, suite) };
}

const defaultOperation = 'delete_backup';

function documentOf(suite: Suite | undefined, name: string | undefined): string {
  if (suite?.spec !== undefined && suite.folder !== undefined) {
    return isAbsolute(suite.spec) ? suite.spec : join(suite.folder, suite.spec);
  }
  throw new HarnessError('E_NO_SPEC', `no document is known for ${suite?.operation ?? name ?? 'this operation'}`, {
    hint: 'Give one: --spec FILE|URL.',
  });
}
