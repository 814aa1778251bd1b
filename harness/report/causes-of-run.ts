import type { CaseRecord, Cause, RunRecord } from '../model/record.ts';
import type { Finding } from '../model/verdict.ts';
import { counted, isHazard } from './labels.ts';

/** A cause of a run with what shows it. */
export interface ShownCause {
  readonly cause: Cause;
  /** The case that is shown for all. */
  readonly record: CaseRecord;
  /** Its findings that belong to the cause; none for an error. */
  readonly findings: readonly Finding[];
  /** The ids of the other cases. */
  readonly others: readonly string[];
}

/** The causes of a run, in their order. */
export function shownCauses(run: RunRecord): readonly ShownCause[] {
  const records = new Map(run.cases.map((record) => [record.id, record]));
  return (run.causes ?? []).flatMap((cause) => {
    const [id, ...others] = cause.cases;
    const record = records.get(id ?? '');
    if (record === undefined) return [];
    const findings = cause.findings.flatMap((number) => record.findings[number] ?? []);
    return [{ cause, record, findings, others }];
  });
}

/** What is wrong, in one sentence. */
export function causeWords({ cause, findings }: ShownCause): string {
  const found = cause.status === 'error' ? `${cause.check}: ${cause.message}` : cause.message;
  return `${findings.some(isHazard) ? 'hazard: ' : ''}${cause.likely ?? found}`;
}

/** The same with the number of cases: `87 cases: a wrong API key is accepted`. */
export function causeHeadline(one: ShownCause): string {
  const size = one.cause.cases.length;
  return size === 1 ? causeWords(one) : `${counted(size, 'case')}: ${causeWords(one)}`;
}

/** `1 cause, 87 cases`. */
export function causesCounted(causes: readonly ShownCause[]): string {
  const cases = new Set(causes.flatMap(({ cause }) => cause.cases));
  return `${counted(causes.length, 'cause')}, ${counted(cases.size, 'case')}`;
}
