import { data } from './data.js';
import { badge, duration, el, instant } from './dom.js';

/** @typedef {import('./data.js').PageColumn} PageColumn */

/**
 * The state of a whole run as one of the states that cells have.
 * @param {import('../../../model/record.ts').Outcome} outcome
 * @param {string} [text]
 */
export function outcomeBadge({ exit }, text) {
  switch (exit) {
    case 0:
      return badge('pass', text ?? 'held');
    case 1:
      return badge('fail', text ?? 'violated');
    case 4:
      return badge('unproved', text ?? 'unproved');
    case 130:
      return badge('error', text ?? 'interrupted');
    case 2:
    case 3:
      return badge('error', text ?? 'result unknown');
    default:
      return badge('error', text ?? String(exit));
  }
}

/**
 * What is known of the run behind a column.
 * @param {number} column
 */
export function subjectPanel(column) {
  const run = /** @type {PageColumn} */ (data.columns[column]);
  const { counts, outcome } = run;
  return [
    el('h2', { tabindex: -1 }, run.label),
    el('p.verdict', {}, outcomeBadge(outcome, `${outcome.because} (exit ${outcome.exit})`)),
    outcome.problems.length > 0 && el('ul.problems', {}, ...outcome.problems.map((problem) => el('li', {}, problem))),
    el(
      'dl.facts',
      {},
      ...facts({
        Operation: `${run.operation.id}, ${run.operation.method} ${run.operation.path}`,
        Document: `${run.document.title} ${run.document.version}, ${run.document.source}`,
        'SHA-256 of it': run.document.sha256,
        Suite: `${run.suite.name} ${run.suite.version}`,
        Cases: `${counts.cases}: ${counts.pass} passed, ${counts.fail} failed, ${counts.error} errors, ${counts.waived} waived, ${counts.skip} skipped`,
        Advice: `${counts.advice}${run.strict ? ', and the run is strict' : ''}`,
        Started: instant(run.started),
        Took: duration(run.ms),
        Seed: String(run.seed),
        Tool: `${run.tool.name} ${run.tool.version}`,
        ...(run.shard === undefined ? {} : { Shard: run.shard }),
      }),
    ),
    run.earlier.length > 0 &&
      el(
        'section',
        {},
        el('h3', {}, 'Earlier runs'),
        el(
          'ul.history',
          {},
          ...run.earlier.map((earlier) =>
            el(
              'li',
              {},
              el('span.faint', {}, instant(earlier.started)),
              outcomeBadge(earlier.outcome, earlier.outcome.because),
            ),
          ),
        ),
      ),
  ];
}

/** @param {Readonly<Record<string, string>>} rows */
function facts(rows) {
  return Object.entries(rows).flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]);
}
