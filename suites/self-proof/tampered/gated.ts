import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { packageFile } from '../../../harness/core/package-files.ts';
import { cli } from '../../../harness/testing/cli.ts';
import { type Change, tampered, temporaryFolder } from './artefact.ts';

/** An artefact with one fault, and the rule that must say so. */
export interface Tampering {
  readonly name: string;
  readonly change: Change;
  readonly rule: string;
  /** The cases that show it. */
  readonly cases: string;
  /** What must be said of it, too. */
  readonly says?: string;
}

/** Where the installers keep what they have downloaded: one artefact after the other needs the same dependencies. */
interface Downloads {
  readonly sdk: 'python' | 'js';
  readonly folder: string;
}

/** What `sdk NAME --package FILE --github` gave for an artefact, everything that people and machines read of it. */
interface Gated {
  readonly exit: number | null;
  readonly junit: string;
  readonly summary: string;
  readonly annotations: readonly string[];
  readonly everything: string;
}

/** The artefact as it was published passes, though it was packed anew. */
export async function passesUnchanged(artefact: string, downloads: Downloads): Promise<void> {
  const gated = await gate(tampered(artefact), 'sdk/delete_backup/{202,404}/**', downloads);
  expect(gated.annotations.filter((line) => line.startsWith('::error'))).toEqual([]);
  expect(gated.exit).toBe(0);
}

/** The fault is named by its rule in JUnit, in the summary and in the annotations, and the key is in none of them. */
export async function isCaught(artefact: string, tampering: Tampering, downloads: Downloads): Promise<void> {
  const gated = await gate(tampered(artefact, tampering.change), tampering.cases, downloads);
  expect(gated.exit).toBe(1);
  const failures = [...gated.junit.matchAll(/<failure [^>]*type="([^"]*)"/g)].map(([, types = '']) => types);
  expect(failures.flatMap((types) => types.split(' '))).toContain(tampering.rule);
  expect(gated.summary).toContain(`${tampering.rule}: expected`);
  expect(gated.annotations.join('\n')).toMatch(
    new RegExp(`^::error file=.*sdk\\.yaml,line=\\d+,.*${tampering.rule}: `, 'm'),
  );
  expect(gated.everything).toContain(tampering.says ?? tampering.rule);
  expect(gated.everything).not.toMatch(/pckey-canary-[0-9a-f]{24}/);
}

async function gate(file: string, cases: string, { sdk, folder }: Downloads): Promise<Gated> {
  const cwd = temporaryFolder();
  const stepSummary = join(cwd, 'step-summary.md');
  writeFileSync(stepSummary, '');
  const { exit, stdout, stderr } = await cli.run(
    ['sdk', sdk, '--package', file, '--case', cases, '--github', '--reports', 'reports'],
    {
      cwd,
      env: {
        ...(process.env as Readonly<Record<string, string>>),
        PINECONE_CONTRACT_CACHE: join(cwd, 'cache'),
        PIP_CACHE_DIR: join(folder, 'pip'),
        PIP_NO_COMPILE: '1',
        npm_config_cache: join(folder, 'npm'),
        GITHUB_WORKSPACE: packageFile(),
        GITHUB_STEP_SUMMARY: stepSummary,
      },
    },
  );
  const read = (name: string): string => readFileSync(join(cwd, 'reports', name), 'utf8');
  const [junit, summary, step] = [read('junit.xml'), read('summary.md'), readFileSync(stepSummary, 'utf8')];
  expect(step).toContain('delete_backup');
  return {
    exit,
    junit,
    summary,
    annotations: stderr.split('\n').filter((line) => line.startsWith('::')),
    everything: [stdout, stderr, junit, summary, step, read('run.json'), read('ctrf.json'), read('index.html')].join(
      '\n',
    ),
  };
}
