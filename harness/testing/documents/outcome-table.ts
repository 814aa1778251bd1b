import type { RunRecord } from '../../model/record.ts';

/** What `run --all` found in one document, in numbers. */
export interface DocumentOutcome {
  readonly name: string;
  readonly operations: number;
  /** Operations of which everything is proved or exempt. */
  readonly held: number;
  readonly responses: number;
  readonly proved: number;
  readonly exempt: number;
  readonly unproved: number;
  readonly violated: number;
  /** Cases that ended in an error. */
  readonly errors: number;
  /** Failed cases: the server that was asked keeps to the document. */
  readonly falseAlarms: number;
  /** Unproved responses of which nothing says what to write into which file. */
  readonly withoutRemedy: number;
  readonly exit: number | null;
}

/** The least share of the declared responses that is to be proved, in per cent. */
const leastProved = 90;

export function outcomeOf(name: string, records: readonly RunRecord[], exit: number | null): DocumentOutcome {
  const responses = records.flatMap(({ coverage }) => coverage);
  const those = (status: string): number => responses.filter((each) => each.status === status).length;
  const sum = (of: (record: RunRecord) => number): number => records.reduce((total, each) => total + of(each), 0);
  return {
    name,
    operations: records.length,
    held: records.filter(({ outcome }) => outcome.exit === 0).length,
    responses: responses.length,
    proved: those('proved'),
    exempt: those('exempt'),
    unproved: those('unproved'),
    violated: those('violated'),
    errors: sum(({ counts }) => counts.error),
    falseAlarms: sum(({ counts }) => counts.fail),
    withoutRemedy: responses.filter(({ status, how }) => status === 'unproved' && how.trim() === '').length,
    exit,
  };
}

/** Which bounds an outcome breaks, one line each. */
export function brokenBounds(outcome: DocumentOutcome): readonly string[] {
  const { name, responses, proved, violated, errors, falseAlarms, withoutRemedy, exit } = outcome;
  const share = responses === 0 ? 0 : Math.floor((100 * proved) / responses);
  const lines = [
    ...(share < leastProved ? [`${share} % of the declared responses are proved, not ${leastProved} %`] : []),
    ...(violated > 0 ? [`${violated} declared responses are violated, not 0`] : []),
    ...(errors > 0 ? [`${errors} cases ended in an error, not 0`] : []),
    ...(falseAlarms > 0 ? [`${falseAlarms} cases failed, not 0, on a server that keeps to the document`] : []),
    ...(withoutRemedy > 0 ? [`${withoutRemedy} unproved responses have no remedy`] : []),
    // 4: a document may declare what nothing provokes; how much of that there is has a bound of its own.
    ...(exit === 0 || exit === 4 ? [] : [`the exit code is ${exit ?? 'that of a killed process'}, not 0 or 4`]),
  ];
  return lines.map((line) => `${name}: ${line}`);
}

/** A Markdown table with a row for each document, and a row for the sum of all. */
export function outcomeTable(outcomes: readonly DocumentOutcome[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const numbers = [
    ['operations', ({ operations }) => operations],
    ['held', ({ held }) => held],
    ['responses', ({ responses }) => responses],
    ['proved', ({ proved }) => proved],
    ['exempt', ({ exempt }) => exempt],
    ['unproved', ({ unproved }) => unproved],
    ['violated', ({ violated }) => violated],
    ['errors', ({ errors }) => errors],
    ['false alarms', ({ falseAlarms }) => falseAlarms],
  ] as const satisfies readonly (readonly [string, (outcome: DocumentOutcome) => number])[];
  const total = (of: (outcome: DocumentOutcome) => number): number =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0);
  return [
    line(['document', ...numbers.map(([name]) => name), 'exit']),
    line(['---', ...numbers.map(() => '---:'), '---:']),
    ...outcomes.map((outcome) =>
      line([outcome.name, ...numbers.map(([, of]) => of(outcome)), outcome.exit ?? 'killed']),
    ),
    line([`all ${outcomes.length}`, ...numbers.map(([, of]) => total(of)), '']),
  ].join('\n');
}
