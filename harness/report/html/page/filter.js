import { data } from './data.js';

/** @typedef {import('./data.js').PageCaseRow} PageCaseRow */
/** @typedef {import('./data.js').PageCase} PageCase */

/** What the person wants to see. */
export const wanted = {
  /** Outcomes, `hazard` and `advice`; empty: all. @type {Set<string>} */
  outcomes: new Set(),
  /** Lower case words that must all be there. @type {readonly string[]} */
  words: [],
  /** The columns shown. @type {Set<number>} */
  columns: new Set(data.columns.keys()),
};

/** Whether anything is left out. */
export function filtering() {
  return wanted.outcomes.size > 0 || wanted.words.length > 0;
}

/** @param {PageCaseRow} row */
export function isWanted(row) {
  if (!filtering() && wanted.columns.size === data.columns.length) return true;
  const cells = row.cells.filter((one, column) => one !== null && wanted.columns.has(column));
  if (cells.length === 0) return false;
  if (wanted.outcomes.size > 0 && !cells.some((one) => one !== null && fitsOutcome(one))) return false;
  return wanted.words.length === 0 || wanted.words.every((word) => textOf(row).includes(word));
}

/** @param {PageCase} one */
function fitsOutcome(one) {
  if (wanted.outcomes.has('hazard') && one.findings.some(({ severity }) => severity === 'hazard')) return true;
  return wanted.outcomes.has(one.outcome) || (wanted.outcomes.has('advice') && one.advice.length > 0);
}

/** @type {Map<PageCaseRow, string>} */
const texts = new Map();

/** @param {PageCaseRow} row */
function textOf(row) {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const parts = row.cells.flatMap((one) =>
    one === null
      ? []
      : [
          one.title,
          one.requirement,
          one.promise,
          one.state,
          one.came,
          one.reason ?? '',
          one.error?.code ?? '',
          one.error?.message ?? '',
          ...[...one.findings, ...one.advice].map((found) => `${found.check} ${found.message} ${found.where}`),
        ],
  );
  const text = [row.id, ...parts].join('\n').toLowerCase();
  texts.set(row, text);
  return text;
}
