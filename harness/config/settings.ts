import { dirname, isAbsolute, join } from 'node:path';
import { HarnessError } from '../core/errors.ts';
import type { Allowance, TargetConfig } from './config.ts';
import type { ConfigFile } from './read-config.ts';

/** The value of one option of the command line, and where it was set. */
interface Setting {
  readonly value: string | number | boolean | readonly string[];
  readonly from: string;
}

/** Settings by the name of the option they stand for, such as `allowDestructive`. */
type Settings = Readonly<Record<string, Setting>>;

const allowances: Readonly<Record<Allowance, string>> = {
  destructive: 'allowDestructive',
  create: 'allowCreate',
  production: 'allowProduction',
  'plain-http': 'allowPlainHttp',
};

/** Whether a configuration has a target of this name. */
export function hasTarget({ config }: ConfigFile, name: string): boolean {
  return Object.hasOwn(config.targets ?? {}, name);
}

/**
 * What a configuration sets, for one of its targets where it is named. What the target says holds before what stands
 * above it. Throws `E_CONFIG` for a target that it does not have.
 */
export function settingsOf(source: ConfigFile, target?: string): Settings {
  const { config, file, placeOf } = source;
  const folder = dirname(file);
  const { spec, suite, waivers, fixtures, reports, timeout, concurrency, deadline, strict, api, sdks } = config;
  const common = {
    spec: spec === undefined ? undefined : located(folder, spec),
    suite: pathFrom(folder, suite),
    waivers: pathFrom(folder, waivers),
    fixtures: pathFrom(folder, fixtures),
    reports: pathFrom(folder, reports),
    sdk: sdks?.map((each) => located(folder, each)),
    ...{ timeout, concurrency, deadline, strict, api },
  };
  if (spec !== undefined && api !== undefined) throw bothNamed(file);
  const own = target === undefined ? {} : targetSettings(source, target);
  // The version of a target stands for its document.
  const above = own['api'] === undefined ? common : { ...common, spec: undefined };
  return { ...placed(above, (name) => placeOf(name === 'sdk' ? '/sdks' : `/${name}`)), ...own };
}

function bothNamed(file: string): HarnessError {
  return new HarnessError('E_CONFIG', `${file} has spec and api, which both say which document is meant`, {
    hint: 'Keep one of them: spec for a document of your own, api for one of the versions that ship.',
  });
}

function targetSettings(source: ConfigFile, name: string): Settings {
  const { config, file, placeOf } = source;
  const target = hasTarget(source, name) ? config.targets?.[name] : undefined;
  if (target === undefined) {
    throw new HarnessError('E_CONFIG', `${file} has no target named ${name}`, {
      hint: `It has: ${Object.keys(config.targets ?? {}).join(', ') || 'none'}.`,
    });
  }
  const values = placed(valuesOf(target, dirname(file)), (option) =>
    placeOf(`/targets/${name}/${option === 'target' ? 'url' : option}`),
  );
  const allowed = (target.allow ?? []).map((each) => [
    allowances[each],
    { value: true, from: placeOf(`/targets/${name}/allow`) },
  ]);
  return { ...values, ...(Object.fromEntries(allowed) as Settings) };
}

function valuesOf(target: TargetConfig, folder: string): Readonly<Record<string, Setting['value'] | undefined>> {
  const { url, states, waivers, rate, timeout, concurrency, deadline, api, cloud, region } = target;
  return {
    target: url,
    states: states === undefined || states === 'pinecone' ? states : located(folder, states),
    waivers: pathFrom(folder, waivers),
    ...{ rate, timeout, concurrency, deadline, api, cloud, region },
  };
}

function placed(
  values: Readonly<Record<string, Setting['value'] | undefined>>,
  placeOf: (name: string) => string,
): Settings {
  const set = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, { value, from: placeOf(name) }]],
  );
  return Object.fromEntries(set) as Settings;
}

function pathFrom(folder: string, path: string | undefined): string | undefined {
  return path === undefined || isAbsolute(path) ? path : join(folder, path);
}

/** A URL stays as it is. */
function located(folder: string, text: string): string {
  return /^https?:\/\//i.test(text) || isAbsolute(text) ? text : join(folder, text);
}
