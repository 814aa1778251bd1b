import { data } from './data.js';
import { badge, el, instant } from './dom.js';
import { outcomeBadge } from './subject.js';

/** @typedef {import('./data.js').PageColumn} PageColumn */

/** What was tested, and what came of it. */
export function header() {
  const operations = new Map(data.columns.map(({ operation }) => [operation.id, operation]));
  const [only] = data.columns;
  const problems = data.columns.flatMap((column) =>
    column.outcome.problems.map((problem) => `${column.label}: ${problem}`),
  );
  const idle = data.columns.flatMap(whyIdle);
  return el(
    'header',
    {},
    ...[...operations.values()].map((operation) =>
      el('h1', {}, operation.id, el('span.faint', {}, ` ${operation.method} ${operation.path}`)),
    ),
    el(
      'p.outcome',
      {},
      only !== undefined && data.columns.length === 1 ? outcomeBadge(only.outcome, only.outcome.because) : headline(),
    ),
    el('p.faint', {}, documents(), ' · ', only !== undefined && el('time', {}, instant(only.started))),
    problems.length > 0 && el('ul.problems', {}, ...problems.map((problem) => el('li', {}, problem))),
    idle.length > 0 && el('ul.idle', {}, ...idle.map((why) => el('li', {}, why))),
  );
}

/** Who violated the contract, of whom it is unknown, and how many held it. */
function headline() {
  const held = data.columns.filter(({ outcome }) => outcome.exit === 0).length;
  const violated = labels((exit) => exit === 1);
  const unproved = labels((exit) => exit === 4);
  const unknown = labels((exit) => exit !== 0 && exit !== 1 && exit !== 4);
  const words = [
    violated === '' ? '' : `violated by ${violated}`,
    unknown === '' ? '' : `unknown for ${unknown}`,
    unproved === '' ? '' : `unproved for ${unproved}`,
    `held by ${held} of ${data.columns.length} subjects`,
    violated === '' ? knownHazards() : '',
  ];
  const state = violated !== '' ? 'fail' : unknown !== '' ? 'error' : unproved !== '' ? 'unproved' : 'pass';
  return badge(state, words.filter(Boolean).join(', '));
}

/** Green holds nothing back: a hazard that is waived is named where the verdict is. */
function knownHazards() {
  const count = data.columns.reduce((sum, { counts }) => sum + (counts.hazards ?? 0), 0);
  return count === 0 ? '' : count === 1 ? 'with 1 known hazard' : `with ${count} known hazards`;
}

/** @param {(exit: number) => boolean} of */
function labels(of) {
  const all = data.columns.filter(({ outcome }) => of(outcome.exit)).map(({ label }) => label);
  return `${all.slice(0, 3).join(', ')}${all.length > 3 ? ` and ${all.length - 3} more` : ''}`;
}

/** `Pinecone Control Plane API 2025-04, 2026-07` */
function documents() {
  /** @type {Map<string, Set<string>>} */
  const versions = new Map();
  for (const { document } of data.columns) {
    versions.set(document.title, (versions.get(document.title) ?? new Set()).add(document.version));
  }
  return [...versions].map(([title, of]) => `${title} ${[...of].sort().join(', ')}`).join('; ');
}

/** The one reason for which a subject among several proved nothing at all. @param {PageColumn} column */
function whyIdle({ label, coverage }) {
  const [first] = coverage;
  if (data.columns.length === 1 || first === undefined || first.how === '') return [];
  const same = coverage.every(({ status, how }) => status === 'unproved' && how === first.how);
  return same ? [`${label}: ${first.how}`] : [];
}
