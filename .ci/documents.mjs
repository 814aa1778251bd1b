// `npm run documents [-- FOLDER…]`: runs every operation of documents against a server that keeps to them, prints a
// table of what came of it, writes it to reports/documents.md, and fails where a bound of it is broken. Without a
// folder: the documents of specs/ and the public ones on the embedded mock, and the library of the self-proof on a
// server of its own. With folders: the documents in them, on the embedded mock.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBundled } from './bundled.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { documentsIn, publicDocuments } = await importBundled('suites/public/documents.ts');
const { brokenBounds, outcomeOf, outcomeTable } = await importBundled('harness/testing/documents/outcome-table.ts');

const folders = process.argv.slice(2);
const missing = folders.filter((folder) => !statSync(folder, { throwIfNoEntry: false })?.isDirectory());
for (const folder of missing) console.error(`there is no folder ${folder}; name one that has OpenAPI documents`);
if (missing.length > 0) process.exitCode = 2;
const outcomes = await (folders.length === 0
  ? own()
  : onMock(folders.filter((folder) => !missing.includes(folder)).flatMap(documentsIn)));
const table = outcomeTable(outcomes);
const broken = outcomes.flatMap(brokenBounds);

mkdirSync(join(root, 'reports'), { recursive: true });
writeFileSync(join(root, 'reports', 'documents.md'), `${table}\n`);
console.log(table);
for (const line of broken) console.error(line);
if (broken.length > 0) console.error('What each case found is in the pages of reports/documents/.');
if (outcomes.length === 0) console.error(`there is no document in ${folders.join(' or ')}`);
if (broken.length > 0 || outcomes.length === 0) process.exitCode = 1;

async function own() {
  const specs = documentsIn(join(root, 'specs')).filter(({ name }) => name.endsWith('.oas.yaml'));
  return [...(await onMock([...specs, ...publicDocuments])), await onLibrary()];
}

async function onMock(documents) {
  const found = [];
  for (const { name, file } of documents) found.push(await run(name, ['--spec', file]));
  return found;
}

/** A server that knows nothing of this project. */
async function onLibrary() {
  const { startLibrary } = await importBundled('suites/self-proof/library/server.ts');
  const token = `key_${randomBytes(16).toString('hex')}`;
  const library = await startLibrary(token);
  const spec = join(root, 'suites', 'self-proof', 'documents', 'library.oas.yaml');
  const args = ['--spec', spec, '--target', library.origin, '--allow-create'];
  const outcome = await run('library, on its own server', args, { PINECONE_API_KEY: token });
  await library.close();
  return outcome;
}

function run(name, args, env = {}) {
  const reports = join(root, 'reports', 'documents', name.replaceAll(/[^\w.-]+/g, '-'));
  const command = [join(root, 'dist/harness/cli.js'), 'run', '--all', '--json', ...args, '--reports', reports];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const parts = [];
    child.stdout.on('data', (part) => parts.push(part));
    child.on('error', reject);
    child.on('close', (exit) => {
      const text = Buffer.concat(parts).toString();
      resolve(outcomeOf(name, text === '' ? [] : JSON.parse(text), exit));
    });
  });
}
