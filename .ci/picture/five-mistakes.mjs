import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { importBundled } from '../bundled.mjs';

/** What `run local` prints on a terminal of 100 columns, in the project of a user whose server has five mistakes. */
export async function runWithFiveMistakes(folder) {
  const { startFastify, fastifyKey, fastifyStates } = await importBundled('harness/testing/servers/fastify-server.ts');
  const mistakes = ['any-key', 'own-error-shape', 'wrong-status', 'kept', 'stack-trace'];
  const server = await startFastify(new Set(mistakes));
  const cwd = join(folder, 'project');
  const cli = installed(cwd);
  spawnSync('node', [cli, 'init', '--url', server.origin], { cwd });
  writeFileSync(join(cwd, 'states.yaml'), fastifyStates);
  const output = await onTerminal(`node ${cli} run local`, {
    cwd,
    env: { ...process.env, PINECONE_API_KEY: fastifyKey },
  });
  await server.close();
  return output;
}

/** This package as npm installs it, so that paths are those that a user sees. Resolves to its command line. */
function installed(cwd) {
  const root = join(cwd, 'node_modules', 'pinecone-contract');
  mkdirSync(join(root, 'suites'), { recursive: true });
  const schemas = readdirSync('suites').filter((name) => name.endsWith('.schema.json'));
  const suites = ['default.json', 'delete_backup', ...schemas].map((name) => join('suites', name));
  for (const part of ['package.json', 'dist', 'specs', ...suites]) cpSync(part, join(root, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  return join('node_modules', 'pinecone-contract', 'dist', 'harness', 'cli.js');
}

function onTerminal(command, options) {
  const child = spawn('script', ['-qec', `stty cols 100 rows 40; ${command}`, '/dev/null'], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((done, failed) => {
    // The line of progress is overwritten in place, and erased at the end.
    child.on('error', failed).on('close', () => done(output.replaceAll('\r\n', '\n').replace(/^.*\x1b\[2K/s, '')));
  });
}
