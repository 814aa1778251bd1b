import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';

import { packageRoot } from '../core/package-files.ts';

/**
 * The harness as JavaScript in a folder of its own, for tests that start real child processes: Node 20 runs no
 * TypeScript. `needed` picks the files that the child will load, since each costs time.
 */
export async function compiledHarness(needed: RegExp): Promise<{ readonly cli: string; remove(): Promise<void> }> {
  const cache = join(packageRoot, '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'compiled-'));
  const source = join(packageRoot, 'harness');
  for (const file of await readdir(source, { recursive: true })) {
    if (!file.endsWith('.ts') || /\.test\.ts$|^testing\//.test(file) || !needed.test(file)) continue;
    const target = join(folder, file.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, javaScriptOf(await readFile(join(source, file), 'utf8')));
  }
  return { cli: join(folder, 'cli.js'), remove: () => rm(folder, { recursive: true, force: true }) };
}

function javaScriptOf(text: string): string {
  const { ESNext: module } = ts.ModuleKind;
  const compilerOptions = { module, target: ts.ScriptTarget.ES2023, rewriteRelativeImportExtensions: true };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
