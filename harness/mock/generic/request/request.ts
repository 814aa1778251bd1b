import type { RequestBody } from '../../body.ts';
import type { Json, MediaType, Operation } from '../../../model/document.ts';
import { mediaTypeFor } from '../../../openapi/match-response.ts';
import { requestIssues, type SchemaIssue } from '../../../openapi/schema/schema.ts';
import { bodyValue } from './body-value.ts';
import { pairsOf, parameterValue, type ParameterSources } from './parameter-value.ts';

/** A request as it came, once it is routed. */
export interface IncomingCall {
  /** The texts of the path's parameters in their order, decoded. */
  readonly params: readonly string[];
  readonly query: string;
  readonly rawHeaders: readonly string[];
  readonly body: RequestBody;
}

/** Why a request is not one that the document declares, and which statuses say so, the best first. */
interface RequestProblem {
  readonly statuses: readonly number[];
  readonly detail: string;
}

/** The body of a request that conforms, or the problem of one that does not. */
type CheckedRequest =
  | { readonly kind: 'conforms'; readonly body?: Json; readonly media?: MediaType }
  | { readonly kind: 'problem'; readonly problem: RequestProblem };

/** Holds a request against the parameters and the body that its operation declares. */
export function checkRequest(operation: Operation, call: IncomingCall): CheckedRequest {
  const problem = parameterProblem(operation, call);
  return problem === undefined ? checkBody(operation, call) : { kind: 'problem', problem };
}

/** The texts of a header, in their order. */
export function headerTexts(rawHeaders: readonly string[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === wanted);
}

function parameterProblem(operation: Operation, call: IncomingCall): RequestProblem | undefined {
  if (operation.parameters.length === 0) return undefined;
  const names = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  const cookies = headerTexts(call.rawHeaders, 'cookie').flatMap((text) => pairsOf(text, ';'));
  const sources: ParameterSources = {
    path: new Map(names.map((name, at) => [name, call.params[at] ?? ''])),
    query: pairsOf(call.query, '&'),
    cookies,
    headers: (name) => headerTexts(call.rawHeaders, name),
  };
  for (const parameter of operation.parameters) {
    const { name, in: place, required, schema } = parameter;
    const value = parameterValue(operation.document, parameter, sources);
    if (value === undefined) {
      if (required) return { statuses: [400, 422], detail: `The ${place} parameter ${name} is missing.` };
      continue;
    }
    const [issue] = schema === undefined ? [] : requestIssues(operation.document, schema, value);
    if (issue !== undefined) {
      // A path whose parameter is no such value names no resource.
      const statuses = place === 'path' ? [400, 422, 404] : [400, 422];
      return { statuses, detail: told(`The ${place} parameter ${name}`, issue) };
    }
  }
  return undefined;
}

/** A sentence about a part of the request; the message begins with the pointer, or with "the value" for the whole. */
function told(subject: string, { path, message }: SchemaIssue): string {
  const start = path === '' ? 'the value' : path;
  const rest = message.startsWith(`${start} `) ? message.slice(start.length + 1) : message;
  return `${subject}${path === '' ? '' : ` at ${path}`} ${rest}.`;
}

/** Departures of a body that a parser sees; what a value may not be is seen by the service behind it. */
const ofForm = new Set(['type', 'required', 'additionalProperties', 'unevaluatedProperties']);

export function checkBody({ document, requestBody }: Operation, call: IncomingCall): CheckedRequest {
  const problem = (statuses: readonly number[], detail: string): CheckedRequest => ({
    kind: 'problem',
    problem: { statuses, detail },
  });
  if (requestBody === undefined) return { kind: 'conforms' };
  const { body } = call;
  if (body.kind === 'too-large') return problem([413, 400, 422], 'The body is larger than 1 MiB.');
  if (body.kind === 'none') {
    return requestBody.required ? problem([422, 400], 'The body is missing.') : { kind: 'conforms' };
  }
  const given = headerTexts(call.rawHeaders, 'content-type')[0];
  const contentType = given ?? requestBody.type;
  const media = mediaTypeFor(requestBody.content, contentType);
  if (media === undefined) {
    const taken = requestBody.content.map(({ type }) => type).join(', ');
    return problem([415, 400, 422], `The Content-Type ${contentType.slice(0, 100)} is not taken; ${taken} is.`);
  }
  const read = bodyValue(document, media, { bytes: body.bytes, contentType });
  switch (read.kind) {
    case 'broken':
      return problem([422, 400], read.why);
    case 'unread':
      return { kind: 'conforms', media };
    case 'value': {
      const [issue] = media.schema === undefined ? [] : requestIssues(document, media.schema, read.value);
      if (issue === undefined) return { kind: 'conforms', media, body: read.value };
      return problem(ofForm.has(issue.keyword) ? [422, 400] : [400, 422], told('The body', issue));
    }
    default:
      return read satisfies never;
  }
}
