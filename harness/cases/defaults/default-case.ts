import { shellWord } from '../../core/text/shell-quote.ts';
import type { Arrangement, Case, Need, Provoke } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { suiteHeaders } from '../request-plan.ts';
import { noSuchResource, type Suite } from '../suite.ts';
import { attemptsFor, type Wanted } from './attempts.ts';
import { absentOf, existingOf } from './existing.ts';
import { cleanUpOf } from './made.ts';
import { parametersIn } from '../../openapi/operation/path-template.ts';
import { unsendable } from './unsendable.ts';
import { makesNew, puttingOf } from './putting.ts';
import { kindOf, notSent, outOfReach, type StatusKind } from './status-kind.ts';

/** What a case of a declared response does where no suite says how the response is provoked. */
export function defaultProvocation(wanted: Wanted): Pick<Case, 'needs' | 'steps' | 'exempt'> {
  const { operation, response, media, example, headers } = wanted;
  const lost = unsendable(operation.path);
  const never = lost ?? notSent(response, media);
  const reason = never ?? outOfReach(response.key);
  const cleanUp = cleanUpOf(operation, headers);
  const step: Provoke = {
    kind: 'provoke',
    name: operation.id,
    wanted: {
      kind: 'declared',
      response,
      ...(media === undefined ? {} : { media }),
      ...(example === undefined ? {} : { example }),
    },
    attempts: never === undefined ? attemptsFor(wanted) : [],
    remedy: remedyOf(wanted),
    ...(cleanUp === undefined ? {} : { cleanUp }),
  };
  return {
    needs: lost === undefined ? needsOf(operation, kindOf(operation, response.key), headers, response.key) : [],
    steps: [step],
    ...(reason === undefined
      ? {}
      : { exempt: { on: never === undefined ? ['live'] : ['live', 'mock', 'fixtures'], reason } }),
  };
}

/** The states of requests that must get as far as the resource; the others are sent with ids that name nothing. */
export function needsOf(
  operation: Operation,
  kind: StatusKind,
  headers: readonly HeaderPair[],
  key?: string,
): readonly Need[] {
  const names = parametersIn(operation.path);
  if (names.length === 0) return [];
  const existing = reachesResource(kind) ? stateOf(operation, kind, { headers, key }) : undefined;
  const as = Object.fromEntries(names.map((name) => [name, name]));
  if (existing === undefined) return [{ state: noSuchResource, as, consumes: false }];
  const consumes = !['GET', 'HEAD', 'OPTIONS', 'QUERY'].includes(operation.method);
  return [{ state: existing.state, as, consumes, arrangement: existing.arrangement }];
}

/** What a request gets as far as: what exists, or an id under which a PUT makes something. */
function stateOf(
  operation: Operation,
  kind: StatusKind,
  { headers, key }: { readonly headers: readonly HeaderPair[]; readonly key: string | undefined },
): ReturnType<typeof existingOf> {
  const byPut = puttingOf(operation, operation.path)?.id === operation.id;
  // What is refused needs nothing that only the same operation makes.
  const isNew = key === undefined || kind !== 'success' ? byPut && kind !== 'success' : makesNew(operation, key);
  return (isNew ? absentOf(operation, headers) : undefined) ?? existingOf(operation, headers);
}

/** What to write into which file. */
function remedyOf({ operation, response: { key }, suiteFile }: Wanted): string {
  const { id, document } = operation;
  const recipe =
    kindOf(operation, key) === 'conflict'
      ? `a recipe for ${key}, with a state and a request that conflicts with it,`
      : `a recipe for ${key}`;
  return suiteFile === undefined
    ? `no suite was given: write ${recipe} into the suite.yaml that \`init ${shellWord(id)} --spec ${shellWord(document.source)}\` writes, and name its folder with --suite`
    : `write ${recipe} into ${suiteFile}`;
}

/** The arrangement behind the name of a state, where a suite leaves it to the document. */
export function defaultArrangement(operation: Operation, suite: Suite, state: string): Arrangement | undefined {
  if (suite.byDefault !== true) return undefined;
  const headers = suiteHeaders(operation, suite);
  return [existingOf(operation, headers), absentOf(operation, headers)].find((each) => each?.state === state)
    ?.arrangement;
}

function reachesResource(kind: StatusKind): boolean {
  switch (kind) {
    case 'success':
    case 'invalid':
    case 'forbidden':
    case 'method':
    case 'not-acceptable':
    case 'media-type':
    case 'conflict':
      return true;
    case 'unauthorized':
    case 'missing':
    case 'any-refusal':
    case 'other':
      return false;
    default:
      return kind satisfies never;
  }
}
