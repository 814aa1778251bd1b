/** One cell of the grid is in the tab order; arrow keys move from it. @param {HTMLElement} grid */
export function keepOneInTabOrder(grid) {
  const current = grid.querySelector('[tabindex="0"]');
  if (current !== null && current.checkVisibility()) return;
  current?.setAttribute('tabindex', '-1');
  for (const cell of grid.querySelectorAll('[tabindex]')) {
    if (cell.checkVisibility()) {
      cell.setAttribute('tabindex', '0');
      return;
    }
  }
}

/** Arrow keys, Home and End move between cells; Enter and the space bar open one. @param {HTMLElement} grid */
export function moveByKeys(grid) {
  grid.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.hasAttribute('tabindex')) return;
    grid.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    target.setAttribute('tabindex', '0');
  });
  grid.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (!(target instanceof HTMLElement)) return;
    if (key === 'Enter' || key === ' ') target.click();
    else if (!move(grid, target, key)) return;
    event.preventDefault();
  });
}

/**
 * @param {HTMLElement} grid
 * @param {HTMLElement} from
 * @param {string} key
 */
function move(grid, from, key) {
  const row = from.closest('.row');
  if (row === null) return false;
  const inRow = (/** @type {Element} */ of) =>
    [...of.children].filter((cell) => cell instanceof HTMLElement && cell.hasAttribute('tabindex') && !cell.hidden);
  const cells = inRow(row);
  const place = cells.indexOf(from);
  const column = [...row.children].indexOf(from);
  const sideways = { ArrowLeft: cells[place - 1], ArrowRight: cells[place + 1], Home: cells[0], End: cells.at(-1) };
  if (key in sideways) {
    focus(sideways[/** @type {keyof typeof sideways} */ (key)]);
    return true;
  }
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return false;
  const rows = [...grid.querySelectorAll('.row')].filter((each) => each.checkVisibility() && inRow(each).length > 0);
  const next = rows[rows.indexOf(row) + (key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return true;
  const same = next.children[column];
  focus(same !== undefined && inRow(next).includes(same) ? same : inRow(next)[0]);
  return true;
}

/** @param {Element | undefined} element */
function focus(element) {
  if (!(element instanceof HTMLElement)) return;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
