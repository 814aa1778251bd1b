import { causes } from './causes.js';
import { data, decoded, linked, linkTo } from './data.js';
import { badge, el } from './dom.js';
import { evidence } from './evidence.js';
import { wanted } from './filter.js';
import { makeGrid } from './grid.js';
import { header } from './header.js';
import { subjectPanel } from './subject.js';

/** @typedef {import('./data.js').Found} Found */

const panel = el('aside', { id: 'panel', 'aria-label': 'Evidence', hidden: true });
const panelBody = el('div.panel-body');
const link = el('a.link', { href: '#' }, 'Link to this case');
panel.append(
  el(
    'div.panel-bar',
    {},
    link,
    el('button', { type: 'button', id: 'close', click: () => close() }, 'Close', el('kbd', {}, 'Esc')),
  ),
  panelBody,
);

/** @type {HTMLElement | null} */
let opener = null;

const { grid, refresh, reveal } = makeGrid({
  onCase: ({ row, column }) => {
    opener = focused();
    location.hash = linkTo(row.id, column);
    // A second click on the same case changes no address.
    showLinked();
  },
  onSubject: (column) => {
    opener = focused();
    history.replaceState(null, '', location.pathname + location.search);
    link.hidden = true;
    show(subjectPanel(column), undefined);
  },
});

const found = el('p.found', { role: 'status' });
const search = /** @type {HTMLInputElement} */ (
  el('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Search cases',
    'aria-label': 'Search cases',
    autocomplete: 'off',
    spellcheck: 'false',
  })
);
const page = el(
  'div',
  { id: 'page' },
  header(),
  causes() ?? '',
  toolbar(),
  el('main', {}, grid, el('p.none', { hidden: true }, 'No case is like that.')),
  footer(),
);
document.body.append(page, panel);
apply();

addEventListener('hashchange', showLinked);
addEventListener('keydown', onKey);
addEventListener('beforeprint', addAppendix);
addEventListener('afterprint', () => document.getElementById('appendix')?.remove());
showLinked();

function toolbar() {
  const total = (/** @type {(counts: import('../../../model/record.ts').Counts) => number} */ of) =>
    data.columns.reduce((sum, column) => sum + of(column.counts), 0);
  const chips = [
    { outcome: 'fail', count: total((counts) => counts.fail) },
    { outcome: 'error', count: total((counts) => counts.error) },
    { outcome: 'hazard', count: total((counts) => counts.hazards ?? 0) },
    { outcome: 'waived', count: total((counts) => counts.waived) },
    { outcome: 'skip', count: total((counts) => counts.skip) },
    { outcome: 'pass', count: total((counts) => counts.pass) },
    { outcome: 'advice', count: total((counts) => counts.advice) },
  ];
  search.addEventListener('input', () => {
    wanted.words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    apply();
  });
  return el(
    'div.toolbar',
    { role: 'search' },
    search,
    el('div.chips', { role: 'group', 'aria-label': 'Verdicts' }, ...chips.map(chip)),
    data.columns.length > 1 && subjects(),
    found,
  );
}

/** @param {{ outcome: string, count: number }} of */
function chip({ outcome, count }) {
  const button = el(
    'button.chip',
    { type: 'button', 'aria-pressed': 'false', 'data-outcome': outcome, disabled: count === 0, click },
    badge(outcome),
    el('b', {}, String(count)),
  );
  return button;

  function click() {
    const on = !wanted.outcomes.has(outcome);
    if (on) wanted.outcomes.add(outcome);
    else wanted.outcomes.delete(outcome);
    button.setAttribute('aria-pressed', String(on));
    apply();
  }
}

function subjects() {
  const boxes = data.columns.map((column, place) => {
    const box = /** @type {HTMLInputElement} */ (el('input', { type: 'checkbox', checked: true, change }));
    return el('label', {}, box, column.label);

    function change() {
      if (box.checked) wanted.columns.add(place);
      else wanted.columns.delete(place);
      apply();
    }
  });
  return el(
    'details.menu',
    {},
    el('summary', {}, 'Subjects'),
    el('div', { role: 'group', 'aria-label': 'Subjects' }, ...boxes),
  );
}

function footer() {
  const [first] = data.columns;
  return el(
    'footer.faint',
    {},
    el('kbd', {}, '/'),
    ' search, ',
    el('kbd', {}, '↑ ↓ ← →'),
    ' move, ',
    el('kbd', {}, 'Enter'),
    ' evidence, ',
    el('kbd', {}, 'Esc'),
    ` back. ${first?.tool.name ?? ''} ${first?.tool.version ?? ''}`,
  );
}

function apply() {
  const count = refresh();
  const all = data.rows.reduce((sum, row) => sum + row.cases.length, 0);
  found.textContent = count === all ? `${all} cases` : `${count} of ${all} cases`;
  const none = page.querySelector('.none');
  if (none instanceof HTMLElement) none.hidden = count > 0;
}

function showLinked() {
  if (location.hash.length < 2) return;
  const one = linked(location.hash);
  if (one === undefined) {
    link.hidden = true;
    show(
      [
        el('h2', { tabindex: -1 }, 'No such case'),
        el('p', {}, `This report has no case ${decoded(location.hash.slice(1))}.`),
      ],
      undefined,
    );
    return;
  }
  link.hidden = false;
  link.setAttribute('href', linkTo(one.row.id, one.column));
  show(evidence(one), one);
}

/**
 * @param {readonly (Node | string | null | undefined | false)[]} content
 * @param {Found | undefined} one
 */
function show(content, one) {
  panelBody.replaceChildren(...content.filter((each) => each instanceof Node));
  panel.hidden = false;
  document.body.classList.add('open');
  reveal(one?.row);
  panel.scrollTop = 0;
  const title = panelBody.querySelector('h2');
  if (title instanceof HTMLElement) title.focus();
}

function close() {
  panel.hidden = true;
  document.body.classList.remove('open');
  reveal();
  history.replaceState(null, '', location.pathname + location.search);
  const back = opener?.checkVisibility() ? opener : grid.querySelector('[tabindex="0"]');
  if (back instanceof HTMLElement) back.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    if (document.activeElement === search && search.value !== '') {
      search.value = '';
      wanted.words = [];
      apply();
    } else if (!panel.hidden) close();
    else if (document.activeElement === search) search.blur();
    else return;
    event.preventDefault();
  } else if (event.key === '/' && document.activeElement !== search) {
    search.focus();
    search.select();
    event.preventDefault();
  }
}

function focused() {
  return document.activeElement instanceof HTMLElement ? document.activeElement : null;
}

/** On paper nothing can be opened: the evidence of what is red goes behind the matrix, once for cases with the same failure. */
function addAppendix() {
  const red = data.rows
    .flatMap((row) => row.cases)
    .flatMap((row) => row.cells.flatMap((one, column) => (one === null ? [] : [{ row, column, one }])))
    .filter(({ one }) => ['fail', 'error', 'waived'].includes(one.outcome));
  /** @type {Map<string, Found[]>} */
  const bySameFailure = new Map();
  for (const each of red) {
    const { findings, error, waived } = each.one;
    const way = findings.map(({ check, where, expected, actual }) => [check, where, expected, actual]);
    const key = JSON.stringify([each.column, error, waived, way]);
    bySameFailure.set(key, [...(bySameFailure.get(key) ?? []), each]);
  }
  const entries = [...bySameFailure.values()]
    .slice(0, 100)
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : el(
            'article',
            {},
            ...evidence(first),
            others.length > 0 && el('p', {}, `In the same way: ${others.map(({ row }) => row.name).join(', ')}.`),
          ),
    );
  if (entries.length > 0) page.append(el('section', { id: 'appendix' }, el('h2', {}, 'Evidence'), ...entries));
}
