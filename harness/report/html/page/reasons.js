import { data, worstColumn } from './data.js';
import { el } from './dom.js';

/** @typedef {import('./data.js').PageRow} PageRow */
/** @typedef {import('./data.js').PageCaseRow} PageCaseRow */
/** @typedef {{ state: string, words: string }} Reason */
/** @typedef {{ reason: Reason | undefined, rows: PageCaseRow[] }} SharedReason */

/** What is wrong with a response, or why it is not proved, where that is so for every subject. @param {PageRow} row */
export function reasonOfResponse(row) {
  const cells = row.cells.flatMap((one) => one ?? []);
  const [first] = cells;
  const shared = cells.every((one) => one.state === first?.state && one.why === first.why) ? first : undefined;
  const open = shared !== undefined && ['unproved', 'exempt', 'waived'].includes(shared.state) ? shared : undefined;
  const cell = cells.find((one) => one.state === 'violated') ?? open;
  return cell === undefined || cell.why === '' ? null : sentence({ state: cell.state, words: cell.why });
}

/**
 * The cases of a row in their order, but for those that have the same reason: they stand together, so that it is said once.
 * @param {readonly PageCaseRow[]} rows
 * @returns {readonly SharedReason[]}
 */
export function byReason(rows) {
  /** @type {Map<string, SharedReason>} */
  const groups = new Map();
  for (const row of rows) {
    const reason = reasonOf(row);
    const key = reason === undefined ? row.id : `${reason.state} ${reason.words}`;
    const group = groups.get(key) ?? { reason, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The first finding of a case, or why it did not run, on the subject where it is worst. @param {PageCaseRow} row */
function reasonOf(row) {
  const one = row.cells[worstColumn(row)];
  if (one === null || one === undefined || one.outcome === 'pass') return undefined;
  const words = one.findings[0]?.message ?? one.error?.message ?? one.reason ?? '';
  return words === '' ? undefined : { state: one.outcome, words };
}

/** @param {Reason} reason */
export function sentence({ state, words }) {
  return el('span.reason', { 'data-state': state }, words);
}

/**
 * The row above cases that have one reason: how many they are, and which subjects it was seen on.
 * @param {Reason} reason
 * @param {readonly PageCaseRow[]} rows
 */
export function reasonRow(reason, rows) {
  const where = data.columns.flatMap(({ label }, column) =>
    rows.some((row) => isSeenOn(row, column, reason)) ? [label] : [],
  );
  const subjects = data.columns.length > 1 ? ` on ${where.join(', ')}` : '';
  return el(
    'div.row.shared',
    { role: 'row' },
    el(
      'div.name',
      { role: 'rowheader' },
      sentence(reason),
      el('span.faint.description', {}, `${rows.length} cases${subjects}`),
    ),
  );
}

/**
 * @param {PageCaseRow} row
 * @param {number} column
 * @param {Reason} reason
 */
function isSeenOn(row, column, { words }) {
  const one = row.cells[column];
  if (one === null || one === undefined || one.outcome === 'pass') return false;
  return one.findings.some(({ message }) => message === words) || one.error?.message === words || one.reason === words;
}
