// `npm run peers [-- PEER… SERVER…]`: runs other contract testers against servers of self-proof, and prints which
// of them see which fault. What it needs beyond Node: Python 3.10 or later, a JDK, pip and npm with their registries.
// Versions are pinned in peers/peers.mjs; docs/peers.md has the table. It is installed in .cache/peers and never in the project.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBundled } from './bundled.mjs';
import { peers, versions } from './peers/peers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = join(root, '.cache', 'peers');
const asked = process.argv.slice(2);

install();
const { subjects } = await importBundled('.ci/peers/servers.ts');
const chosen = those(peers);
console.log(tables(chosen, await results()));

/** Those that were asked for by name, or all. */
function those(list) {
  const named = list.filter(({ name }) => asked.includes(name));
  return named.length === 0 ? list : named;
}

/** One row for each server: what each peer said of it. */
async function results() {
  const rows = [];
  for (const subject of those(subjects)) {
    const said = [];
    for (const peer of chosen) said.push(await seenBy(peer, subject));
    console.error(`${subject.name}: ${said.join(', ')}`);
    rows.push({ subject, said });
  }
  return rows;
}

/** In how many of its runs the peer was not content, each with a fresh server; its output is kept beside. */
async function seenBy({ name, prepare, command, seeds = [1] }, subject) {
  let red = 0;
  for (const seed of seeds) {
    rmSync(join(home, 'pacts'), { recursive: true, force: true });
    const server = await subject.start();
    const values = valuesOf(server, seed);
    const log = join(home, 'logs', `${subject.name.replace('/', '.')}.${name}.${seed}.log`);
    if (prepare !== undefined) await prepared(words(prepare, values), server, log);
    if ((await run(words(command, values), server, log)) !== 0) red += 1;
    await server.close();
  }
  const answer = red === 0 ? 'no' : 'yes';
  return red === 0 || red === seeds.length ? answer : `${red} of ${seeds.length}`;
}

/** What comes before the server is asked says nothing about it: it may fail by chance, but not for good. */
async function prepared(command, server, log) {
  for (let left = 3; left > 0; left -= 1) if ((await run(command, server, log)) === 0) return;
  throw new Error(`${command.join(' ')} did not pass: ${log}`);
}

function valuesOf({ origin }, seed) {
  return { origin, seed, root, home, document: join(home, 'db_control_2025-04.oas.yaml') };
}

/** A value may have blanks in it, and stays one word. */
function words(command, values) {
  return command.split(' ').map((word) => word.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all));
}

function run([command, ...args], { origin, key }, log) {
  mkdirSync(dirname(log), { recursive: true });
  const env = {
    ...process.env,
    ORIGIN: origin,
    API_KEY: key,
    PINECONE_API_KEY: key,
    PACTS: join(home, 'pacts'),
    PACT_DO_NOT_TRACK: '1',
    ApiKeyAuth: key,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: home, env, timeout: 120_000 });
    const parts = [];
    child.stdout.on('data', (part) => parts.push(part));
    child.stderr.on('data', (part) => parts.push(part));
    child.on('error', reject);
    child.on('close', (status) => {
      writeFileSync(log, Buffer.concat(parts));
      resolve(status ?? 1);
    });
  });
}

/** What docs/peers.md shows. */
function tables(columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const head = [line(['', ...columns.map(({ name }) => name)]), line(['---', ...columns.map(() => '---')])];
  const part = (conforms, words) =>
    rows
      .filter(({ subject }) => subject.conforms === conforms)
      .map(({ subject, said }) =>
        line([`${subject.says} (\`${subject.name}\`)`, ...said.map((each) => words[each] ?? each)]),
      );
  const lines = ({ written }) => written.reduce((sum, file) => sum + linesOf(file), 0);
  return [
    [
      ...head,
      line(['version', ...columns.map(({ version = '' }) => version)]),
      line(['lines by hand', ...columns.map(lines)]),
    ],
    [...head, ...part(false, {})],
    [...head, ...part(true, { yes: 'alarm', no: 'quiet' })],
  ]
    .map((each) => each.join('\n'))
    .join('\n\n');
}

/** Without comments and empty lines. */
function linesOf(file) {
  const lines = readFileSync(join(home, file), 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '' && !/^\s*(#|\/\/)/.test(line)).length;
}

function install() {
  cpSync(join(root, '.ci', 'peers'), home, { recursive: true });
  cpSync(join(root, 'specs', 'db_control_2025-04.oas.yaml'), join(home, 'db_control_2025-04.oas.yaml'));
  const { schemathesis, ...packages } = versions;
  if (!existsSync(join(home, 'venv', 'bin', 'st'))) {
    sure('python3', ['-m', 'venv', join(home, 'venv')]);
    sure(join(home, 'venv', 'bin', 'pip'), ['install', '--quiet', `schemathesis==${schemathesis}`]);
  }
  if (!existsSync(join(home, 'node_modules', 'specmatic'))) {
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
    sure('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', ...wanted]);
  }
  if (!existsSync(join(root, 'dist', 'harness', 'cli.js'))) sure('npm', ['run', '--silent', 'build'], root);
}

function sure(command, args, cwd = home) {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
