import { againCommand } from '../reproduce-command.ts';
import { cameWords, fateOf, restOfId } from '../labels.ts';
import { matrixOf } from '../matrix.ts';
export function pageData(runs) {
  const matrix = matrixOf(runs);
  const excerpts = new Map();
  const byId = matrix.columns.map(({ run }) => new Map(run.cases.map((record) => [record.id, record])));
  const earlier = matrix.columns.map((column) =>
    column.earlier.map((run) => new Map(run.cases.map((record) => [record.id, fateOf(record)]))),
  );
  const onlySdks = runs.every((run) => run.subject.kind === 'sdk');
  const caseRow = (id, row) => {
    const cells = matrix.columns.map(({ run }, place) => {
      const record = byId[place]?.get(id);
      if (record === undefined) return null;
      const { excerpt, exchanges, ...rest } = record;
      const text = excerpt.join('\n');
      const known = excerpts.get(text) ?? excerpts.size;
      excerpts.set(text, known);
      return {
        ...rest,
        exchanges: exchanges.map(withShortBody),
        fate: fateOf(record),
        again: againCommand(run, record),
        came: cameWords(record),
        excerpt: known,
        history: earlier[place]?.map((fates) => fates.get(id) ?? null) ?? [],
      };
    });
    const run = matrix.columns.find((_, place) => cells[place] !== null)?.run;
    const first = cells.find((one) => one !== null);
    const name = run === undefined ? id : restOfId(run, id);
    const short = `${first?.kind === 'sdk' && !onlySdks ? 'SDK: ' : ''}${shortName(name, row)}`;
    return { id, name, short, title: first?.title ?? '', cells };
  };
  const rows = matrix.rows.map(({ cells, ...row }) => ({
    ...row,
    cells: cells.map((cell) => (cell === undefined ? null : without(cell, 'ids'))),
    cases: [...new Set(cells.flatMap((cell) => cell?.ids ?? []))].map((id) => caseRow(id, row.name)).sort(redFirst),
  }));
  return {
    columns: matrix.columns.map(pageColumn),
    rows,
    excerpts: [...excerpts.keys()].map((text) => text.split('\n')),
  };
}
/** `no-key` for `probe/auth/no-key` in the row `auth`. */
function shortName(name, row) {
  const said = [`${row}/`, `probe/${row}/`].find((each) => name.toLowerCase().startsWith(each.toLowerCase()));
  return said === undefined ? name : name.slice(said.length);
}
/** What is red on any subject stands first; else the order stays. */
function redFirst(a, b) {
  const isRed = (row) => row.cells.some((one) => one?.fate === 'fail' || one?.fate === 'error');
  return Number(isRed(b)) - Number(isRed(a));
}
function pageColumn({ label, run, earlier }) {
  return {
    ...without(run, 'schema', 'cases'),
    label,
    earlier: earlier.map(({ started, counts, outcome }) => ({ started, counts, outcome })),
  };
}
function without(whole, ...keys) {
  const rest = { ...whole };
  for (const key of keys) Reflect.deleteProperty(rest, key);
  return rest;
}
/** A page is for looking: what a body has beyond this is in run.json and in the HAR file. */
const mostCharacters = 60_000;
function withShortBody(exchange) {
  const { response } = exchange;
  if (response === undefined || !('text' in response.body) || response.body.text.length <= mostCharacters)
    return exchange;
  const cut = `${response.body.text.slice(0, mostCharacters)}\n… the rest is in run.json`;
  return { ...exchange, response: { ...response, body: { text: cut } } };
}
