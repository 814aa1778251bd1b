import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A published artefact of an SDK, or why there is none to be had here. */
type Published = { readonly file: string } | { readonly missing: string };

/** One change to the source text of an artefact. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Fetch the artefact of a release with the ordinary client of its registry into a new folder under `root`. */
export function published(root: string, [program = '', ...args]: readonly string[], extension: string): Published {
  const folder = mkdtempSync(join(root, 'published-'));
  const { status, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: 300_000 });
  const file = readdirSync(folder).find((name) => name.endsWith(extension));
  if (status === 0 && file !== undefined) return { file: join(folder, file) };
  return { missing: `${program} could not fetch it: ${error?.message ?? stderr.trim().split('\n').at(-1) ?? ''}` };
}

/** A copy of a wheel or an npm tarball in which one text of one file is another; without a change, packed anew as it is. */
export function tampered(artefact: string, change?: Change): string {
  const folder = temporaryFolder();
  const unpacked = join(folder, 'unpacked');
  const packed = join(folder, artefact.split('/').at(-1) ?? 'artefact');
  const isWheel = artefact.endsWith('.whl');
  run(isWheel ? ['python3', '-m', 'zipfile', '-e', artefact, unpacked] : ['mkdir', unpacked]);
  if (!isWheel) run(['tar', '-xzf', artefact, '-C', unpacked]);
  if (change !== undefined) replace(join(unpacked, change.file), change);
  const names = readdirSync(unpacked);
  if (isWheel) run(['python3', '-m', 'zipfile', '-c', packed, ...names.map((name) => join(unpacked, name))]);
  else run(['tar', '-czf', packed, '-C', unpacked, ...names]);
  return packed;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tampered-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The change must be one: a text that is not there any more would leave the artefact as it is. */
function replace(file: string, { from, to }: Change): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(
    file,
    text.replaceAll(from, () => to),
  );
}

function run([program = '', ...args]: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
}
