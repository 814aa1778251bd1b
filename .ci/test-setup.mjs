// Before the tests of a run: makes what the build generates, and compiles the harness for tests that start it as a process
// (Node 20 runs no TypeScript). Only what changed since the last run is compiled.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { generate } from './generate.mjs';

const source = fileURLToPath(new URL('../harness/', import.meta.url));
/** harness/testing/compiled.ts starts what is here. */
const target = fileURLToPath(new URL('../.cache/harness/', import.meta.url));

export async function setup(project) {
  await prepare();
  project?.onTestsRerun(prepare);
}

async function prepare() {
  await generate();
  compile();
}

function compile() {
  const files = filesIn(source).filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|^testing[/\\]/.test(file));
  const outputs = new Set(files.map(outputOf));
  for (const file of files) {
    const output = join(target, outputOf(file));
    if (existsSync(output) && changed(output) >= changed(join(source, file))) continue;
    mkdirSync(dirname(output), { recursive: true });
    // Another run of the tests must not read half a file.
    const draft = `${output}.${process.pid}.tmp`;
    writeFileSync(draft, javaScriptOf(readFileSync(join(source, file), 'utf8')));
    renameSync(draft, output);
  }
  for (const file of existsSync(target) ? filesIn(target) : []) {
    if (file.endsWith('.js') && !outputs.has(file)) rmSync(join(target, file), { force: true });
  }
}

function javaScriptOf(text) {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2023,
    rewriteRelativeImportExtensions: true,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true });
}

function outputOf(file) {
  return file.replace(/\.ts$/, '.js');
}

function changed(file) {
  return statSync(file).mtimeMs;
}
