import type { CaseRecord, Counts, ExchangeRecord, Outcome, RunRecord } from '../../model/record.ts';
import { reproduceCommand } from '../reproduce-command.ts';
import { causeWords, shownCauses } from '../causes-of-run.ts';
import { cameWords, outcomeLabelOf, promisedWords, restOfId, type CaseOutcome } from '../labels.ts';
import { columnsOf, matrixOf, type Cell, type Column } from '../matrix.ts';

/** What the page shows, ready to be drawn: `page/` draws it and works nothing out. */
export interface PageData {
  readonly columns: readonly PageColumn[];
  readonly rows: readonly PageRow[];
  /** The excerpts of the document, each once. */
  readonly excerpts: readonly (readonly string[])[];
}

interface PageColumn extends Omit<RunRecord, 'schema' | 'cases' | 'causes'> {
  readonly label: string;
  readonly causes: readonly PageCause[];
  /** Newest first. */
  readonly earlier: readonly { readonly started: string; readonly counts: Counts; readonly outcome: Outcome }[];
}

/** What red cases have in common; the first case is shown for all. */
interface PageCause {
  readonly status: 'fail' | 'error';
  readonly words: string;
  readonly cases: readonly string[];
}

/** A declared response, or a group of other cases, and the cases in it. */
interface PageRow {
  readonly operation: string;
  readonly kind: 'response' | 'group';
  readonly name: string;
  readonly description: string;
  readonly cells: readonly (Omit<Cell, 'ids'> | null)[];
  readonly cases: readonly PageCaseRow[];
}

interface PageCaseRow {
  readonly id: string;
  /** The id without its operation. */
  readonly name: string;
  /** What of the name its row has not said yet. */
  readonly short: string;
  readonly title: string;
  readonly cells: readonly (PageCase | null)[];
}

interface PageCase extends Omit<CaseRecord, 'excerpt'> {
  readonly outcome: CaseOutcome;
  readonly reproduce: string;
  readonly promised: string;
  readonly came: string;
  /** Which of the page's excerpts. */
  readonly excerpt: number;
  /** What became of it in the earlier runs of its column; `null` where it did not run. */
  readonly history: readonly (CaseOutcome | null)[];
}

export function pageData(runs: readonly RunRecord[]): PageData {
  const matrix = matrixOf(redSubjectsFirst(runs));
  const excerpts = new Map<string, number>();
  const byId = matrix.columns.map(({ run }) => new Map(run.cases.map((record) => [record.id, record])));
  const earlier = matrix.columns.map((column) =>
    column.earlier.map((run) => new Map(run.cases.map((record) => [record.id, outcomeLabelOf(record)]))),
  );
  const onlySdks = runs.every((run) => run.subject.kind === 'sdk');
  const caseRow = (id: string, row: string): PageCaseRow => {
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
        outcome: outcomeLabelOf(record),
        reproduce: reproduceCommand(run, record),
        promised: promisedWords(record),
        came: cameWords(record),
        excerpt: known,
        history: earlier[place]?.map((outcomes) => outcomes.get(id) ?? null) ?? [],
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

/** A reader looks for what is wrong: subjects whose latest run is red come first; else the order stays. */
function redSubjectsFirst(runs: readonly RunRecord[]): readonly RunRecord[] {
  const columns = columnsOf(runs);
  const isRed = ({ run }: Column): boolean => run.outcome.exit !== 0;
  return [...columns.filter(isRed), ...columns.filter((column) => !isRed(column))].flatMap(({ run, earlier }) => [
    run,
    ...earlier,
  ]);
}

/** `no-key` for `probe/auth/no-key` in the row `auth`. */
function shortName(name: string, row: string): string {
  const said = [`${row}/`, `probe/${row}/`].find((each) => name.toLowerCase().startsWith(each.toLowerCase()));
  return said === undefined ? name : name.slice(said.length);
}

/** What is red on any subject stands first; else the order stays. */
function redFirst(a: PageCaseRow, b: PageCaseRow): number {
  const isRed = (row: PageCaseRow): boolean =>
    row.cells.some((one) => one?.outcome === 'fail' || one?.outcome === 'error');
  return Number(isRed(b)) - Number(isRed(a));
}

function pageColumn({ label, run, earlier }: Column): PageColumn {
  return {
    ...without(run, 'schema', 'cases', 'causes'),
    label,
    causes: shownCauses(run).map((one) => ({
      status: one.cause.status,
      words: causeWords(one),
      cases: one.cause.cases,
    })),
    earlier: earlier.map(({ started, counts, outcome }) => ({ started, counts, outcome })),
  };
}

function without<T extends object, K extends keyof T>(whole: T, ...keys: readonly K[]): Omit<T, K> {
  const rest = { ...whole };
  for (const key of keys) Reflect.deleteProperty(rest, key);
  return rest;
}

/** A page is for looking: what a body has beyond this is in run.json and in the HAR file. */
const mostCharacters = 60_000;

function withShortBody(exchange: ExchangeRecord): ExchangeRecord {
  const { response } = exchange;
  if (response === undefined || !('text' in response.body) || response.body.text.length <= mostCharacters)
    return exchange;
  const cut = `${response.body.text.slice(0, mostCharacters)}\n… the rest is in run.json`;
  return { ...exchange, response: { ...response, body: { text: cut } } };
}
