import { readFileSync } from 'node:fs';
import { packageFile } from './package-files.ts';

interface DefaultSuite {
  /** The operation that is meant where the command line names none. */
  readonly operation: string;
  /** The environment variable of the API key. */
  readonly keyVariable: string;
}

const read = JSON.parse(readFileSync(packageFile('suites', 'default.json'), 'utf8')) as DefaultSuite;

/** The operation that is meant where none is named: the suite that ships for it says how it is tested. */
export const defaultOperation: string = read.operation;

/** The environment variable of the API key. */
export const keyVariable: string = read.keyVariable;

/** The environment variable of a key that is known and lacks the permission for the operation. */
export const forbiddenKeyVariable = `${keyVariable}_FORBIDDEN`;
