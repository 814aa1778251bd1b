import type { CaseRecord, Counts, RunRecord } from '../../model/record.ts';
import type { Finding } from '../../model/verdict.ts';
import { causeHeadline, shownCauses } from '../causes-of-run.ts';
import { reproduceCommand, scriptCommand } from '../reproduce-command.ts';
import { cameWords, findingWords, isHazard, placeWords, promisedWords, restOfId, subjectWords } from '../labels.ts';
import { columnsOf } from '../matrix.ts';
import { printable } from '../../core/text/printable.ts';
import { shellWord } from '../../core/text/shell-quote.ts';
import { xmlDocument, type XmlElement } from './xml.ts';

/**
 * JUnit XML of the latest run of each subject, as Jenkins' xunit plugin (junit-10.xsd), GitLab and the GitHub reporters read it. The numbers are the
 * run's own counts. A waived failure is `skipped`, because these readers know no other way not to be red; its text
 * says `waived:`. What the schema has no attribute for (requirement, place in the document) is in `system-out`.
 */
export function junitXml(runs: readonly RunRecord[]): string {
  const columns = columnsOf(runs);
  const latest = columns.map(({ run }) => run);
  return xmlDocument({
    name: 'testsuites',
    attributes: {
      name: 'pinecone-contract',
      ...totals(latest.map((run) => run.counts)),
      time: seconds(total(latest, 'ms')),
    },
    // GitLab identifies cases by class name and name alone and drops the second of two that are equal.
    children: columns.map(({ run, label }) =>
      suite(run, columns.length === 1 ? run.operation.id : `${run.operation.id} (${label})`),
    ),
  });
}

function totals(counts: readonly Counts[]): Readonly<Record<string, number>> {
  return { tests: total(counts, 'cases'), failures: total(counts, 'fail'), errors: total(counts, 'error') };
}

function total<K extends string>(rows: readonly Readonly<Record<K, number>>[], key: K): number {
  return rows.reduce((sum, row) => sum + row[key], 0);
}

function suite(run: RunRecord, className: string): XmlElement {
  const { counts, outcome } = run;
  return {
    name: 'testsuite',
    attributes: {
      name: `${run.operation.id} against ${subjectWords(run)}`,
      ...totals([counts]),
      skipped: counts.skip + counts.waived,
      time: seconds(run.ms),
      // Without a fraction and a zone, as the schema of Ant's own writer asks.
      timestamp: run.started.slice(0, 19),
      // The record does not know its machine; Ant's schema names this value for that.
      hostname: 'localhost',
      ...fileOf(run.document.source),
    },
    children: [
      { name: 'properties', children: runProperties(run).map(([name, value]) => property(name, value)) },
      ...run.cases.map((record) => testcase(run, record, className)),
      ...(outcome.problems.length === 0 ? [] : [{ name: 'system-err', text: outcome.problems.join('\n') }]),
    ],
  };
}

function runProperties(run: RunRecord): readonly (readonly [string, string])[] {
  return [
    ['subject', subjectWords(run)],
    ['operation', `${run.operation.method} ${run.operation.path}`],
    ['document', run.document.source],
    ['document.version', run.document.version],
    ['document.sha256', run.document.sha256],
    ['suite', `${run.suite.name} ${run.suite.version}`],
    ['tool', `${run.tool.name} ${run.tool.version}`],
    ['seed', String(run.seed)],
    ['exit', String(run.outcome.exit)],
    ['because', run.outcome.because],
    ['hazards', String(run.counts.hazards ?? 0)],
    ['advice', String(run.counts.advice)],
    ['waived', String(run.counts.waived)],
    ...shownCauses(run).map(
      (one, number) => [`cause.${number + 1}`, `${causeHeadline(one)} (${one.record.id})`] as const,
    ),
    ...run.coverage.map((each) => [`coverage.${each.response}`, `${each.status}: ${each.how}`] as const),
  ];
}

function property(name: string, value: string): XmlElement {
  return { name: 'property', attributes: { name, value } };
}

function testcase(run: RunRecord, record: CaseRecord, classname: string): XmlElement {
  return {
    name: 'testcase',
    attributes: { name: restOfId(run, record.id), classname, time: seconds(record.ms), ...fileOf(record.at.file) },
    children: [...result(run, record), { name: 'system-out', text: about(record) }],
  };
}

function result(run: RunRecord, record: CaseRecord): readonly XmlElement[] {
  switch (record.status) {
    case 'pass':
      return [];
    case 'skip':
      return [{ name: 'skipped', attributes: { message: record.reason ?? '' } }];
    case 'error': {
      const { code = 'E_UNKNOWN', message = '', hint } = record.error ?? {};
      const text = [message, ...(hint === undefined ? [] : [hint]), ...evidence(run, record)].join('\n');
      return [{ name: 'error', attributes: { message, type: code }, text }];
    }
    case 'fail': {
      const beside = record.error === undefined ? [] : [`${record.error.code}: ${record.error.message}`];
      const text = [...record.findings.flatMap(findingLines), ...beside, ...evidence(run, record)].join('\n');
      const { waived } = record;
      if (waived !== undefined) {
        const hazard = record.findings.some(isHazard) ? ' hazard' : '';
        const message = `waived${hazard}: ${waived.reason} (${waived.issue}, until ${waived.expires})`;
        return [{ name: 'skipped', attributes: { message, type: 'waived' }, text }];
      }
      return [{ name: 'failure', attributes: { message: headline(record), type: failureType(record) }, text }];
    }
    default:
      return record.status satisfies never;
  }
}

function headline(record: CaseRecord): string {
  const [first, ...others] = record.findings;
  if (first === undefined) return record.requirement;
  return printable(`${findingWords(first)}${others.length === 0 ? '' : ` (and ${others.length} more)`}`);
}

function failureType(record: CaseRecord): string {
  return [...new Set(record.findings.map((finding) => finding.check))].join(' ');
}

function findingLines(finding: Finding): readonly string[] {
  return [
    findingWords(finding),
    `  where    ${finding.where}`,
    `  expected ${finding.expected}`,
    `  actual   ${finding.actual}`,
    `  document ${placeWords(finding.at)} ${finding.at.pointer}`,
    ...(finding.hint === undefined ? [] : [`  hint     ${finding.hint}`]),
  ].map(printable);
}

function evidence(run: RunRecord, record: CaseRecord): readonly string[] {
  const script = scriptCommand(run, record);
  return [
    `promised ${printable(promisedWords(record))}`,
    `came     ${cameWords(record)}`,
    `command  ${reproduceCommand(run, record)}`,
    ...(record.driver === undefined ? [] : [`driver   ${printable(record.driver.command.map(shellWord).join(' '))}`]),
    ...(script === undefined ? [] : [`script   ${script}`]),
  ];
}

function about(record: CaseRecord): string {
  return [
    `requirement: ${record.requirement}`,
    `severity: ${record.severity}`,
    `document: ${placeWords(record.at)} ${record.at.pointer}`,
    ...(record.state === '' ? [] : [`state: ${record.state}`]),
    ...record.advice.map(findingWords),
  ]
    .map(printable)
    .join('\n');
}

/** GitLab and CircleCI read it of a test case, others of its suite; a URL is no file of the repository. */
function fileOf(source: string): { readonly file?: string } {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(source) ? {} : { file: source };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
