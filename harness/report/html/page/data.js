/** @typedef {import('../page-data.ts').PageData} PageData */
/** @typedef {PageData['rows'][number]} PageRow */
/** @typedef {PageRow['cases'][number]} PageCaseRow */
/** @typedef {NonNullable<PageCaseRow['cells'][number]>} PageCase */
/** @typedef {PageData['columns'][number]} PageColumn */

export const data = /** @type {PageData} */ (embedded());

/** A case, the row it is in and the subject's column. @typedef {{ row: PageCaseRow, column: number, one: PageCase }} Found */

/** @type {ReadonlyMap<string, PageCaseRow>} */
const caseRows = new Map(data.rows.flatMap((row) => row.cases.map((one) => [encodeLightly(one.id), one])));

/** What a look should find first. @type {readonly string[]} */
const worstFirst = ['fail', 'error', 'waived', 'skip', 'pass'];

/**
 * The part of the address after `#`: the id of a case, and after `@` the subject.
 * @param {string} id
 * @param {number} column
 */
export function linkTo(id, column) {
  const { label } = /** @type {PageColumn} */ (data.columns[column]);
  return `#${[id, ...(data.columns.length > 1 ? [label] : [])].map(encodeLightly).join('@')}`;
}

/**
 * @param {string} hash
 * @returns {Found | undefined}
 */
export function linked(hash) {
  const [id = '', label] = hash
    .slice(1)
    .split('@')
    .map((part) => encodeLightly(decoded(part)));
  const row = caseRows.get(id);
  if (row === undefined) return undefined;
  const column =
    label === undefined ? worstColumn(row) : data.columns.findIndex((each) => encodeLightly(each.label) === label);
  const one = row.cells[column];
  return one === undefined || one === null ? undefined : { row, column, one };
}

/** @param {PageCaseRow} row */
export function worstColumn(row) {
  const places = row.cells.flatMap((one, place) =>
    one === null ? [] : [{ place, rank: worstFirst.indexOf(one.outcome) }],
  );
  return places.sort((a, b) => a.rank - b.rank)[0]?.place ?? -1;
}

/**
 * The case that a response or a group shows first on a subject.
 * @param {PageRow} row
 * @param {number} column
 * @returns {Found | undefined}
 */
export function worstCase(row, column) {
  const found = row.cases.flatMap((each) => {
    const one = each.cells[column];
    return one === undefined || one === null ? [] : [{ row: each, column, one }];
  });
  return found.sort((a, b) => worstFirst.indexOf(a.one.outcome) - worstFirst.indexOf(b.one.outcome))[0];
}

/** Ids stay readable in the address. Half of a surrogate pair cannot be encoded at all. @param {string} text */
function encodeLightly(text) {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
    .replace(/%2F/g, '/')
    .replace(/%3A/g, ':');
}

/** @param {string} text */
export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @returns {unknown} */
function embedded() {
  return JSON.parse(document.getElementById('data')?.textContent ?? '');
}
