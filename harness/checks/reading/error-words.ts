import type { DeclaredResponse, MediaType } from '../../model/document.ts';
import type { Subject } from '../../model/target.ts';
import { matchedJson } from './body/declared-body.ts';
import { matchedText } from './body/declared-text.ts';
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
  return inJson(subject) ?? inText(subject);
}

function inJson(subject: Subject): ErrorWords | undefined {
  const matched = matchedJson(subject);
  if (matched?.schema === undefined) return undefined;
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

/** The message in the example of a response: of JSON its `error.message`, of plain text the text. */
export function messageOfExample(value: unknown): string | undefined {
  const message = typeof value === 'string' ? value : valueIn(value, path);
  return typeof message === 'string' ? message : undefined;
}
