import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cli, type Ended } from '../../harness/testing/cli.ts';
import { type Heard, type Script, startScriptedSocket } from '../../harness/testing/servers/scripted-socket.ts';

/** The key that must appear nowhere. */
export const canary = 'pcsk_Attack7_q9Xw2Lm4Vt8Zr3Bk6Yp1Nc5';

/** One hostile input. `{origin}` in an argument or a file is the address of the server. */
export interface Attack {
  readonly name: string;
  /** The arguments of the command. */
  readonly args: readonly string[];
  /** Files to write into the folder of the process before it starts, by relative path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What a server answers, byte for byte. */
  readonly server?: Script;
  /** The exit codes that are right; any documented one if left out. */
  readonly exits?: readonly number[];
}

const documentedExits = [0, 1, 2, 3, 4, 130];

/** How long a process may take before it counts as one that never ends. No attack needs a tenth of it. */
const neverMs = 180_000;

/** Runs an attack and tells what did not hold, one line each. */
export async function replay(attack: Attack): Promise<readonly string[]> {
  const outside = mkdtempSync(join(tmpdir(), 'pcc-attack-'));
  const cwd = join(outside, 'work');
  const sentinel = join(outside, 'victim', 'keep.txt');
  const socket = attack.server === undefined ? undefined : await startScriptedSocket(attack.server);
  const filled = (text: string): string => text.replaceAll('{origin}', socket?.origin ?? 'http://127.0.0.1:9');
  const before = { 'victim/keep.txt': 'keep', ...attack.files };
  try {
    for (const [name, content] of Object.entries(before)) {
      const file = name.startsWith('victim/') ? join(outside, name) : join(cwd, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? filled(content) : content);
    }
    mkdirSync(cwd, { recursive: true });
    const running = cli.start(attack.args.map(filled), {
      cwd,
      env: { PINECONE_API_KEY: canary, NODE_OPTIONS: '--max-old-space-size=256', ...attack.env },
    });
    const ended = await Promise.race([running.ended, lateEnd()]);
    if (ended === undefined) {
      running.child.kill('SIGKILL');
      return [`it had not ended after ${neverMs} ms`];
    }
    const texts = { stdout: ended.stdout, stderr: ended.stderr, ...filesBelow(cwd, new Set(Object.keys(before))) };
    return [
      ...exitProblems(ended, attack.exits ?? documentedExits),
      ...textProblems(texts),
      ...deletionProblems(socket?.heard ?? []),
      ...(existing(sentinel) === 'keep' ? [] : ['a file outside the folder of the process was changed']),
    ];
  } finally {
    await socket?.close();
    rmSync(outside, { recursive: true, force: true });
  }
}

function lateEnd(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), neverMs).unref());
}

function existing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function exitProblems({ exit, stdout, stderr }: Ended, allowed: readonly number[]): readonly string[] {
  if (exit !== null && allowed.includes(exit)) return [];
  const last = `${stdout}\n${stderr}`.trim().split('\n').slice(-3).join(' | ');
  return [`exit ${String(exit)}, not one of ${allowed.join(', ')}: ${last.slice(0, 300)}`];
}

/** What was written, that the attack did not bring itself. */
function filesBelow(folder: string, brought: ReadonlySet<string>): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const made = names.filter((name) => !brought.has(name) && statSync(join(folder, name)).isFile());
  return Object.fromEntries(made.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

function textProblems(texts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(texts).flatMap(([name, text]) => [
    ...(showsKey(text) || showsKey(name) ? [`the key is in ${name}`] : []),
    ...(name === 'stdout' || name === 'stderr' ? printedProblems(name, text) : []),
  ]);
}

function printedProblems(name: string, text: string): readonly string[] {
  const stack = /^\s+at .+[:(]\d+:\d+\)?$/m.exec(text)?.[0];
  const control = /[\0-\x08\x0b-\x1f\x7f\x80-\x9f]/.exec(text)?.[0];
  const command = /^\s*(?:::[a-z-]+.*::|##\[[a-z-]+)/im.exec(text)?.[0];
  return [
    ...(stack === undefined ? [] : [`${name} has a stack trace: ${stack.trim()}`]),
    ...(control === undefined ? [] : [`${name} has the control character ${JSON.stringify(control)}`]),
    ...(command === undefined ? [] : [`${name} has a line that a CI system obeys: ${command}`]),
  ];
}

const keyForms: readonly RegExp[] = [
  new RegExp(canary.slice(4, 18), 'i'),
  new RegExp(canary.slice(-14), 'i'),
  ...[0, 1, 2].map((shift) => {
    const text = Buffer.from('-'.repeat(shift) + canary).toString('base64');
    return new RegExp(text.slice(8, 28).replace(/[+/]/g, '.'));
  }),
];

function showsKey(text: string): boolean {
  return keyForms.some((form) => form.test(text));
}

/** The states file of the attacks names only ids that begin with `mine-`. */
function deletionProblems(heard: readonly Heard[]): readonly string[] {
  const foreign = heard.filter(
    ({ method, path }) => method !== 'GET' && /^\/(?:backups|indexes)\/[^/?]*(?:prod|victim)/i.test(decoded(path)),
  );
  return foreign.map(({ method, path }) => `${method} ${path} was sent, which is not a resource of this run`);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** States whose ids are recognised as this run's own. */
export const ownStates = `a backup that can be deleted: { backup_id: "mine-{n}" }
no such backup: { backup_id: "{uuid}" }
a backup with a pending restore job: { backup_id: "mine-locked" }
a server fault: { backup_id: "mine-fault" }
`;
