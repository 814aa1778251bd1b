import { data, linkTo } from './data.js';
import { badge, el } from './dom.js';

/** @typedef {import('./data.js').PageColumn} PageColumn */
/** @typedef {PageColumn['causes'][number]} PageCause */

/** More than so many are folded. */
const mostOpen = 10;

/** What red cases have in common, by subject: each cause leads to its evidence. */
export function causes() {
  const red = [...data.columns.entries()].filter(([, column]) => column.causes.length > 0);
  if (red.length === 0) return null;
  return el('section.causes', { 'aria-label': 'Causes' }, ...red.map(([place, column]) => ofSubject(place, column)));

  /**
   * @param {number} place
   * @param {PageColumn} column
   */
  function ofSubject(place, column) {
    const cases = new Set(column.causes.flatMap((cause) => cause.cases));
    const size = `${counted(column.causes.length, 'cause')}, ${counted(cases.size, 'case')}`;
    const title = data.columns.length > 1 ? `${column.label}: ${size}` : size;
    const first = column.causes.slice(0, mostOpen);
    const rest = column.causes.slice(mostOpen);
    const lists = [
      el('ol', {}, ...first.map((cause) => item(place, cause))),
      rest.length > 0 &&
        el(
          'details',
          {},
          el('summary', {}, counted(rest.length, 'more cause')),
          el('ol', { start: mostOpen + 1 }, ...rest.map((cause) => item(place, cause))),
        ),
    ];
    if (red.length <= 3) return el('div', {}, el('h2', {}, title), ...lists);
    return el('details', {}, el('summary', {}, title), ...lists);
  }
}

/**
 * @param {number} column
 * @param {PageCause} cause
 */
function item(column, { status, words, cases }) {
  const [shown = '', ...others] = cases;
  return el(
    'li',
    {},
    badge(status, counted(cases.length, 'case')),
    ' ',
    el('a', { href: linkTo(shown, column) }, words),
    others.length > 0 &&
      el(
        'details',
        {},
        el('summary', {}, `the same in ${counted(others.length, 'other case')}`),
        el('ul', {}, ...others.map((id) => el('li', {}, el('a', { href: linkTo(id, column) }, id)))),
      ),
  );
}

/**
 * @param {number} count
 * @param {string} noun
 */
function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
