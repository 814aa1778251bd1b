import type { CaseRecord, Counts, RunRecord } from '../../model/record.ts';
import { reproduceCommand } from '../reproduce-command.ts';
import { cameWords, findingWords, outcomeLabelOf, outcomeLabels, subjectWords, type CaseOutcome } from '../labels.ts';
import { latestRuns } from '../matrix.ts';
import { printableJson } from '../../core/text/printable.ts';

/**
 * The Common Test Report Format. It has one word for what neither passed, failed nor was skipped, `other`: errors and
 * waived failures are that, and `rawStatus` distinguishes them.
 */
export function ctrfReport(given: readonly RunRecord[]): string {
  const runs = latestRuns(given);
  const total = (of: (counts: Counts) => number): number => runs.reduce((sum, { counts }) => sum + of(counts), 0);
  const starts = runs.map((run) => Date.parse(run.started));
  const stops = runs.map((run) => Date.parse(run.started) + Math.round(run.ms));
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: 'pinecone-contract',
    results: {
      tool: { name: 'pinecone-contract', version: runs[0]?.tool.version ?? '' },
      summary: {
        tests: total((counts) => counts.cases),
        passed: total((counts) => counts.pass),
        failed: total((counts) => counts.fail),
        skipped: total((counts) => counts.skip),
        pending: 0,
        other: total((counts) => counts.error + counts.waived),
        suites: runs.length,
        start: Math.min(...starts),
        stop: Math.max(...stops),
      },
      tests: runs.flatMap((run) => run.cases.map((record) => testOf(run, record))),
      extra: {
        runs: runs.map(({ subject, operation, document, seed, counts, outcome }) => ({
          subject,
          operation,
          document,
          seed,
          counts,
          outcome,
        })),
      },
    },
  };
  return `${printableJson(JSON.stringify(report))}\n`;
}

const statuses: Readonly<Record<CaseOutcome, string>> = {
  pass: 'passed',
  fail: 'failed',
  error: 'other',
  skip: 'skipped',
  waived: 'other',
};

function testOf(run: RunRecord, record: CaseRecord): Readonly<Record<string, unknown>> {
  const outcome = outcomeLabelOf(record);
  const message = messageOf(record, outcome);
  return {
    name: record.id,
    status: statuses[outcome],
    rawStatus: outcomeLabels[outcome].word,
    duration: Math.round(record.ms),
    suite: [subjectWords(run), run.operation.id],
    ...(message === undefined ? {} : { message }),
    ...(record.findings.length === 0 ? {} : { trace: traceOf(run, record) }),
    tags: [record.kind, record.severity],
    filePath: record.at.file,
    line: record.at.line,
    extra: {
      requirement: record.requirement,
      promise: record.promise,
      state: record.state,
      pointer: record.at.pointer,
    },
  };
}

function messageOf(record: CaseRecord, outcome: CaseOutcome): string | undefined {
  switch (outcome) {
    case 'pass':
      return undefined;
    case 'fail':
      return [
        ...record.findings.map(findingWords),
        ...(record.error === undefined ? [] : [`${record.error.code}: ${record.error.message}`]),
      ].join('\n');
    case 'error':
      return record.error === undefined ? 'error' : `${record.error.code}: ${record.error.message}`;
    case 'skip':
      return record.reason ?? '';
    case 'waived':
      return `waived: ${record.waived?.reason ?? ''} (${record.waived?.issue ?? ''})`;
    default:
      return outcome satisfies never;
  }
}

function traceOf(run: RunRecord, record: CaseRecord): string {
  return [
    ...record.findings.map(({ where, expected, actual }) => `${where}: expected ${expected}, came ${actual}`),
    `promised ${record.promise}`,
    `came     ${cameWords(record)}`,
    `command  ${reproduceCommand(run, record)}`,
  ].join('\n');
}
