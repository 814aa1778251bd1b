import { data, linkTo } from './data.js';
import { badge, copied, duration, el, instant } from './dom.js';
import { requestBlock, responseBlock } from './message.js';

/** @typedef {import('./data.js').Found} Found */
/** @typedef {import('./data.js').PageCase} PageCase */
/** @typedef {import('../../../model/verdict.ts').Finding} Finding */

/**
 * Everything that is known of a case on a subject.
 * @param {Found} found
 */
export function evidence({ row, column, one }) {
  const failed = one.findings.length > 0;
  return [
    el('h2', { tabindex: -1 }, row.name),
    el(
      'p.verdict',
      {},
      badge(one.outcome),
      el('span.faint', {}, ` against ${data.columns[column]?.label ?? ''}, ${duration(one.ms)}`),
    ),
    elsewhere(row, column),
    el('p.requirement', {}, one.requirement),
    el(
      'dl.promise',
      {},
      el('dt', {}, 'Promised'),
      el('dd', {}, one.promised),
      el('dt', {}, 'Came'),
      el('dd', {}, one.came),
      ...(one.state === '' ? [] : [el('dt', {}, 'Provoked by'), el('dd', {}, one.state)]),
    ),
    one.reason !== undefined && el('p.notice', {}, `Skipped: ${one.reason}`),
    one.waived !== undefined &&
      el('p.notice', {}, `Waived until ${one.waived.expires}: ${one.waived.reason} (${one.waived.issue})`),
    one.error !== undefined && errorBox(one.error),
    failed && el('section', {}, el('h3', {}, 'What is wrong'), ...one.findings.map(finding)),
    ...exchanges(one),
    one.driver !== undefined && driver(one.driver),
    one.advice.length > 0 && el('section', {}, el('h3', {}, 'Advice'), ...one.advice.map(finding)),
    excerpt(one),
    el(
      'section',
      {},
      el('h3', {}, 'Reproduce it'),
      copied('the command that runs this case', one.reproduce),
      one.curl !== undefined && copied('the request as a curl line', one.curl),
    ),
    earlierRuns(column, one),
  ];
}

/**
 * The same case on the other subjects.
 * @param {Found['row']} row
 * @param {number} column
 */
function elsewhere(row, column) {
  const others = row.cells.flatMap((one, place) => (one === null || place === column ? [] : [{ one, place }]));
  if (others.length === 0) return null;
  return el(
    'ul.elsewhere',
    { 'aria-label': 'On other subjects' },
    ...others.map(({ one, place }) =>
      el('li', {}, el('a', { href: linkTo(row.id, place) }, badge(one.outcome, data.columns[place]?.label ?? ''))),
    ),
  );
}

/** @param {{ code: string, message: string, hint?: string }} error */
function errorBox({ code, message, hint }) {
  return el(
    'div.finding',
    { 'data-state': 'error' },
    el('p', {}, el('b', {}, code), ` ${message}`),
    hint !== undefined && advise(hint),
  );
}

/** @param {string} hint */
function advise(hint) {
  return el('p.hint', {}, el('span.faint', {}, 'Next: '), hint);
}

/** @param {Finding} found */
function finding(found) {
  return el(
    'div.finding',
    { 'data-state': found.severity === 'advice' ? 'skip' : 'fail' },
    el('p', {}, found.severity === 'hazard' && badge('hazard'), el('b', {}, found.check), ` ${found.message}`),
    el(
      'dl.sides',
      {},
      el('div', {}, el('dt', {}, 'Expected'), el('dd', {}, found.expected)),
      el('div', {}, el('dt', {}, 'Came'), el('dd', {}, found.actual)),
    ),
    found.hint !== undefined && advise(found.hint),
    el('p.place', {}, `${found.where}, ${found.at.file}:${found.at.line}`),
  );
}

/** @param {PageCase} one */
function exchanges(one) {
  return one.exchanges.map((exchange, place) => {
    const about = [...one.findings, ...one.advice].filter((each) => (each.exchange ?? 0) === place);
    const title = one.exchanges.length > 1 ? `${place + 1}. ${exchange.step}` : 'The exchange';
    return el(
      'section',
      {},
      el('h3', {}, title),
      el('div.exchange', {}, requestBlock(exchange), responseBlock(exchange, about)),
    );
  });
}

/** @param {NonNullable<PageCase['driver']>} told */
function driver(told) {
  const block = (/** @type {string} */ name, /** @type {unknown} */ value) =>
    el(
      'div.message',
      {},
      el('h4', {}, name),
      el('pre', { tabindex: 0 }, typeof value === 'string' ? value : JSON.stringify(value, null, 2)),
    );
  return el(
    'section',
    {},
    el('h3', {}, 'The driver of the SDK'),
    el('p.place', {}, `${told.command.join(' ')} ended with ${told.exit}`),
    el('div.exchange', {}, block('It was told', told.input), block('It told', told.output ?? 'nothing')),
    told.stderr !== '' && block('It said on stderr', told.stderr),
  );
}

/** @param {PageCase} one */
function excerpt(one) {
  const lines = data.excerpts[one.excerpt] ?? [];
  const example = one.example === undefined ? null : JSON.stringify(one.example, null, 2);
  return el(
    'section',
    {},
    el('h3', {}, 'What the document says'),
    el('p.place', {}, `${one.at.file}:${one.at.line}`),
    lines.length > 0 &&
      el(
        'pre.excerpt',
        { tabindex: 0 },
        ...lines.map((line, place) => {
          const number = one.excerptLine + place;
          const text = [el('span.number', {}, String(number).padStart(5)), ` ${line}\n`];
          return number === one.at.line ? el('mark.line', {}, ...text) : el('span.line', {}, ...text);
        }),
      ),
    example !== null &&
      el('details', {}, el('summary', {}, 'The promised body, as an example'), el('pre', { tabindex: 0 }, example)),
  );
}

/**
 * @param {number} column
 * @param {PageCase} one
 */
function earlierRuns(column, one) {
  const runs = data.columns[column]?.earlier ?? [];
  if (runs.length === 0) return null;
  return el(
    'section',
    {},
    el('h3', {}, 'Earlier runs'),
    el(
      'ul.history',
      {},
      ...runs.map((run, place) => {
        const outcome = one.history[place] ?? null;
        return el(
          'li',
          {},
          el('span.faint', {}, instant(run.started)),
          outcome === null ? 'not in this run' : badge(outcome),
        );
      }),
    ),
  );
}
