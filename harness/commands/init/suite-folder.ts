import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { casesOf } from '../../cases/cases.ts';
import { defaultSuite } from '../../cases/suite.ts';
import type { Contract } from '../../contract.ts';
import { readDocument } from '../../openapi/document/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { validateOperation } from '../../openapi/operation/validate-operation.ts';
import { mockTarget } from '../../targets/mock.ts';
import { verifyContract } from '../../verify.ts';
import { type SuitePart, suiteParts } from './suite-recipes.ts';
import { suiteText } from './suite-text.ts';

/** A folder that `init OPERATION` writes. */
export interface SuiteFolder {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  readonly parts: readonly SuitePart[];
}

/** The suite of one operation, with what provokes its responses on the embedded mock. */
export async function suiteFolder(name: string, source: string, out?: string): Promise<SuiteFolder> {
  const document = await readDocument(source, { onlyOperation: true });
  const operation = findOperation(document, name);
  validateOperation(operation);
  const suite = defaultSuite(operation);
  const contract: Contract = { operation, suite, cases: casesOf(operation, suite) };
  const cases = contract.cases.filter(({ kind }) => kind === 'declared');
  const run = await verifyContract({ contract, cases, target: await mockTarget({ document }) });
  const parts = suiteParts(contract, run);
  const word = operation.id.replace(/[^\w.-]+/g, '_');
  const folder = out ?? word;
  const text = suiteText(operation, parts, { name: word, spec: seenFrom(folder, source) });
  return { folder, files: new Map([[join(folder, 'suite.yaml'), text]]), parts };
}

/** A path that stays right when the folder and the document are moved together. */
function seenFrom(folder: string, source: string): string {
  if (/^https?:\/\//i.test(source)) return source;
  const path = relative(resolve(folder), resolve(source));
  return isAbsolute(path) ? path : path.split(sep).join('/');
}
