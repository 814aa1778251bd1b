import { caseGroups } from './case-groups.ts';
import { coverageMarks, fates, subjectWords } from './labels.ts';
import { grouped } from '../core/group-by.ts';
export function matrixOf(runs) {
  const columns = columnsOf(runs);
  const rows = new Map();
  columns.forEach(({ run }, place) => {
    for (const { row, cell } of cellsOf(run)) {
      const key = JSON.stringify([row.operation, row.kind, row.name]);
      const known = rows.get(key) ?? { row, cells: columns.map(() => undefined) };
      known.cells[place] = cell;
      rows.set(key, known);
    }
  });
  const all = [...rows.values()].map(({ row, cells }) => ({ ...row, cells }));
  return { columns, rows: [...all].sort(byOperationThenKind) };
}
/** The run of each subject that reports are about; only the page shows the earlier ones as well. */
export function latestRuns(runs) {
  return columnsOf(runs).map(({ run }) => run);
}
/** Runs of one subject against one document are one column: the latest is shown, the others are its history. */
export function columnsOf(runs) {
  const subjects = [...grouped(runs, keyOf).values()].map((own) =>
    [...own].sort((a, b) => inOrder(b.started, a.started)),
  );
  return subjects.flatMap(([run, ...earlier]) => {
    if (run === undefined) return [];
    const alike = subjects.flatMap(([other]) =>
      other !== undefined && other !== run && subjectWords(other) === subjectWords(run) ? [other] : [],
    );
    const differs = (of) => alike.some((other) => of(other) !== of(run));
    const label = [
      subjectWords(run),
      ...(differs((one) => one.operation.id) ? [run.operation.id] : []),
      ...(differs((one) => one.document.version) ? [run.document.version] : []),
    ].join(', ');
    return [{ label, run, earlier }];
  });
}
function keyOf(run) {
  const { subject, operation, document } = run;
  return JSON.stringify([subject.kind, subject.name, subject.version, operation.id, document.version, run.shard]);
}
function cellsOf(run) {
  const operation = run.operation.id;
  const responses = run.coverage.map((each) => ({
    row: { operation, kind: 'response', name: each.response, description: each.description },
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
    row: { operation, kind: 'group', name: group.name, description: '' },
    cell: {
      mark: fates[group.worst].mark,
      state: fates[group.worst].word,
      words:
        group.worst === 'skip' && group.passed === 0
          ? `${group.cases.length} skipped`
          : `${group.passed} of ${group.cases.length}`,
      why: group.others.map(({ fate, count }) => `${count} ${fates[fate].word}`).join(', '),
      good: group.passed,
      of: group.cases.length,
      ids: group.cases.map((record) => record.id),
    },
  }));
  return [...responses, ...groups];
}
function byOperationThenKind(a, b) {
  return inOrder(a.operation, b.operation) || inOrder(b.kind, a.kind);
}
/** By code units: loading the tables of `localeCompare` costs a cold run several milliseconds. */
function inOrder(a, b) {
  return a < b ? -1 : Number(a > b);
}
