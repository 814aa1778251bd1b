import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { HarnessError } from '../../core/errors.ts';
import type { PrepareStep, SdkManifest } from './manifest.ts';
import { apiVersions } from '../../versions/versions.ts';
import { filled } from '../driver/placeholders.ts';
import { runProcess } from '../driver/process.ts';
import { credentialsIn, whyNotInstalled } from './install-failure.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { renewOwnFolder, safePath } from '../../core/safe-path.ts';

/** One release of an SDK on this machine: where it is installed and how its driver is started. */
export interface Installed {
  readonly home: string;
  readonly command: readonly string[];
}

interface InstallOptions {
  readonly manifest: SdkManifest;
  readonly version: string;
  readonly api: string;
  /** The folder under which every release has its own. */
  readonly cache: string;
  readonly environment: Readonly<Record<string, string>>;
  /** A local artefact in place of the registry's release. */
  readonly artefact?: string;
  readonly progress: (line: string) => void;
  /** How long one step may take. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

const marker = 'prepared.json';
const stepDeadlineMs = 10 * 60_000;

/** Install a release into its folder, once: what is there already, made by the same recipe, is used as it is. */
export async function install(options: InstallOptions): Promise<Installed> {
  const { manifest, version, artefact } = options;
  const cache = resolve(options.cache);
  // The version is part of commands and source code even where the folder is named otherwise.
  const released = safePath(cache, [manifest.name, version], 'the version of an SDK');
  const home = artefact === undefined ? released : safePath(cache, [manifest.name, 'local'], 'a folder');
  const values = valuesOf(options, home);
  const installed: Installed = { home, command: manifest.run.map((word) => filled(word, values, manifest.file)) };
  const recipe = fingerprint(manifest, values);
  // A local artefact may change under the same name: it is installed anew each time.
  if (artefact === undefined && readMarker(home) === recipe) return installed;
  makeFolder(cache);
  renewOwnFolder(cache, home);
  const steps = artefact === undefined ? manifest.prepare : localSteps(manifest);
  for (const step of steps) await perform(step, { ...options, home, values });
  writeFileSync(join(home, marker), JSON.stringify({ recipe }));
  return installed;
}

function localSteps(manifest: SdkManifest): readonly PrepareStep[] {
  if (manifest.package !== undefined) return manifest.package.prepare;
  throw new HarnessError('E_SDK_PACKAGE', `${manifest.name} cannot be installed from a local artefact.`, {
    hint: 'Leave --package out, or describe in sdk.yaml, below package:, how one is installed.',
  });
}

async function perform(
  step: PrepareStep,
  options: InstallOptions & { readonly home: string; readonly values: Readonly<Record<string, string>> },
): Promise<void> {
  const { manifest, home, values, environment, progress, signal, deadlineMs = stepDeadlineMs } = options;
  const fill = (text: string): string => filled(text, values, manifest.file);
  switch (step.kind) {
    case 'write': {
      const to = fill(step.to);
      makeFolder(dirname(to));
      const template = readFileSync(join(manifest.folder, step.from), 'utf8');
      writeFileSync(to, onlyNamed(template, values));
      return;
    }
    case 'run': {
      const command = step.command.map(fill);
      progress(`${manifest.name} ${values['version'] ?? ''}: ${command.join(' ')}`);
      const end = await runProcess({
        command,
        cwd: home,
        environment,
        stdin: '',
        deadlineMs,
        ...(signal === undefined ? {} : { signal }),
      });
      if (end.exit === 0 && end.trouble === undefined) return;
      const secrets = credentialsIn(environment);
      throw new HarnessError(
        'E_SDK_INSTALL',
        `could not be installed: ${whyNotInstalled(end, { command, deadlineMs, secrets })}`,
        {
          kind: 'harness',
          hint: `Try it by hand in ${home}: ${command.join(' ')}`,
        },
      );
    }
    default:
      step satisfies never;
  }
}

/** In source code braces have a meaning of their own: only `{version}` and `{major}` and the like are filled. */
function onlyNamed(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(version|major|package)\}/g, (whole, name: string) => values[name] ?? whole);
}

function valuesOf(
  { manifest, version, api, artefact }: InstallOptions,
  home: string,
): Readonly<Record<string, string>> {
  const path = artefact === undefined ? undefined : isAbsolute(artefact) ? artefact : resolve(artefact);
  if (path !== undefined && !existsSync(path)) {
    throw new HarnessError('E_SDK_PACKAGE', `There is no ${path}.`, {
      hint: `--package takes ${manifest.package?.accepts ?? 'nothing for this SDK'}.`,
    });
  }
  return {
    home,
    source: resolve(manifest.folder),
    version,
    api,
    major: version.split('.')[0] ?? version,
    ...documentOf(api),
    ...(path === undefined ? {} : { package: path }),
  };
}

/** The document of an API version, for clients that are generated; nothing where this package has none of it. */
function documentOf(api: string): { readonly document?: string } {
  const found = apiVersions().find(({ version }) => version === api);
  return found === undefined ? {} : { document: resolve(found.file) };
}

/**
 * Everything that decides what an installation contains: its steps, and every file that they use of the SDK's folder, or
 * the document.
 */
function fingerprint(manifest: SdkManifest, values: Readonly<Record<string, string>>): string {
  const steps = JSON.stringify(manifest.prepare, (_, value: unknown) =>
    typeof value === 'string' ? filled(value, values, manifest.file) : value,
  );
  const templates = manifest.prepare.some(({ kind }) => kind === 'write') ? values : {};
  const hash = createHash('sha256').update(JSON.stringify([steps, templates]));
  for (const name of filesOf(manifest)) hash.update(name).update(readFileSync(join(manifest.folder, name)));
  const { document } = values;
  const isGenerated = wordsOf(manifest).some((word) => word.includes('{document}'));
  if (isGenerated && document !== undefined) hash.update(readFileSync(document));
  return hash.digest('hex');
}

/** A driver that is interpreted is no part of the installation: it is read anew each time. */
function filesOf(manifest: SdkManifest): readonly string[] {
  const words = wordsOf(manifest);
  const isUsed = (name: string): boolean =>
    words.some((word) => word.includes(`{source}/${name}`) || /\{source\}(?!\/)/.test(word));
  return readdirSync(manifest.folder)
    .sort()
    .filter((name) => isUsed(name) && statSync(join(manifest.folder, name)).isFile());
}

function wordsOf({ prepare }: SdkManifest): readonly string[] {
  return prepare.flatMap((step) => (step.kind === 'write' ? [`{source}/${step.from}`] : step.command));
}

function readMarker(home: string): string | undefined {
  const file = join(home, marker);
  if (!existsSync(file)) return undefined;
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof value === 'object' && value !== null && 'recipe' in value ? String(value.recipe) : undefined;
}
