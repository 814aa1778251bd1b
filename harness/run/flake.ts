import type { Verdict } from '../model/verdict.ts';

/**
 * One verdict out of several runs of a case: the last one, or a failure that says that they differ. A skip is not another
 * behaviour of the server: a state that serves one case is used up when the case runs again.
 */
export function flakeOf(all: readonly Verdict[]): Verdict {
  const tried = all.filter((verdict) => verdict.status !== 'skip');
  const verdicts = tried.length === 0 ? all : tried;
  const last = verdicts.at(-1);
  if (last === undefined) throw new RangeError('a case must run at least once');
  const statuses = verdicts.map((verdict) => verdict.status);
  if (statuses.every((status) => status === last.status)) return last;
  const errored = verdicts.find((verdict) => verdict.status === 'error') ?? last;
  if (errored.status === 'error') return errored;
  const failed = verdicts.find((verdict) => verdict.status === 'fail');
  const { case: one, exchanges, values, advice, ms } = failed ?? last;
  return {
    case: one,
    exchanges,
    values,
    advice,
    ms,
    status: 'fail',
    findings: [
      {
        check: 'flake',
        severity: 'violation',
        message: `the same request got different verdicts in ${verdicts.length} runs`,
        where: 'verdict',
        expected: `the same verdict ${verdicts.length} times`,
        actual: statuses.join(', '),
        at: one.at,
        step: one.steps[0]?.name ?? one.id,
      },
      ...(failed?.status === 'fail' ? failed.findings : []),
    ],
  };
}
