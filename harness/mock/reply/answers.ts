import type { Json, MediaType, NamedExample, Operation } from '../../model/document.ts';
import { responseFor } from '../../openapi/match-response.ts';
import { isJson, isRange } from '../../openapi/media-type.ts';
import { isObject, problem } from './reply.ts';
import type { Reply } from './reply.ts';

/** The errors of one operation, worded as the document's own examples word them. */
export interface Answers {
  /** The document's example, untouched. */
  plain(status: number): Reply;
  /** 404 about `id`, which takes the place of the example's id. */
  notFound(id: string): Reply;
  /** 412 about `jobs`, which take the place of the example's list. */
  pending(jobs: readonly string[]): Reply;
  /** Whether the document declares the status for the operation, or for the one that lends its examples. */
  declares(status: number): boolean;
  /** The code of the document's example with a message of our own. */
  because(status: number, message: string): Reply;
}

/** `lender` lends its examples to an operation that the document does not declare. */
export function answersOf(operation: Operation | undefined, lender: Operation | undefined): Answers {
  const plain = new Map<number, Reply>();
  const example = (status: number): Reply => {
    const known = plain.get(status);
    if (known !== undefined) return known;
    const made: Reply = {
      ...(exampleReply(operation, status) ?? exampleReply(lender, status) ?? problem(status, words(status))),
      constant: true,
    };
    plain.set(status, made);
    return made;
  };
  return {
    declares: (status) => responseFor((operation ?? lender)?.responses ?? [], status) !== undefined,
    plain: example,
    notFound: (id) => reworded(example(404), (message) => message.replace(/\S+(?= not found)/i, () => id)),
    pending: (jobs) =>
      reworded(example(412), (message) =>
        message.replace(/\[[^\]]*\]/, () => `[${jobs.map((job) => `'${job}'`).join(', ')}]`),
      ),
    because: (status, message) => reworded(example(status), () => message),
  };
}

/** A reply made of one named example. A body that was made for any status gets the status that it is sent with. */
export function replyOf(status: number, media: MediaType, example: NamedExample): Reply {
  const { value } = example;
  const shared = !isOwn(example) && isObject(value) && typeof value.status === 'number';
  return { status, type: contentTypeFor(media), body: shared ? { ...value, status } : value };
}

/** A range is no Content-Type, so that a type which falls under it is sent. */
export function contentTypeFor({ type }: MediaType): string {
  if (!isRange(type)) return type;
  const [main = '*'] = type.split('/');
  if (main === '*' || /^application$/i.test(main)) return 'application/json';
  return /^text$/i.test(main) ? 'text/plain' : `${main}/x-example`;
}

/** Whether an example was written for its response: not sampled, and not the example of a schema that others use too. */
function isOwn({ origin, at }: NamedExample): boolean {
  return origin === 'document' && !/\/schemas?\//.test(at.pointer);
}

function exampleReply(operation: Operation | undefined, status: number): Reply | undefined {
  const media = responseFor(operation?.responses ?? [], status)?.media[0];
  // The example of a schema of text is the text; that of a schema of JSON is shared by many statuses.
  const example =
    media?.examples.find(isOwn) ?? (media === undefined || isJson(media.type) ? undefined : media.examples[0]);
  return media === undefined || example === undefined ? undefined : replyOf(status, media, example);
}

function reworded(reply: Reply, edit: (message: string) => string): Reply {
  const { status, type = 'application/json', body } = reply;
  if (typeof body === 'string') return { status, type, body: edit(body) };
  if (!isObject(body) || !isObject(body.error) || typeof body.error.message !== 'string') return reply;
  const error: Json = { ...body.error, message: edit(body.error.message) };
  return { status, type, body: { ...body, error } };
}

/** Our own words for what the document has no example of; ids and lists are filled in as in its examples. */
function words(status: number): string {
  switch (status) {
    case 401:
      return 'The API key is missing or wrong.';
    case 403:
      return 'The API key lacks the permission for this operation.';
    case 404:
      return 'Resource id not found.';
    case 412:
      return 'Jobs are pending for this resource: []';
    default:
      return 'The request cannot be served.';
  }
}
