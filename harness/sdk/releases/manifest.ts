import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../../core/errors.ts';
import { packageFile } from '../../core/package-files.ts';
import { closestTo } from '../../openapi/closest.ts';
import { checkedData } from '../../openapi/data.ts';
import { readYaml } from '../../openapi/document/yaml.ts';

/** The kinds of answer that a client may retry. */
type FirstSituation = 'server-error' | 'unavailable' | 'throttled' | 'reset' | 'cut-short' | 'malformed' | 'silent';
/** Those of which an sdk.yaml may say nothing: then their cases are skips. */
type LaterSituation = 'request-timeout' | 'retry-at-once';
export type Situation = FirstSituation | LaterSituation;
type KnownSends<T> = Readonly<Record<FirstSituation, T>> & Readonly<Partial<Record<LaterSituation, T>>>;

/** How often a request is sent in all. */
export interface Sends {
  readonly min: number;
  readonly max: number;
}

export interface Release {
  readonly version: string;
  /** The API version that it says it is made for. */
  readonly api: string;
  readonly userAgent?: string;
  readonly untried?: string;
  readonly sends: KnownSends<Sends>;
}

export type PrepareStep =
  | { readonly kind: 'run'; readonly command: readonly string[] }
  | { readonly kind: 'write'; readonly to: string; readonly from: string };

/** `sdk.yaml`: how one SDK is installed, started and what is known about its releases. */
export interface SdkManifest {
  readonly name: string;
  readonly title: string;
  readonly language: string;
  readonly folder: string;
  readonly file: string;
  readonly untried?: string;
  readonly toolchain: readonly { readonly name: string; readonly command: readonly string[] }[];
  readonly prepare: readonly PrepareStep[];
  readonly package?: { readonly accepts: string; readonly prepare: readonly PrepareStep[] };
  readonly run: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ownErrors: readonly string[];
  /** Beginnings of the names of the error types that say that nothing was there, for errors without a status. */
  readonly notFoundErrors?: readonly string[];
  /** The types that the language has for wrong arguments. */
  readonly argumentErrors?: readonly string[];
  readonly releases: readonly Release[];
}

type StepData = { readonly run: readonly string[] } | { readonly write: string; readonly from: string };

interface ManifestData {
  readonly name: string;
  readonly title: string;
  readonly language: string;
  readonly untried?: string;
  readonly toolchain: SdkManifest['toolchain'];
  readonly prepare: readonly StepData[];
  readonly package?: { readonly accepts: string; readonly prepare: readonly StepData[] };
  readonly run: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ownErrors: readonly string[];
  readonly notFoundErrors?: readonly string[];
  /** The types that the language has for wrong arguments. */
  readonly argumentErrors?: readonly string[];
  readonly releases: readonly (Omit<Release, 'sends'> & {
    readonly sends: KnownSends<number | string>;
  })[];
}

/** Every SDK that has a folder with an sdk.yaml, by name. */
export function allManifests(root: string = packageFile('suites', 'sdks')): readonly SdkManifest[] {
  return readdirSync(root)
    .sort()
    .filter((name) => existsSync(join(root, name, 'sdk.yaml')))
    .map((name) => readManifest(join(root, name)));
}

export function chosenManifests(names: readonly string[], root?: string): readonly SdkManifest[] {
  const all = allManifests(root);
  if (names.length === 0) return all;
  return names.map((name) => {
    const found = all.find((manifest) => manifest.name === name);
    if (found !== undefined) return found;
    const known = all.map((manifest) => manifest.name);
    const [near] = closestTo(name, known);
    const meant = near === undefined ? '' : `Did you mean ${near}? `;
    throw new HarnessError('E_SDK_UNKNOWN', `There is no SDK named ${name}.`, {
      hint: `${meant}Name one of ${known.join(', ')}.`,
    });
  });
}

/**
 * The SDKs that a command is about: those of the folders given, wherever they are, and those that ship with this package.
 * A name may be that of either; without names, all of the folders or, without folders, all that ship.
 */
export function askedManifests({
  names,
  folders,
}: {
  readonly names: readonly string[];
  readonly folders: readonly string[];
}): readonly SdkManifest[] {
  const own = folders.map(ownManifest);
  if (names.length === 0) return own.length > 0 ? own : allManifests();
  return names.map((name) => own.find((manifest) => manifest.name === name) ?? chosenManifests([name])).flat();
}

function ownManifest(folder: string): SdkManifest {
  if (existsSync(join(folder, 'sdk.yaml'))) return readManifest(folder);
  throw new HarnessError('E_SDK_UNKNOWN', `There is no sdk.yaml in ${folder}.`, {
    hint: 'Make such a folder with: pinecone-contract sdk init NAME --language python',
  });
}

function readManifest(folder: string): SdkManifest {
  const file = join(folder, 'sdk.yaml');
  const data = checkedData<ManifestData>(readYaml(file), 'sdk');
  const { environment = {}, package: local, ...rest } = data;
  return {
    ...rest,
    folder,
    file,
    environment,
    prepare: data.prepare.map(stepOf),
    ...(local === undefined ? {} : { package: { ...local, prepare: local.prepare.map(stepOf) } }),
    releases: data.releases.map((release) => ({ ...release, sends: sendsOf(release.sends) })),
  };
}

function stepOf(step: StepData): PrepareStep {
  return 'run' in step ? { kind: 'run', command: step.run } : { kind: 'write', to: step.write, from: step.from };
}

function sendsOf(given: KnownSends<number | string>): Release['sends'] {
  const parsed = Object.entries(given).map(([situation, text]) => {
    const [min = 1, max = min] = String(text).split('-').map(Number);
    return [situation, { min, max }] as const;
  });
  // The schema asks for every situation that has to be there, and allows no other.
  return Object.fromEntries(parsed) as unknown as Release['sends'];
}
