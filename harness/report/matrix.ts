import type { RunRecord } from '../model/record.ts';
import { caseGroups } from './case-groups.ts';
import { coverageMarks, outcomeLabels, subjectWords } from './labels.ts';
import { groupBy } from '../core/group-by.ts';

/** One subject: its latest run, and the earlier ones. */
export interface Column {
  readonly label: string;
  readonly run: RunRecord;
  /** Newest first, the latest run left out. */
  readonly earlier: readonly RunRecord[];
}

export interface Cell {
  readonly mark: string;
  /** The state of the cell as a word: that of the declared response, or of the worst case in the group. */
  readonly state: string;
  /** What the cell says: `proved`, `14 of 14`. */
  readonly words: string;
  readonly why: string;
  /** How many conform, and out of how many: responses for a response, cases for a group. */
  readonly good: number;
  readonly of: number;
  /** The cases behind the cell. */
  readonly ids: readonly string[];
}

export interface Row {
  readonly operation: string;
  readonly kind: 'response' | 'group';
  readonly name: string;
  readonly description: string;
  /** One for each column; absent where the run has nothing to say. */
  readonly cells: readonly (Cell | undefined)[];
}

/** Declared responses and groups of other cases × subjects. */
export interface Matrix {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export function matrixOf(runs: readonly RunRecord[]): Matrix {
  const columns = columnsOf(runs);
  const rows = new Map<string, { row: Omit<Row, 'cells'>; cells: (Cell | undefined)[] }>();
  columns.forEach(({ run }, place) => {
    for (const { row, cell } of cellsOf(run)) {
      const key = JSON.stringify([row.operation, row.kind, row.name]);
      const known = rows.get(key) ?? { row, cells: columns.map(() => undefined) };
      known.cells[place] = cell;
      rows.set(key, known);
    }
  });
  const all = [...rows.values()].map(({ row, cells }) => ({ ...row, cells }));
  return { columns, rows: [...all].sort(columns.length > 1 ? byOperationKindAndStatus : byOperationThenKind) };
}

/** The run of each subject that reports are about; only the page shows the earlier ones as well. */
export function latestRuns(runs: readonly RunRecord[]): readonly RunRecord[] {
  return columnsOf(runs).map(({ run }) => run);
}

/** Runs of one subject against one document are one column: the latest is shown, the others are its history. */
export function columnsOf(runs: readonly RunRecord[]): readonly Column[] {
  const subjects = [...groupBy(runs, keyOf).values()].map((own) =>
    [...own].sort((a, b) => inOrder(b.started, a.started)),
  );
  return subjects.flatMap(([run, ...earlier]) => {
    if (run === undefined) return [];
    const sameLabel = subjects.flatMap(([other]) =>
      other !== undefined && other !== run && subjectWords(other) === subjectWords(run) ? [other] : [],
    );
    const differs = (of: (one: RunRecord) => string): boolean => sameLabel.some((other) => of(other) !== of(run));
    const label = [
      subjectWords(run),
      ...(differs((one) => one.operation.id) ? [run.operation.id] : []),
      ...(differs((one) => one.document.version) ? [run.document.version] : []),
    ].join(', ');
    return [{ label, run, earlier }];
  });
}

function keyOf(run: RunRecord): string {
  const { subject, operation, document } = run;
  return JSON.stringify([subject.kind, subject.name, subject.version, operation.id, document.version, run.shard]);
}

function cellsOf(run: RunRecord): readonly { readonly row: Omit<Row, 'cells'>; readonly cell: Cell }[] {
  const operation = run.operation.id;
  const responses = run.coverage.map((each) => ({
    row: { operation, kind: 'response', name: each.response, description: each.description } as const,
    cell: {
      mark: coverageMarks[each.status],
      state: each.status,
      words: each.status,
      why: each.how,
      good: each.status === 'proved' ? 1 : 0,
      of: 1,
      ids: run.cases.filter((record) => record.response === each.response).map((record) => record.id),
    },
  }));
  const groups = caseGroups(run).map((group) => ({
    row: { operation, kind: 'group', name: group.name, description: '' } as const,
    cell: {
      mark: outcomeLabels[group.worst].mark,
      state: outcomeLabels[group.worst].word,
      words:
        group.worst === 'skip' && group.passed === 0
          ? `${group.cases.length} skipped`
          : `${group.passed} of ${group.cases.length}`,
      why: group.others.map(({ outcome, count }) => `${count} ${outcomeLabels[outcome].word}`).join(', '),
      good: group.passed,
      of: group.cases.length,
      ids: group.cases.map((record) => record.id),
    },
  }));
  return [...responses, ...groups];
}

function byOperationThenKind(a: Row, b: Row): number {
  return inOrder(a.operation, b.operation) || inOrder(b.kind, a.kind);
}

/** The responses of several documents, each in its order, have no order of their own. */
function byOperationKindAndStatus(a: Row, b: Row): number {
  return byOperationThenKind(a, b) || (a.kind === 'response' && b.kind === 'response' ? inOrder(a.name, b.name) : 0);
}

/** By code units: loading the tables of `localeCompare` costs a cold run several milliseconds. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
