import { readFileSync } from 'node:fs';
import { HarnessError, messageOf } from '../../core/errors.ts';
import type { RunRecord } from '../../model/record.ts';
import { shapeProblem } from '../../results/validate-record.ts';

/** Read a run.json; what is no run of a known schema is one clear error. */
export function readRun(file: string): RunRecord {
  const value = parsed(file);
  if (!isRun(value)) {
    throw new HarnessError('E_RUN_FILE', `${file} is not a run of pinecone-contract`, { hint });
  }
  const problem = shapeProblem(value);
  if (problem !== undefined) throw new HarnessError('E_RUN_FILE', `${file} is not a whole run: ${problem}`, { hint });
  return value;
}

const hint = 'Give the run.json that `pinecone-contract run` wrote into its reports folder.';

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new HarnessError('E_RUN_FILE', `${file} could not be read: ${messageOf(cause)}`, {
      cause,
      hint,
    });
  }
}

function isRun(value: unknown): value is RunRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    value.schema === 'pinecone-contract/run@1' &&
    'cases' in value &&
    Array.isArray(value.cases)
  );
}
