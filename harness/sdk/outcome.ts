import type { Operation } from '../model/document.ts';
import type { CaseRecord, Counts, Outcome } from '../model/record.ts';
import type { Coverage, CoverageStatus } from '../model/verdict.ts';

export function countsOf(records: readonly CaseRecord[]): Counts {
  const of = (wanted: (record: CaseRecord) => boolean): number => records.filter(wanted).length;
  return {
    cases: records.length,
    pass: of(({ status }) => status === 'pass'),
    fail: of(({ status, waived }) => status === 'fail' && waived === undefined),
    error: of(({ status }) => status === 'error'),
    skip: of(({ status }) => status === 'skip'),
    waived: of(({ waived }) => waived !== undefined),
    advice: records.reduce((sum, { advice }) => sum + advice.length, 0),
  };
}

/** Per declared response: did the user of this SDK get to see it as the rules ask? */
export function coverageOf(operation: Operation, records: readonly CaseRecord[]): readonly Coverage[] {
  return operation.responses.map((response) => {
    const mine = records.filter((record) => record.response === response.key);
    return {
      response: response.key,
      description: response.description,
      status: statusOf(mine),
      how: mine.map(howOf).join('; ') || 'no case of this run plays it',
      at: response.at,
    };
  });
}

export function outcomeOf(counts: Counts, coverage: readonly Coverage[], problems: readonly string[]): Outcome {
  const unproved = coverage.filter(({ status }) => status === 'unproved').length;
  if (counts.fail > 0) return { exit: 1, because: `${plural(counts.fail, 'case')} broke a rule.`, problems };
  if (problems.length > 0) return { exit: 1, because: 'The waivers no longer say the truth.', problems };
  if (counts.error > 0) return { exit: 3, because: `${plural(counts.error, 'case')} could not be judged.`, problems };
  if (counts.skip === counts.cases) return { exit: 4, because: 'Nothing ran, so nothing is proved.', problems };
  if (counts.skip > 0) return { exit: 4, because: `${plural(counts.skip, 'case')} did not run.`, problems };
  // With --case a response may not have been asked for at all: then it is no shortfall of this run.
  if (unproved > 0 && unproved === coverage.length) return { exit: 0, because: 'The selected cases held.', problems };
  return {
    exit: 0,
    because: counts.waived > 0 ? 'Every case held, or failed as is known.' : 'Every case held.',
    problems,
  };
}

function statusOf(records: readonly CaseRecord[]): CoverageStatus {
  if (records.length === 0) return 'unproved';
  if (records.some(({ status, waived }) => status === 'fail' && waived === undefined)) return 'violated';
  if (records.some(({ status }) => status === 'error' || status === 'skip')) return 'unproved';
  return records.some(({ waived }) => waived !== undefined) ? 'waived' : 'proved';
}

function howOf(record: CaseRecord): string {
  switch (record.status) {
    case 'pass':
      return `${record.promise}: surfaced as it should be`;
    case 'fail':
      return `${record.promise}: ${[...new Set(record.findings.map(({ check }) => check))].join(', ')}`;
    case 'error':
      return record.error?.message ?? 'could not be judged';
    case 'skip':
      return record.reason ?? 'did not run';
    default:
      return record.status satisfies never;
  }
}

function plural(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${one}s`;
}
