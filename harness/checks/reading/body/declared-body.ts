import type { DeclaredResponse, MediaType, OasDocument } from '../../../model/document.ts';
import type { Subject } from '../../../model/target.ts';
import { follow, isObject, member } from '../../../openapi/document/pointer.ts';
import { isJson, isRange, parseMediaType, satisfies } from '../../../openapi/media-type.ts';
import { sequenceFormatOf, type SequenceFormat } from '../../../openapi/sequences/format.ts';
import { bodyOf, type Body } from './body.ts';
import { contentBytes, contentOf } from './content-coding.ts';
import { matchedResponse, valuesOf } from '../response.ts';
import { typesOf } from './simple-style.ts';

/** How a body is read, so that it can be judged by what the document declares for it. */
type BodyFormat =
  | { readonly kind: 'json' }
  /** Characters that stand for a string, a number or a boolean. */
  | { readonly kind: 'text'; readonly text: string }
  /** Several values one after another, such as lines of JSON. */
  | { readonly kind: 'items'; readonly format: SequenceFormat; readonly text: string }
  | { readonly kind: 'not-judged'; readonly why: string };

/** Undefined where no content is declared, or the body is of a type that is not declared: the media-type check says so. */
export function bodyFormat(subject: Subject): BodyFormat | undefined {
  const matched = matchedResponse(subject);
  if (matched?.media === undefined) return undefined;
  const { answer, media } = matched;
  const content = contentOf(answer);
  if (content.kind === 'unknown' && media.schema !== undefined) return { kind: 'not-judged', why: content.why };
  if (isJson(media.type)) return { kind: 'json' };
  const [label] = valuesOf(answer, 'content-type');
  const given = label === undefined ? undefined : parseMediaType(label);
  if (given === undefined) {
    if (label !== undefined) return undefined;
    if (!isRange(media.type)) return undefined;
    // A range leaves the choice to the server, and nothing says which one it took.
    const { kind } = bodyOf(answer);
    const json = kind === 'json' || (kind === 'none' && media.schema !== undefined);
    return json ? { kind: 'json' } : { kind: 'not-judged', why: 'the body has no Content-Type and is not JSON' };
  }
  if (!satisfies(given, media.type)) return undefined;
  if (isJson(given.type)) return { kind: 'json' };
  return formatOfText(subject, media, given);
}

/** A body that was read as JSON, with what is declared for it. */
export interface JsonBody {
  readonly value: unknown;
  /** The digits of its numbers that a double does not hold exactly, by JSON pointer. */
  readonly digits: ReadonlyMap<string, string>;
  readonly schema: string | undefined;
  readonly media: MediaType;
  readonly status: number;
  readonly response: DeclaredResponse;
}

/** The body, where JSON is declared and the body can be read as JSON. */
export function matchedJson(subject: Subject): JsonBody | undefined {
  const matched = matchedResponse(subject);
  if (matched?.media === undefined || bodyFormat(subject)?.kind !== 'json') return undefined;
  const body = bodyOf(matched.answer);
  if (body.kind !== 'json' || body.nested !== undefined) return undefined;
  const { media, response, answer } = matched;
  const { value, digits } = body;
  return { value, digits, schema: media.schema, media, status: answer.status, response };
}

/** The body as bytes that should be JSON: where JSON is declared and the response does not say that it is something else. */
export function expectedJson(subject: Subject): Body | undefined {
  const matched = matchedResponse(subject);
  if (matched === undefined || bodyFormat(subject)?.kind !== 'json') return undefined;
  const [label] = valuesOf(matched.answer, 'content-type');
  const type = label === undefined ? undefined : parseMediaType(label)?.type;
  return type === undefined || isJson(type) ? bodyOf(matched.answer) : undefined;
}

function formatOfText(
  subject: Subject,
  media: MediaType,
  given: NonNullable<ReturnType<typeof parseMediaType>>,
): BodyFormat | undefined {
  const { type, parameters } = given;
  if (type === 'application/problem+xml') {
    return { kind: 'not-judged', why: 'problem details in XML are not read; those in JSON are (RFC 9457)' };
  }
  // Without a schema there is nothing to judge the body by.
  if (media.schema === undefined) return undefined;
  const types = typesOf(subject.case.operation.document, media.schema);
  const scalar = types.filter((name) => ['string', 'integer', 'number', 'boolean'].includes(name));
  const answer = matchedResponse(subject)?.answer;
  if (answer === undefined || contentOf(answer).kind === 'mislabelled') return undefined;
  const bytes = Buffer.from(contentBytes(answer));
  const format = sequenceFormatOf(type);
  if (format !== undefined && (media.ofItems === true || !isScalar(subject.case.operation.document, media.schema))) {
    return { kind: 'items', format, text: bytes.toString('utf8') };
  }
  if (answer.stopped !== undefined && !isAnyString(subject.case.operation.document, media.schema)) {
    const why = 'it is a stream without an end, and its schema describes the whole of it as one value';
    return { kind: 'not-judged', why };
  }
  if (/^text\//.test(type) && scalar.length > 0) {
    const latin1 = /^(iso-8859-1|latin1|us-ascii)$/i.test(parameters.get('charset') ?? '');
    const text = bytes.toString(latin1 ? 'latin1' : 'utf8');
    return { kind: 'text', text: scalar.includes('string') ? text : text.trim() };
  }
  // A string of bytes: each of them is one character. XML is a tree, whatever the schema leaves open.
  if (!/[/+]xml$/i.test(type) && scalar.length === types.length && types.includes('string'))
    return { kind: 'text', text: bytes.toString('latin1') };
  const why = `${type} cannot be read as ${types.join(' or ')}: schemas are applied to JSON and to plain text only`;
  return { kind: 'not-judged', why };
}

/** Whether a schema says that all of the body is one text, number or boolean. */
function isScalar(document: OasDocument, schema: string): boolean {
  const type = member(follow(document.root, schema)?.value, 'type');
  return type !== undefined && !typesOf(document, schema).some((name) => name === 'object' || name === 'array');
}

/** Whether every text fits a schema, so that the beginning of one says as much as all of it. */
function isAnyString(document: OasDocument, schema: string): boolean {
  const declared = follow(document.root, schema)?.value;
  if (!isObject(declared) || declared['type'] !== 'string') return false;
  return Object.keys(declared).every((keyword) => keyword === 'type' || saysNothing.has(keyword));
}

const saysNothing = new Set(['title', 'description', 'example', 'examples', 'default', 'deprecated', 'externalDocs']);
