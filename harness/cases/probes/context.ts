import type { Case, CredentialVariant, Need, Expectation, RequestPlan, Send, Step } from '../../model/case.ts';
import type { DeclaredResponse, Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { suiteArrangement } from '../recipes/suite-states.ts';
import { baseRequest, nameInState } from './base-request.ts';
import { requiresCredential } from '../../openapi/operation/security.ts';
import type { ProbeGroup, Suite } from '../suite.ts';

/** What a group of probes is made from; a role that the document does not declare is absent, and so are its probes. */
export interface ProbeContext {
  readonly operation: Operation;
  readonly suite: Suite;
  /** The path parameter and state value that names the resource. */
  readonly resource: string;
  /** The valid request. */
  readonly request: RequestPlan;
  readonly accepted?: RoleResponse;
  readonly unauthorized?: RoleResponse;
  readonly forbidden?: RoleResponse;
  readonly missing?: RoleResponse;
  readonly locked?: RoleResponse;
  /** The state of a locked resource, also where no response is declared for it. */
  readonly lock?: string;
  /** The declared server faults that the suite can provoke. */
  readonly faults: readonly RoleResponse[];
}

/** A declared response that plays a part, and the state that provokes it. */
export interface RoleResponse {
  readonly response: DeclaredResponse;
  readonly state: string;
}

/** A probe before it becomes a case of its group. */
export interface Probe {
  readonly name: string;
  readonly title: string;
  readonly requirement: string;
  readonly needs: readonly Need[];
  readonly steps: readonly Step[];
  readonly hazard?: string;
  /** Where the contract leaves room, whatever the suite says of the group. */
  readonly severity?: 'advice';
}

export type ProbeMaker = (context: ProbeContext) => readonly Probe[];

/** The other resource of a case, which nothing may touch. */
export const neighbour = 'neighbour_id';

export function probeContext(operation: Operation, suite: Suite): ProbeContext | undefined {
  const part = (key: string | undefined): RoleResponse | undefined => {
    const response = operation.responses.find((declared) => declared.key === key);
    const recipe = key === undefined ? undefined : suite.recipes[key];
    return response === undefined || recipe?.state === undefined ? undefined : { response, state: recipe.state };
  };
  if (suite.resource === undefined) return undefined;
  const accepted = part(suite.roles.accepted);
  // Where anonymous requests are allowed, nothing that is shown in place of a key has to be refused.
  const unauthorized = requiresCredential(operation) ? part(suite.roles.unauthorized) : undefined;
  const forbidden = requiresCredential(operation) ? part(suite.roles.forbidden) : undefined;
  const missing = part(suite.roles.missing);
  const locked = part(suite.roles.locked);
  const lock = locked?.state ?? suite.undeclaredLock;
  return {
    operation,
    suite,
    resource: suite.resource,
    request: baseRequest(operation, suite, suite.resource),
    ...(accepted === undefined ? {} : { accepted }),
    ...(unauthorized === undefined ? {} : { unauthorized }),
    ...(forbidden === undefined ? {} : { forbidden }),
    ...(missing === undefined ? {} : { missing }),
    ...(locked === undefined ? {} : { locked }),
    ...(lock === undefined ? {} : { lock }),
    faults: operation.responses.flatMap(({ key }) => (key.startsWith('5') ? (part(key) ?? []) : [])),
  };
}

export function needs(
  context: ProbeContext,
  part: Pick<RoleResponse, 'state'>,
  options: { readonly as?: string; readonly consumes?: boolean } = {},
): Need {
  const arrangement = suiteArrangement(context.operation.document, context.suite, part.state);
  return {
    state: part.state,
    as: { [nameInState(context.suite, part.state, context.resource)]: options.as ?? context.resource },
    consumes: options.consumes ?? false,
    ...(arrangement === undefined ? {} : { arrangement }),
  };
}

/** An id that names nothing, beside the case's own. */
export function needsUnknown(context: ProbeContext): readonly Need[] {
  return context.missing === undefined ? [] : [needs(context, context.missing, { as: 'unknown_id' })];
}

/** A method that only looks (RFC 9110 §9.2.1): what it was answered for is still there, and a collection may be looked at. */
export function isReadOnly({ operation }: ProbeContext): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(operation.method);
}

/** What a request of the operation does to a resource, for titles: it deletes one, or changes it in another way. */
export function harmOf({ operation }: ProbeContext): { readonly does: string; readonly to: string } {
  return operation.method === 'DELETE' ? { does: 'deletes', to: 'delete' } : { does: 'changes', to: 'change' };
}

/** The operation's own request with changes. */
export function send(
  context: ProbeContext,
  name: string,
  expectation: Expectation,
  change: Partial<RequestPlan> & { readonly credential?: CredentialVariant } = {},
): Send {
  return { kind: 'send', name, request: { ...context.request, ...change }, expectation };
}

/** Over the connection that the case's other steps use: many requests are then soon done. */
export function onOneConnection(step: Send): Send {
  return { ...step, connection: 'shared' };
}

export function exactly(part: RoleResponse): Expectation {
  const media = part.response.media[0];
  return { kind: 'declared', response: part.response, ...(media === undefined ? {} : { media }) };
}

export function oneOf(...parts: readonly (RoleResponse | undefined)[]): Expectation {
  return { kind: 'one-of', responses: parts.flatMap((part) => (part === undefined ? [] : [part.response])) };
}

export function oneOfOr4xx(
  ...parts: readonly (RoleResponse | undefined)[]
): Expectation & { readonly kind: 'one-of-or-4xx' } {
  return { kind: 'one-of-or-4xx', responses: parts.flatMap((part) => (part === undefined ? [] : [part.response])) };
}

/** The same, and what stands in front of the operation may refuse it in words of its own. */
export function oneOfOr4xxByFrontEnd(...parts: readonly (RoleResponse | undefined)[]): Expectation {
  return { ...oneOfOr4xx(...parts), byFrontEnd: true };
}

export const rejected: Expectation = { kind: 'rejected' };
export const not5xx: Expectation = { kind: 'not-5xx' };

export function present(what: string, name = 'it is still there', through: 'one' | 'list' = 'one'): Step {
  return { kind: 'observe', name, through, what, is: 'present' };
}

/** Still there, also after a while if something was accepted that should not have reached it. */
export function spared(what: string): Step {
  return { kind: 'observe', name: 'it is spared', through: 'one', what, is: 'spared' };
}

export function gone(what: string, name = 'it goes', through: 'one' | 'list' = 'one'): Step {
  return { kind: 'observe', name, through, what, is: 'gone' };
}

/** Gone before, and still gone when this time has passed. */
export function goneForGood(what: string, name: string, afterMs = 0): Step {
  return { kind: 'observe', name, through: 'one', what, is: 'gone', afterMs };
}

/** The path with the resource written in another way: `{backup_id|upper}`. */
export function pathWith(context: ProbeContext, written: string): string {
  return context.request.path.replace(`{${context.resource}}`, written);
}

/** The path with the first letter of its own, outside of its parameters, written in another way. */
export function withFirstLetter({ request }: ProbeContext, written: (letter: string) => string): string {
  return request.path.replace(/[a-z](?=[^{}]*(?:\{|$))/, written);
}

/** The header that names the version, where the suite sends one, and those beside it. */
export function versionHeader(
  context: ProbeContext,
): { readonly name: string; readonly value: string; readonly others: readonly HeaderPair[] } | undefined {
  const plain = headersAnd(context);
  const header = plain.find(([name]) => /version/i.test(name));
  if (header === undefined) return undefined;
  const [name, value] = header;
  return { name, value, others: plain.filter((pair) => pair !== header) };
}

/** How a browser asks: servers know it by either. */
export const asBrowser: readonly HeaderPair[] = [
  ['Accept', 'text/html'],
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0'],
];

/** The plain request's headers and more. */
export function headersAnd(context: ProbeContext, ...more: readonly HeaderPair[]): readonly HeaderPair[] {
  return [...context.request.headers, ...more];
}

/** The plain request's query and more. */
export function queryAnd(context: ProbeContext, ...more: readonly HeaderPair[]): readonly HeaderPair[] {
  return [...(context.request.query ?? []), ...more];
}

export function probeCase(context: ProbeContext, group: ProbeGroup, probe: Probe): Case {
  const { operation, suite } = context;
  return {
    id: `${operation.id}/probe/${group}/${probe.name}`,
    kind: 'probe',
    title: probe.title,
    requirement: probe.requirement,
    severity: probe.severity ?? suite.probes[group].severity,
    operation,
    needs: probe.needs,
    ...(probe.hazard === undefined ? {} : { hazard: probe.hazard }),
    steps: probe.steps,
    at: operation.at,
  };
}
