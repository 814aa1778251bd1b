import { expect, it } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import type { Case, Need, Expectation, RequestPlan, Send, Step } from '../model/case.ts';
import { readDocument } from '../openapi/document/document.ts';
import { findOperation } from '../openapi/operation/operation.ts';
import { casesOf } from './cases.ts';
import { loadSuite } from './suite.ts';

const document = await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml'));

it('the cases of delete_backup say this to people, and send this', async () => {
  const operation = findOperation(document, 'delete_backup');
  const cases = casesOf(operation, loadSuite(packageFile('suites', 'delete_backup')));
  await expect(`${cases.map(requestText).join('\n\n')}\n`).toMatchFileSnapshot('./sent.txt');
});

/** A case as lines: what holds, what it needs, and each step with the promise that it rests on. */
function requestText(one: Case): string {
  const { id, severity, title, requirement, exempt, hazard, needs, steps } = one;
  return [
    `${id}${severity === 'advice' ? ' (advice)' : ''}`,
    `  ${title}`,
    `  ${requirement}`,
    ...(exempt === undefined ? [] : [`  exempt on ${exempt.on.join(', ')}: ${exempt.reason}`]),
    ...(hazard === undefined ? [] : [`  hazard: ${hazard}`]),
    ...needs.map((need) => `  needs ${needed(need)}`),
    ...steps.flatMap(linesOf).map((line) => `  - ${line}`),
  ].join('\n');
}

function needed({ state, as, consumes }: Need): string {
  const names = Object.entries(as).map(([value, name]) => (value === name ? name : `${value} as ${name}`));
  return `${state}: ${names.join(', ')}${consumes ? ', used up' : ''}`;
}

function linesOf(step: Step): readonly string[] {
  switch (step.kind) {
    case 'send':
      return [`${step.name}: ${requestOf(step.request)} → ${promiseOf(step.expectation)}${specialOf(step)}`];
    case 'property':
      return [
        `${step.name}: ${step.runs} × ${step.generates}: ${requestOf(step.request)} → ${promiseOf(step.expectation)}`,
      ];
    case 'together':
      return [`${step.name}: at once, ${step.atLeastOne} at least once`, ...step.sends.flatMap(linesOf)];
    case 'make':
      return [`${step.name}: ${requestOf(step.request)} → ${promiseOf(step.expectation)}, then read`];
    case 'provoke':
      return [`${step.name}: ${step.attempts.length} attempts`];
    case 'observe':
      return [`${step.name}: ${step.what} is ${step.is}, through ${step.through}`];
    default:
      return step satisfies never;
  }
}

function requestOf({ method, path, query = [], headers, body, credential }: RequestPlan): string {
  const asked = query.map(([name, value]) => `${name}=${value}`).join('&');
  return [
    `${method} ${path}${asked === '' ? '' : `?${asked}`}`,
    `key ${credential}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : [JSON.stringify(body)]),
  ].join(' │ ');
}

function promiseOf(promised: Expectation): string {
  switch (promised.kind) {
    case 'declared': {
      const { response, media, example } = promised;
      return [response.key, media?.type, example?.name].filter((part) => part !== undefined).join(' ');
    }
    case 'one-of':
    case 'one-of-or-4xx':
      return `${promised.kind} ${promised.responses.map(({ key }) => key).join(', ')}`;
    case 'rejected':
    case 'not-5xx':
      return promised.kind;
    default:
      return promised satisfies never;
  }
}

function specialOf({ connection, sameAnswerAs, retryWhile }: Send): string {
  return [
    ...(connection === undefined ? [] : [` (${connection} connection)`]),
    ...(sameAnswerAs === undefined ? [] : [` (like "${sameAnswerAs}")`]),
    ...(retryWhile === undefined ? [] : [` (again while ${retryWhile.map(({ key }) => key).join(', ')})`]),
  ].join('');
}
