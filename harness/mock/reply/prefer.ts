import { STATUS_CODES } from 'node:http';
import type { DeclaredResponse, MediaType, NamedExample, Operation } from '../../model/document.ts';
import { responseFor } from '../../openapi/match-response.ts';
import { replyOf } from './answers.ts';
import { baseBody, conforms } from '../generic/answer/base-body.ts';
import { toldError } from '../generic/answer/refusal.ts';
import { acceptable } from '../generic/answer/negotiation.ts';
import { contradiction } from '../generic/answer/marks.ts';
import { headersFor, withHeader } from '../generic/answer/response-headers.ts';
import { encoded } from '../generic/answer/success.ts';
import { problem } from './reply.ts';
import type { Reply } from './reply.ts';

/** The preferences of RFC 7240 that the mock understands. */
interface Preference {
  readonly code?: string;
  readonly example?: string;
}

/** Reads the values of all `Prefer` headers; the first of two equal preferences counts, unknown ones do not. */
export function preferenceOf(values: readonly string[]): Preference {
  const found = new Map<string, string>();
  for (const preference of splitQuoted(values.join(','), ',')) {
    // Parameters after a `;` belong to the preference before it; ours have none.
    const [first = ''] = splitQuoted(preference, ';');
    const [name = '', ...rest] = splitQuoted(first, '=');
    const token = name.trim().toLowerCase();
    if (token !== '' && !found.has(token)) found.set(token, unquoted(rest.join('=').trim()));
  }
  const code = found.get('code');
  const example = found.get('example');
  return {
    ...(code === undefined || code === '' ? {} : { code }),
    ...(example === undefined || example === '' ? {} : { example }),
  };
}

/** The declared response that a preference asks for, and word that it was followed; or a 400. */
export function preferredReply(operation: Operation, preference: Preference, accept?: string): Reply {
  const reply = declaredReply(operation, preference, accept);
  return reply.refused === true
    ? reply
    : { ...reply, headers: withHeader(reply.headers ?? [], 'Preference-Applied', applied(preference)) };
}

/** The declared response with that code and example, or a 400 that lists what is declared. */
function declaredReply(
  operation: Operation,
  { code, example }: Preference,
  accept: string | undefined,
): Reply & { readonly refused?: true } {
  const response = code === undefined ? holding(operation, example) : declaredAs(operation, code);
  if (response === undefined) {
    return unknown(operation, code === undefined ? `example ${example ?? ''}` : `code ${code}`);
  }
  const status = statusOf(operation, response, code);
  const headers = headersFor(operation.document, response);
  const accepted = acceptable(response.media, accept);
  for (const media of accepted === undefined ? response.media : [accepted, ...response.media]) {
    const named =
      example === undefined ? exampleOf(operation, media, status) : media.examples.find(({ name }) => name === example);
    if (named === undefined) continue;
    const { body = null } = replyOf(status, media, named);
    const fits = conforms(operation.document, media, body);
    return {
      status,
      ...encoded(operation, media, body),
      headers: fits ? headers : withHeader(headers, ...contradiction),
    };
  }
  return example === undefined ? { status, headers } : unknown(operation, `example ${example}`);
}

/** The example that conforms, where there is one; or what is made from the schema in its place. */
function exampleOf({ document }: Operation, media: MediaType, status: number): NamedExample | undefined {
  const { value, example } = baseBody(document, media);
  if (example !== undefined && example.origin === 'document') return example;
  if (media.schema === undefined) return example;
  // A sampled error says "string" where a message is to be.
  const told =
    status < 400 ? value : toldError(document, media, { value, status, detail: STATUS_CODES[status] ?? 'Error' });
  return { name: 'sampled', origin: 'sampled', value: told ?? value, at: media.at };
}

function holding(operation: Operation, example: string | undefined): DeclaredResponse | undefined {
  return operation.responses.find((response) =>
    response.media.some((media) => media.examples.some((each) => each.name === example)),
  );
}

function declaredAs(operation: Operation, code: string): DeclaredResponse | undefined {
  if (/^[2-5]\d\d$/.test(code)) return responseFor(operation.responses, Number(code));
  // Node sends an interim response (1xx) by itself, and the final one after it.
  if (code.startsWith('1')) return undefined;
  return operation.responses.find((response) => response.key.toUpperCase() === code.toUpperCase());
}

/** The status that its caller asked for; for a range and `default`, the first of an error that no other key stands for. */
function statusOf({ responses }: Operation, response: DeclaredResponse, code: string | undefined): number {
  const wanted = [code, response.key].find((key) => key !== undefined && /^[2-5]\d\d$/.test(key));
  if (wanted !== undefined) return Number(wanted);
  const hundreds = /^[2-5]XX$/i.test(response.key) ? [Number(response.key.charAt(0))] : [5, 4];
  const all = hundreds.flatMap((digit) => Array.from({ length: 100 }, (_, at) => 100 * digit + at));
  return all.find((status) => responseFor(responses, status) === response) ?? 500;
}

function unknown(operation: Operation, what: string): Reply & { readonly refused: true } {
  const declared = operation.responses.map(({ key, media }) => {
    const names = media.flatMap((each) => each.examples.map((example) => example.name));
    return names.length === 0 ? key : `${key} (${names.join(', ')})`;
  });
  const list = declared.join('; ');
  return { ...problem(400, `Prefer: ${operation.id} declares no ${what}. Declared: ${list}.`), refused: true };
}

function applied({ code, example }: Preference): string {
  const parts = [
    ...(code === undefined ? [] : [`code=${code}`]),
    ...(example === undefined ? [] : [`example=${JSON.stringify(example)}`]),
  ];
  // A header is Latin-1 without control characters; an example's name need not be.
  return parts.join(', ').replaceAll(/[^\x20-\x7e]/g, '?');
}

/** Splits at a separator that is outside of quoted strings. */
function splitQuoted(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted && char === '\\') {
      part += char + text.charAt(at + 1);
      at += 1;
    } else if (char === separator && !quoted) {
      parts.push(part);
      part = '';
    } else {
      if (char === '"') quoted = !quoted;
      part += char;
    }
  }
  return [...parts, part];
}

function unquoted(value: string): string {
  return /^".*"$/s.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : value;
}
