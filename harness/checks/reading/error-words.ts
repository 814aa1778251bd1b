import type { DeclaredResponse, MediaType } from '../../model/document.ts';
import type { Subject } from '../../model/target.ts';
import { matchedJson } from './body/declared-body.ts';
import { matchedText } from './body/declared-text.ts';
import { problemOf } from './problem-details.ts';
import { declaresProperty, valueIn } from './schema-properties.ts';

const path = ['error', 'message'];

/** The message of an error, and where it stands: a property of JSON, or the whole body of plain text. */
interface ErrorWords {
  readonly message: string;
  readonly where: string;
  readonly media: MediaType;
  readonly status: number;
  readonly response: DeclaredResponse;
}

/** The error message of the body, where the declared schema has one. */
export function errorWords(subject: Subject): ErrorWords | undefined {
  return inProblem(subject) ?? inJson(subject) ?? inText(subject);
}

/** The detail of a problem, or its title where it has no detail. */
function inProblem(subject: Subject): ErrorWords | undefined {
  const problem = problemOf(subject);
  if (problem === undefined || problem.status < 400) return undefined;
  const { value, media, status, response } = problem;
  const name = valueIn(value, ['detail']) === undefined ? 'title' : 'detail';
  const message = valueIn(value, [name]);
  return typeof message === 'string' ? { message, where: `body /${name}`, media, status, response } : undefined;
}

function inJson(subject: Subject): ErrorWords | undefined {
  const matched = matchedJson(subject);
  // The success of a long operation may have a place for the error of one that failed.
  if (matched?.schema === undefined || matched.status < 400) return undefined;
  const message = valueIn(matched.value, path);
  if (typeof message !== 'string') return undefined;
  if (!declaresProperty(subject.case.operation.document, matched.schema, path)) return undefined;
  const { media, status, response } = matched;
  return { message, where: 'body /error/message', media, status, response };
}

function inText(subject: Subject): ErrorWords | undefined {
  const matched = matchedText(subject);
  if (matched === undefined || matched.status < 400) return undefined;
  const { text: message, media, status, response } = matched;
  return { message, where: 'body', media, status, response };
}

/** An object with the members that RFC 9457 gives a problem. */
function isProblem(value: unknown): boolean {
  return typeof valueIn(value, ['title']) === 'string' && valueIn(value, ['error']) === undefined;
}

/** The message in the example of a response: of JSON its `error.message` or `detail`, of plain text the text. */
export function messageOfExample(value: unknown): string | undefined {
  const inside = valueIn(value, path) ?? (isProblem(value) ? valueIn(value, ['detail']) : undefined);
  const message = typeof value === 'string' ? value : inside;
  return typeof message === 'string' ? message : undefined;
}
