import { readFileSync } from 'node:fs';
import { HarnessError, messageOf } from '../../core/errors.ts';
import type { RunRecord } from '../../model/record.ts';
import { causesOf } from '../../results/causes.ts';
import { recordProblems } from '../../results/validate-record.ts';

/** Read a run.json; a file that is none of a known format is one clear error. */
export function readRun(file: string): RunRecord {
  const value = parsed(file);
  if (!hasFormat(value)) throw new HarnessError('E_RUN_FILE', `${file} is not a run of pinecone-contract`, { hint });
  const [first, ...others] = recordProblems(value);
  if (first === undefined) return withCauses(value as RunRecord);
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  throw new HarnessError('E_RUN_FILE', `${file} is not a valid run: ${first}${more}`, { hint });
}

/** Version 0.1 wrote none. */
function withCauses(run: RunRecord): RunRecord {
  return run.causes === undefined ? { ...run, causes: causesOf(run.cases) } : run;
}

const hint = 'Give the run.json that `pinecone-contract run` wrote into its reports folder.';

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new HarnessError('E_RUN_FILE', `${file} could not be read: ${messageOf(cause)}`, { cause, hint });
  }
}

function hasFormat(value: unknown): value is { readonly schema: string } {
  return typeof value === 'object' && value !== null && 'schema' in value && value.schema === 'pinecone-contract/run@1';
}
