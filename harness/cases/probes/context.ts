import type { Case, CredentialVariant, Need, Promised, RequestPlan, Send, Step } from '../../model/case.ts';
import type { DeclaredResponse, Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { plainRequest } from '../request-plan.ts';
import type { ProbeGroup, Suite } from '../suite.ts';

/** What a group of probes is made from; a role that the document does not declare is absent, and so are its probes. */
export interface Bench {
  readonly operation: Operation;
  readonly suite: Suite;
  /** The path parameter and state value that names the resource. */
  readonly resource: string;
  readonly accepted?: Part;
  readonly unauthorized?: Part;
  readonly missing?: Part;
  readonly locked?: Part;
  /** The declared server faults that the suite can provoke. */
  readonly faults: readonly Part[];
}

/** A declared response that plays a part, and the state that provokes it. */
export interface Part {
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

export type ProbeMaker = (bench: Bench) => readonly Probe[];

/** The other resource of a case, which nothing may touch. */
export const neighbour = 'neighbour_id';

export function benchOf(operation: Operation, suite: Suite): Bench | undefined {
  const part = (key: string | undefined): Part | undefined => {
    const response = operation.responses.find((declared) => declared.key === key);
    const recipe = key === undefined ? undefined : suite.recipes[key];
    return response === undefined || recipe === undefined ? undefined : { response, state: recipe.state };
  };
  if (suite.resource === undefined) return undefined;
  const accepted = part(suite.roles.accepted);
  const unauthorized = part(suite.roles.unauthorized);
  const missing = part(suite.roles.missing);
  const locked = part(suite.roles.locked);
  return {
    operation,
    suite,
    resource: suite.resource,
    ...(accepted === undefined ? {} : { accepted }),
    ...(unauthorized === undefined ? {} : { unauthorized }),
    ...(missing === undefined ? {} : { missing }),
    ...(locked === undefined ? {} : { locked }),
    faults: operation.responses.flatMap(({ key }) => (key.startsWith('5') ? (part(key) ?? []) : [])),
  };
}

export function needs(
  bench: Bench,
  part: Part,
  options: { readonly as?: string; readonly consumes?: boolean } = {},
): Need {
  return {
    state: part.state,
    as: { [bench.resource]: options.as ?? bench.resource },
    consumes: options.consumes ?? false,
  };
}

/** An id that names nothing, beside the case's own. */
export function needsUnknown(bench: Bench): readonly Need[] {
  return bench.missing === undefined ? [] : [needs(bench, bench.missing, { as: 'unknown_id' })];
}

/** A method that only looks (RFC 9110 §9.2.1): what it was answered for is still there, and a collection may be looked at. */
export function onlyLooks({ operation }: Bench): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(operation.method);
}

/** The operation's own request with changes. */
export function send(
  bench: Bench,
  name: string,
  promised: Promised,
  change: Partial<RequestPlan> & { readonly credential?: CredentialVariant } = {},
): Send {
  return { kind: 'send', name, request: { ...plainRequest(bench.operation, bench.suite), ...change }, promised };
}

/** Over the connection that the case's other steps use: many requests are then soon done. */
export function onOneConnection(step: Send): Send {
  return { ...step, connection: 'shared' };
}

export function exactly(part: Part): Promised {
  const media = part.response.media[0];
  return { kind: 'declared', response: part.response, ...(media === undefined ? {} : { media }) };
}

export function oneOf(...parts: readonly (Part | undefined)[]): Promised {
  return { kind: 'one-of', responses: parts.flatMap((part) => (part === undefined ? [] : [part.response])) };
}

export function tolerated(...parts: readonly (Part | undefined)[]): Promised & { readonly kind: 'tolerated' } {
  return { kind: 'tolerated', responses: parts.flatMap((part) => (part === undefined ? [] : [part.response])) };
}

/** The same, and what stands in front of the operation may refuse it in words of its own. */
export function toleratedByFrontEnd(...parts: readonly (Part | undefined)[]): Promised {
  return { ...tolerated(...parts), byFrontEnd: true };
}

export const refused: Promised = { kind: 'refused' };
export const harmless: Promised = { kind: 'harmless' };

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

/** The operation's path with the resource written in another way: `{backup_id|upper}`. */
export function pathWith(bench: Bench, written: string): string {
  return bench.operation.path.replace(`{${bench.resource}}`, written);
}

/** The path with the first letter of its own, outside of its parameters, written in another way. */
export function withFirstLetter({ operation }: Bench, written: (letter: string) => string): string {
  return operation.path.replace(/[a-z](?=[^{}]*(?:\{|$))/, written);
}

/** The header that names the version, where the suite sends one, and those beside it. */
export function versionHeader(
  bench: Bench,
): { readonly name: string; readonly value: string; readonly others: readonly HeaderPair[] } | undefined {
  const plain = headersAnd(bench);
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
export function headersAnd(bench: Bench, ...more: readonly HeaderPair[]): readonly HeaderPair[] {
  return [...plainRequest(bench.operation, bench.suite).headers, ...more];
}

/** The plain request's query and more. */
export function queryAnd(bench: Bench, ...more: readonly HeaderPair[]): readonly HeaderPair[] {
  return [...(plainRequest(bench.operation, bench.suite).query ?? []), ...more];
}

export function probeCase(bench: Bench, group: ProbeGroup, probe: Probe): Case {
  const { operation, suite } = bench;
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
