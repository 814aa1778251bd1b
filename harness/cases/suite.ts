import { defaultOperation } from '../core/default-suite.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../core/errors.ts';
import { packageFile } from '../core/package-files.ts';
import type { CredentialVariant, Severity, TargetKind } from '../model/case.ts';
import type { Recipe, RecipeRequest, StateStep } from '../model/recipe.ts';
import type { Operation } from '../model/document.ts';
import { checkedData } from '../openapi/data.ts';
import { below } from '../openapi/document/pointer.ts';
import { readYaml, type YamlFile } from '../openapi/document/yaml.ts';
import { requiresCredential } from '../openapi/operation/security.ts';
import { parametersIn } from '../openapi/operation/path-template.ts';
import { canBeUnknown } from './request/unknown-value.ts';

export const probeGroups = ['auth', 'identity', 'effect', 'method', 'path', 'request'] as const;
/** The name of a group of probes, as suite.yaml has it. */
export type ProbeGroup = (typeof probeGroups)[number];

/** How one group of probes is tuned. */
export interface ProbeTuning {
  readonly enabled: boolean;
  readonly severity: Severity;
  /** How many generated ids a property tries. */
  readonly runs: number;
  /** Probe names that are left out. */
  readonly without: readonly string[];
}

/** Where a suite reads whether a resource is there: its GET, and the list that it is in. */
export interface Observers {
  readonly one?: { readonly path: string };
  readonly list?: {
    readonly path: string;
    /** JSON pointer to the ids; `*` stands for every item of an array. */
    readonly ids: string;
    readonly next?: { readonly token: string; readonly parameter: string };
  };
  /** How long a deletion that was accepted may take to be seen. */
  readonly goneWithinMs: number;
}

/** The folder of one operation as data: recipes, roles, observers, probes. */
export interface Suite {
  readonly name: string;
  readonly version: string;
  /** What no recipe says is tried from the document alone: for an operation that has no suite, or a suite with `defaults`. */
  readonly byDefault?: true;
  /** Where it was read from; absent for the default suite of an operation that has none. */
  readonly folder?: string;
  readonly file: string;
  readonly operation: string;
  /** The API versions that have the operation, as a range such as `>=2025-10`; all of them if left out. */
  readonly api?: string;
  /** The document that it was written for, as a path inside the package or beside the suite. */
  readonly spec?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly recipes: Readonly<Record<string, Recipe>>;
  /** How states are arranged by operations of the same document, where the target does not know them. */
  readonly states?: Readonly<Record<string, { readonly steps: readonly StateStep[] }>>;
  /** The lines of `recipes` and `states` in the file, by JSON pointer. */
  readonly lines?: Readonly<Record<string, number>>;
  readonly roles: {
    readonly accepted?: string;
    readonly unauthorized?: string;
    /** The answer to a key that is known and lacks the permission. */
    readonly forbidden?: string;
    readonly missing?: string;
    readonly locked?: string;
  };
  /** The state of a locked resource, where this version declares no response for it. */
  readonly undeclaredLock?: string;
  readonly resource?: string;
  readonly observers: Observers;
  readonly probes: Readonly<Record<ProbeGroup, ProbeTuning>>;
}

interface SuiteFile {
  readonly suite: string;
  readonly version: string;
  readonly operation: string;
  readonly api?: string;
  readonly spec?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly defaults?: boolean;
  readonly recipes: Readonly<
    Record<
      string,
      {
        readonly state?: string;
        readonly request?: RecipeRequest;
        readonly credential?: CredentialVariant;
        readonly consumes?: boolean;
        readonly api?: string;
        readonly exempt?: { readonly on: readonly TargetKind[]; readonly reason: string };
      }
    >
  >;
  readonly states?: Suite['states'];
  readonly roles?: Suite['roles'];
  readonly resource?: string;
  readonly observers?: Partial<Observers>;
  readonly probes?: Readonly<Partial<Record<ProbeGroup, Partial<ProbeTuning>>>>;
}

const defaultGoneWithinMs = 10_000;

/** Read `suite.yaml` of a folder; `E_DATA` and `E_SUITE` name the file and the line. */
export function loadSuite(folder: string): Suite {
  const file = join(folder, 'suite.yaml');
  if (!existsSync(file)) {
    throw new HarnessError('E_SUITE', `${folder} has no suite.yaml`, {
      hint: `Point --suite at a folder that holds one, such as suites/${defaultOperation}.`,
    });
  }
  const yaml = readYaml(file);
  const data = checkedData<SuiteFile>(yaml, 'suite');
  refuseUnusedState(data, yaml);
  return {
    name: data.suite,
    version: data.version,
    ...(data.defaults === true ? { byDefault: true } : {}),
    folder,
    file,
    operation: data.operation,
    ...(data.api === undefined ? {} : { api: data.api }),
    ...(data.spec === undefined ? {} : { spec: data.spec }),
    headers: data.headers ?? {},
    recipes: Object.fromEntries(
      Object.entries(data.recipes).map(([key, recipe]) => [
        key,
        {
          ...recipe,
          credential: recipe.request?.credential ?? recipe.credential ?? 'valid',
          consumes: recipe.consumes ?? false,
        },
      ]),
    ),
    ...(data.states === undefined ? {} : { states: data.states }),
    ...linesOf(data, yaml),
    roles: data.roles ?? {},
    ...(data.resource === undefined ? {} : { resource: data.resource }),
    observers: { ...data.observers, goneWithinMs: data.observers?.goneWithinMs ?? defaultGoneWithinMs },
    probes: tuned(data.probes ?? {}),
  };
}

/** The lines that a message may name; a suite that says no request needs none. */
function linesOf({ recipes, states }: SuiteFile, yaml: YamlFile): Pick<Suite, 'lines'> {
  if (states === undefined && Object.values(recipes).every(({ request }) => request === undefined)) return {};
  const lines: Record<string, number> = {};
  const open: (readonly [string, unknown])[] = [
    [below('', 'recipes'), recipes],
    [below('', 'states'), states],
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [pointer, value] = next;
    lines[pointer] = yaml.placeOf(pointer).line;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, item] of Object.entries(value)) open.push([below(pointer, name), item]);
  }
  return { lines };
}

/** A state that no recipe names is most likely a slip in one of both names. */
function refuseUnusedState({ recipes, states = {} }: SuiteFile, yaml: YamlFile): void {
  const used = Object.values(recipes).map(({ state }) => state);
  const unused = Object.keys(states).find((state) => !used.includes(state));
  if (unused === undefined) return;
  const { line } = yaml.placeOf(below('/states', unused));
  throw new HarnessError('E_SUITE', `${yaml.file}:${line} arranges the state "${unused}", and no recipe needs it`, {
    hint: `The recipes need: ${[...new Set(used)].filter((state) => state !== undefined).join(', ') || 'no state'}.`,
  });
}

/** The suite that ships for an operation, where there is one. */
export function shippedSuite(operation: string): Suite | undefined {
  const folder = packageFile('suites', operation);
  return /^[\w.-]+$/.test(operation) && existsSync(join(folder, 'suite.yaml')) ? loadSuite(folder) : undefined;
}

/**
 * Recipes for an operation that nobody wrote a suite for: what can be provoked without knowing its resources is a
 * refused key and, where the path names a resource, an id that does not exist.
 */
export function defaultSuite(operation: Operation): Suite {
  const declares = (key: string): boolean => operation.responses.some((response) => response.key === key);
  const names = operation.parameters.some((parameter) => parameter.in === 'path');
  const recipes: Record<string, Recipe> = {};
  if (declares('401') && requiresCredential(operation)) {
    recipes['401'] = { state: noSuchResource, credential: 'wrong', consumes: false };
  }
  if (declares('404') && names && hasPlainRequest(operation))
    recipes['404'] = { state: noSuchResource, credential: 'valid', consumes: false };
  return {
    name: `${operation.id} (default recipes)`,
    version: '1.0.0',
    byDefault: true,
    file: operation.document.source,
    operation: operation.id,
    headers: {},
    recipes,
    roles: {},
    observers: { goneWithinMs: defaultGoneWithinMs },
    probes: tuned({}),
  };
}

/** Nothing but the ids of the path can be wrong with it, and the document has an operation on what the path names. */
function hasPlainRequest(operation: Operation): boolean {
  const paths = Object.keys(operation.document.root['paths'] ?? {}).map(withoutNames);
  const segments = operation.path.split('/');
  const named = segments.some(
    (segment, at) =>
      parametersIn(segment).some((name) => canBeUnknown(operation, name)) &&
      paths.includes(withoutNames(segments.slice(0, at + 1).join('/'))),
  );
  return (
    named &&
    operation.requestBody === undefined &&
    operation.parameters.every((parameter) => parameter.in === 'path' || !parameter.required)
  );
}

function withoutNames(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

/** The state that every target can arrange by itself: a fresh id for each path parameter. */
export const noSuchResource = 'no such resource';

function tuned(file: NonNullable<SuiteFile['probes']>): Suite['probes'] {
  const of = (group: ProbeGroup): ProbeTuning => ({
    enabled: file[group]?.enabled ?? true,
    severity: file[group]?.severity ?? 'violation',
    runs: file[group]?.runs ?? 12,
    without: file[group]?.without ?? [],
  });
  return {
    auth: of('auth'),
    identity: of('identity'),
    effect: of('effect'),
    method: of('method'),
    path: of('path'),
    request: of('request'),
  };
}
