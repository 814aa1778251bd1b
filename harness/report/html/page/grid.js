import { data, worstCase } from './data.js';
import { badge, breakable, el } from './dom.js';
import { filtering, isWanted, wanted } from './filter.js';
import { keepOneInTabOrder, moveByKeys } from './grid-keys.js';
import { byReason, reasonOfResponse, reasonRow, sentence } from './reasons.js';
import { outcomeBadge } from './subject.js';

/** @typedef {import('./data.js').Found} Found */
/** @typedef {import('./data.js').PageRow} PageRow */
/** @typedef {import('./data.js').PageCaseRow} PageCaseRow */
/** @typedef {{ row: PageRow, element: HTMLElement, children: HTMLElement, drawn: boolean, cases: Map<PageCaseRow, HTMLElement>, shared: Map<HTMLElement, readonly PageCaseRow[]> }} Section */
/** @typedef {{ onCase: (found: Found) => void, onSubject: (column: number) => void }} Handlers */

/**
 * The matrix: declared responses and groups of probes, with the cases in them, × subjects.
 * @param {Handlers} handlers
 */
export function makeGrid(handlers) {
  const several = new Set(data.rows.map((row) => row.operation)).size > 1;
  /** @type {Section[]} */
  const sections = [];
  const grid = el('div.grid', { role: 'grid', 'aria-label': 'Declared responses and probes by subject' });
  grid.append(headRow(handlers));
  for (const kind of /** @type {const} */ (['response', 'group'])) {
    const rows = data.rows.filter((row) => row.kind === kind);
    if (rows.length === 0) continue;
    const title = kind === 'response' ? 'Declared responses' : groupsTitle();
    const body = el('div.part', { role: 'rowgroup', 'aria-label': title }, titleRow(title, rows));
    for (const row of rows) {
      const section = makeSection(row, several, handlers);
      sections.push(section);
      body.append(section.element, section.children);
    }
    grid.append(body);
  }
  grid.style.setProperty('--columns', String(data.columns.length));
  moveByKeys(grid);
  return { grid, refresh, reveal };

  /**
   * Bring the row of a case into sight and mark it.
   * @param {PageCaseRow} [wantedRow] none: no row is marked
   */
  function reveal(wantedRow) {
    for (const marked of grid.querySelectorAll('[aria-current]')) marked.removeAttribute('aria-current');
    const section = sections.find(({ row }) => wantedRow !== undefined && row.cases.includes(wantedRow));
    if (section === undefined || wantedRow === undefined) return;
    const [only, ...others] = section.row.cases;
    if (others.length > 0 && section.row.kind === 'group') unfold(section, true, handlers);
    const element = only === wantedRow && others.length === 0 ? section.element : section.cases.get(wantedRow);
    const shownRow = element?.checkVisibility() ? element : section.element;
    shownRow.setAttribute('aria-current', 'true');
    shownRow.scrollIntoView({ block: 'nearest' });
  }

  /** Show what is wanted; returns how many cases that are. */
  function refresh() {
    for (const cell of grid.querySelectorAll('[data-column]')) {
      if (cell instanceof HTMLElement) cell.hidden = !wanted.columns.has(Number(cell.dataset.column));
    }
    grid.style.setProperty('--columns', String(wanted.columns.size));
    let count = 0;
    for (const section of sections) {
      const fitting = new Set(section.row.cases.filter(isWanted));
      count += fitting.size;
      section.element.hidden = fitting.size === 0;
      const open = filtering() ? fitting.size > 0 : opensAtFirst(section.row);
      unfold(section, open && section.row.cases.length > 1, handlers);
      for (const [row, element] of section.cases) element.hidden = !fitting.has(row);
      for (const [element, rows] of section.shared) element.hidden = !rows.some((row) => fitting.has(row));
    }
    keepOneInTabOrder(grid);
    return count;
  }
}

function groupsTitle() {
  const sdks = data.columns.filter((column) => column.subject.kind === 'sdk').length;
  if (sdks === 0) return 'Probes';
  return sdks === data.columns.length ? 'SDK cases' : 'Probes and SDK cases';
}

/** Groups with something to see are open; a response says it all in its own row. @param {PageRow} row */
function opensAtFirst(row) {
  return (
    row.kind === 'group' &&
    row.cells.some(
      (cell) => cell !== null && ['violated', 'unproved', 'failed', 'error', 'waived'].includes(cell.state),
    )
  );
}

/** @param {Handlers} handlers */
function headRow(handlers) {
  return el(
    'div.head',
    { role: 'rowgroup' },
    el(
      'div.row',
      { role: 'row' },
      el('div.name', { role: 'columnheader' }, el('span.faint', {}, 'Promise')),
      ...data.columns.map((column, place) =>
        el(
          'div.cell',
          {
            role: 'columnheader',
            tabindex: -1,
            'data-column': place,
            title: column.label,
            click: () => handlers.onSubject(place),
          },
          el('span.label', {}, ...breakable(column.label)),
          outcomeBadge(column.outcome),
        ),
      ),
    ),
  );
}

/**
 * @param {string} title
 * @param {readonly PageRow[]} rows
 */
function titleRow(title, rows) {
  return el(
    'div.row.title',
    { role: 'row' },
    el('div.name', { role: 'rowheader' }, title),
    ...data.columns.map((_, place) => {
      const cells = rows.flatMap((row) => row.cells[place] ?? []);
      const sum = (/** @type {'good' | 'of'} */ key) => cells.reduce((total, cell) => total + cell[key], 0);
      const skipped = cells.every((cell) => cell.state === 'skipped');
      const words = cells.length === 0 ? '' : skipped ? 'skipped' : `${sum('good')} of ${sum('of')}`;
      return el('div.cell', { role: 'gridcell', 'data-column': place }, words);
    }),
  );
}

/**
 * @param {PageRow} row
 * @param {boolean} several operations
 * @param {Handlers} handlers
 * @returns {Section}
 */
function makeSection(row, several, handlers) {
  const folds = row.cases.length > 1;
  const name = el(
    'div.name',
    { role: 'rowheader', tabindex: -1, ...(folds ? { 'aria-expanded': 'false', click: toggle } : {}) },
    el('span.fold', { 'aria-hidden': 'true' }, folds ? '›' : ''),
    el('b', {}, row.name),
    several && el('span.faint', {}, ` ${row.operation}`),
    row.description !== '' && el('span.faint.description', {}, row.description),
    row.kind === 'response' && reasonOfResponse(row),
  );
  const element = el(
    'div.row.summary',
    { role: 'row' },
    name,
    ...row.cells.map((cell, column) => {
      const found = worstCase(row, column);
      const open = () => found !== undefined && handlers.onCase(found);
      return el(
        'div.cell',
        {
          role: 'gridcell',
          'data-column': column,
          ...(cell === null ? {} : { tabindex: -1, title: cell.why, click: open }),
        },
        cell === null ? el('span.faint', { 'aria-label': 'not run' }, '·') : badge(stateOf(cell.state), cell.words),
      );
    }),
  );
  /** @type {Section} */
  const section = { row, element, children: el('div.cases', {}), drawn: false, cases: new Map(), shared: new Map() };
  section.children.hidden = true;
  return section;

  function toggle() {
    unfold(section, section.children.hasAttribute('hidden'), handlers);
  }
}

/** @param {string} word */
function stateOf(word) {
  const states = new Map([
    ['passed', 'pass'],
    ['failed', 'fail'],
    ['skipped', 'skip'],
  ]);
  return states.get(word) ?? word;
}

/**
 * @param {Section} section
 * @param {boolean} open
 * @param {Handlers} handlers
 */
function unfold(section, open, handlers) {
  if (open && !section.drawn) draw(section, handlers);
  section.children.hidden = !open;
  const name = section.element.firstElementChild;
  if (name?.hasAttribute('aria-expanded')) name.setAttribute('aria-expanded', String(open));
}

/**
 * @param {Section} section
 * @param {Handlers} handlers
 */
function draw(section, handlers) {
  section.drawn = true;
  const titled = section.row.kind === 'group';
  for (const { reason, rows } of byReason(section.row.cases)) {
    const isShared = reason !== undefined && rows.length > 1;
    if (isShared) {
      const element = reasonRow(reason, rows);
      section.shared.set(element, rows);
      element.hidden = !rows.some(isWanted);
      section.children.append(element);
    }
    for (const row of rows) {
      const element = caseRow(row, titled, isShared ? undefined : reason, handlers);
      section.cases.set(row, element);
      if (isShared) element.classList.add('sharing');
      element.hidden = !isWanted(row);
      section.children.append(element);
    }
  }
}

/**
 * @param {PageCaseRow} row
 * @param {boolean} titled
 * @param {import('./reasons.js').Reason | undefined} reason
 * @param {Handlers} handlers
 */
function caseRow(row, titled, reason, handlers) {
  return el(
    'div.row.case',
    { role: 'row' },
    el(
      'div.name',
      { role: 'rowheader', title: row.id },
      el('span', {}, row.short),
      titled && el('span.faint.description', {}, row.title),
      reason !== undefined && sentence(reason),
    ),
    ...row.cells.map((one, column) =>
      el(
        'div.cell',
        {
          role: 'gridcell',
          'data-column': column,
          hidden: !wanted.columns.has(column),
          ...(one === null ? {} : { tabindex: -1, click: () => handlers.onCase({ row, column, one }) }),
        },
        one === null ? el('span.faint', { 'aria-label': 'not run' }, '·') : badge(one.outcome),
      ),
    ),
  );
}
