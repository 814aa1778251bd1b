import type { Attempt, Expectation } from '../../model/case.ts';
import { HarnessError } from '../../core/errors.ts';
import { canBeUnknown } from '../request/unknown-value.ts';
import type { DeclaredResponse, Json, MediaType, NamedExample, Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { requiresCredential } from '../../openapi/operation/security.ts';
import { requestIssues } from '../../openapi/schema/schema.ts';
import { existingOf } from './existing.ts';
import { type Draft, fullDraft, planOf, requiredDraft, withoutBody } from './draft.ts';
import { freshDraft } from './fresh-draft.ts';
import type { WrongRequest } from './negative/model.ts';
import { wrongRequests } from './negative/wrong-requests.ts';
import { parametersIn } from '../../openapi/operation/path-template.ts';
import { collectionOf } from './paths.ts';
import { makesNew, putParameter } from './putting.ts';
import { kindOf } from './status-kind.ts';
import { takesBody } from './takes-body.ts';

/** What attempts are made for: one declared response, in one media type, such as one example. */
export interface Wanted {
  readonly operation: Operation;
  readonly response: DeclaredResponse;
  readonly media?: MediaType;
  readonly example?: NamedExample;
  readonly headers: readonly HeaderPair[];
  /** The suite.yaml that leaves it to the document, where there is one. */
  readonly suiteFile?: string;
}

/** A draft, and how it is judged. */
interface DraftAttempt {
  readonly name: string;
  readonly draft: Draft;
  /** Sent before it. */
  readonly before?: readonly Draft[];
  readonly or: Expectation;
  readonly stateless?: true;
}

/** As many wrong requests are tried to get one status: more would show no more. */
const mostWrong = 15;

/** The ways that may provoke a declared response without knowing anything but the document, the likeliest first. */
export function draftAttempts(wanted: Pick<Wanted, 'operation' | 'response' | 'headers'>): readonly DraftAttempt[] {
  const { operation, response } = wanted;
  // That a server may break down is no answer to a request that it has to understand.
  const any: Expectation & { readonly kind: 'one-of' } = {
    kind: 'one-of',
    responses: operation.responses.filter(({ key }) => !key.startsWith('5')),
  };
  const any4xx: Expectation = { kind: 'one-of-or-4xx', responses: any.responses };
  const refusals = refusalsOf(operation);
  const kind = kindOf(operation, response.key);
  switch (kind) {
    case 'success':
      return validDrafts(operation).map(({ name, draft }) => ({
        name,
        draft: freshDraft(operation, draft),
        or: makesNew(operation, response.key) || !takenAsValid(wanted, draft) ? any4xx : taken(operation, any),
      }));
    case 'unauthorized':
      return requiresCredential(operation) ? [unauthorized(operation, refusals)] : [];
    case 'forbidden':
      return requiresCredential(operation)
        ? [
            {
              name: 'with a key that lacks the permission',
              draft: { ...requiredDraft(operation), credential: 'forbidden' },
              or: refusals,
            },
          ]
        : [];
    case 'missing':
      return namesResource(operation)
        ? [
            {
              name: 'with ids that name nothing',
              draft: requiredDraft(operation),
              or: mayMakeIt(operation) ? any : refusals,
            },
          ]
        : [];
    case 'invalid':
      return oneOfEachKind(wrongRequests(operation))
        .slice(0, mostWrong)
        .map((wrong) => wrongAttempt(wrong, refusals));
    case 'method':
      return wrongMethod(operation);
    case 'not-acceptable':
      return [
        {
          name: 'with an Accept that no media type meets',
          draft: { ...requiredDraft(operation), headers: [['Accept', 'application/x-not-served']] },
          or: takenAsValid(wanted, requiredDraft(operation)) ? any : any4xx,
        },
      ];
    case 'media-type':
      return wrongMediaType(operation);
    case 'conflict': {
      const valid = requiredDraft(operation);
      const draft = freshDraft(operation, valid);
      return [
        {
          name: 'for the same request, sent twice',
          draft,
          before: [draft],
          or: takenAsValid(wanted, valid) ? any : any4xx,
        },
      ];
    }
    case 'any-refusal':
      return [
        ...draftAttempts({ ...wanted, response: { ...response, key: '404' } }),
        ...wrongRequests(operation)
          .slice(0, 5)
          .map((wrong) => wrongAttempt(wrong, refusals)),
        ...(requiresCredential(operation) ? [unauthorized(operation, refusals)] : []),
      ];
    case 'other':
      return [];
    default:
      return kind satisfies never;
  }
}

/** The same as plans; on the embedded mock, a header asks for the response where nothing else provokes it. */
export function attemptsFor(wanted: Wanted): readonly Attempt[] {
  const { operation, response, media, example, headers } = wanted;
  const accept: readonly HeaderPair[] =
    media !== undefined && response.media.length > 1 ? [...headers, ['Accept', media.type]] : headers;
  const own = draftAttempts(wanted).map(({ name, draft, before, or, stateless }): Attempt => ({
    name,
    request: planOf(operation, draft, draft.headers === undefined ? accept : headers),
    ...(before === undefined ? {} : { before: before.map((each) => planOf(operation, each, accept)) }),
    or,
    ...(stateless === undefined ? {} : { stateless }),
  }));
  const prefer = `code=${response.key}${example?.origin === 'document' && isToken(example.name) ? `, example=${example.name}` : ''}`;
  const asked: Attempt = {
    name: `asked for with Prefer: ${prefer} (embedded mock only)`,
    request: planOf(operation, requiredDraft(operation), [...accept, ['Prefer', prefer]]),
    or: { kind: 'one-of', responses: operation.responses },
    on: ['mock'],
    stateless: true,
  };
  return [...own, asked];
}

/** Requests that the document allows, from the plainest: what is required, each example of the body, all parameters. */
function validDrafts(operation: Operation): readonly Pick<DraftAttempt, 'name' | 'draft'>[] {
  const required = requiredDraft(operation);
  const bodies = (operation.requestBody?.content ?? []).flatMap((media) =>
    media.examples.slice(0, 5).map((example) => ({
      name:
        example.origin === 'document'
          ? `with the example ${example.name} of ${media.type}`
          : `with a sample of ${media.type}`,
      draft: { ...required, body: { media, value: example.value } },
    })),
  );
  const full = fullDraft(operation);
  const all = full.given.length > required.given.length ? [{ name: 'with every parameter', draft: full }] : [];
  const plain = bodies.length > 0 ? [] : [{ name: 'with what is required', draft: required }];
  return [...plain, ...bodies, ...all];
}

/** What is there already is changed, and not made another time (RFC 9110, section 9.3.4). */
function taken(operation: Operation, any: Expectation & { readonly kind: 'one-of' }): Expectation {
  if (putParameter(operation) === undefined) return any;
  const changed = any.responses.some(({ key }) => /^20[04]$/.test(key));
  return changed ? { ...any, responses: any.responses.filter(({ key }) => key !== '201') } : any;
}

/**
 * Whether a server has to take a request as one that the document allows: its body fits its schema, and the resources of its
 * path can be made to exist. Where no such request can be made, any refusal (4xx) is a right answer, declared or not.
 */
function takenAsValid({ operation, headers }: Pick<Wanted, 'operation' | 'headers'>, { body }: Draft): boolean {
  const existing = existingOf(operation, headers);
  if (parametersIn(operation.path).length > 0 && (existing === undefined || existing.guessed === true)) return false;
  const schema = body?.media.schema;
  return schema === undefined || isUsable(operation, schema, body?.value ?? null);
}

/** A schema that cannot be used is reported by the checks that use it. */
function isUsable({ document }: Operation, schema: string, value: Json): boolean {
  try {
    return requestIssues(document, schema, value).length === 0;
  } catch (thrown) {
    if (thrown instanceof HarnessError) return false;
    throw thrown;
  }
}

function unauthorized(operation: Operation, or: Expectation): DraftAttempt {
  return {
    name: 'with an unknown key',
    draft: { ...requiredDraft(operation), credential: 'wrong' },
    or,
    stateless: true,
  };
}

/** First one request of each kind, such as one without something required, then the others. */
function oneOfEachKind(wrong: readonly WrongRequest[]): readonly WrongRequest[] {
  const kindOfWrong = ({ id }: WrongRequest): string => id.split('-').at(-1) ?? '';
  const first = wrong.filter((each, at) => wrong.findIndex((other) => kindOfWrong(other) === kindOfWrong(each)) === at);
  return [...first, ...wrong.filter((each) => !first.includes(each))];
}

function wrongAttempt({ what, draft }: WrongRequest, or: Expectation): DraftAttempt {
  return { name: what, draft, or };
}

/** Whether the document has an operation on something that the path names: then it can be known to be missing. */
function namesResource(operation: Operation): boolean {
  const paths = new Set(
    Object.keys(operation.document.root['paths'] ?? {}).map((path) => path.replaceAll(/\{[^}]*\}/g, '{}')),
  );
  return parametersIn(operation.path).some(
    (name) =>
      canBeUnknown(operation, name) &&
      paths.has(`${collectionOf(operation.path, name)}/{}`.replaceAll(/\{[^}]*\}/g, '{}')),
  );
}

/** A PUT to what is not there may make it (RFC 9110, section 9.3.4), unless the document has a 404 for that. */
function mayMakeIt({ method, responses }: Operation): boolean {
  return method === 'PUT' && !responses.some(({ key }) => /^4(04|XX)$/i.test(key));
}

/** Methods that change the least, should a server take them. */
const methods = ['PATCH', 'PUT', 'POST', 'GET'];

function wrongMethod(operation: Operation): readonly DraftAttempt[] {
  const method = methods.find((each) => !operation.siblings.includes(each));
  if (method === undefined) return [];
  const draft = withoutBody(requiredDraft(operation));
  return [
    {
      name: `with the method ${method}, which the path does not have`,
      draft: { ...draft, method },
      or: refusalsOf(operation),
    },
  ];
}

function wrongMediaType(operation: Operation): readonly DraftAttempt[] {
  if (!takesBody(operation)) return [];
  const valid = freshDraft(operation, requiredDraft(operation));
  const draft = withoutBody(valid);
  const rawBody = { type: 'application/x-not-declared', text: planOf(operation, valid).body ?? 'sample' };
  return [
    {
      name: 'with its body labelled as a media type that is not declared',
      draft: { ...draft, rawBody },
      or: refusalsOf(operation),
    },
  ];
}

/** The refusals that an operation declares; where it declares none of a request's form, any 4xx is one. */
export function refusalsOf(operation: Operation): Expectation {
  const responses = operation.responses.filter(({ key }) => /^4(\d\d|XX)$/i.test(key) || key === 'default');
  return responses.some(({ key }) => /^4(00|22|XX)$/i.test(key) || key === 'default')
    ? { kind: 'one-of', responses }
    : { kind: 'one-of-or-4xx', responses };
}

function isToken(text: string): boolean {
  return /^[\w.!#$%&'*+^`|~-]+$/.test(text);
}
