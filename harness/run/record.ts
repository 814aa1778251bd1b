import type { Case, Verdict } from '../model.ts';
import { writeFixture } from '../targets/fixture-file.ts';
import { fixtureOf } from '../targets/fixture-of.ts';

/** What came of recording one case: the file that was written, or why none was. */
export interface Recording {
  readonly case: Case;
  readonly file?: string;
  readonly why?: string;
}

/**
 * Write the fixture of a case that passed. Others are not written: a fixture is what the contract looks like when it
 * holds, and one that was good stays until a better one comes.
 */
export function recordVerdict(options: {
  readonly verdict: Verdict;
  readonly folder: string;
  readonly recordedFrom: string;
  readonly when: Date;
  readonly suiteVersion: string;
  readonly secrets: readonly string[];
}): Recording {
  const { verdict, folder, recordedFrom, when, suiteVersion, secrets } = options;
  const { case: one, values } = verdict;
  const [first] = verdict.exchanges;
  if (verdict.status !== 'pass' || first === undefined) return { case: one, why: reasonOf(verdict) };
  const fixture = fixtureOf({
    case: one,
    exchange: first.exchange,
    values,
    recordedFrom,
    when: when.toISOString(),
    suiteVersion,
    secrets,
  });
  return { case: one, file: writeFixture(folder, fixture) };
}

function reasonOf(verdict: Verdict): string {
  switch (verdict.status) {
    case 'pass':
      return 'nothing was sent';
    case 'fail':
      return `it violates the contract: ${verdict.findings[0].message}`;
    case 'error':
      return verdict.error.message;
    case 'skip':
      return verdict.reason;
    default:
      return verdict satisfies never;
  }
}
