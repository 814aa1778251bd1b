import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder } from '../../testing/cli.ts';
import { startShell, whyNotShell } from '../../testing/completing-shell.ts';
import { shells } from './scripts.ts';

const configuration = `targets: { staging: { url: 'http://127.0.0.1:8080' } }\n`;

/** A name in a document is nobody's command line. */
const document = `openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get: { operationId: list_things, responses: { '200': { description: The things } } }
    post: { operationId: 'list$(touch hit)', responses: { '201': { description: Made } } }
`;

/** What is typed after the name of the program, and what is there after Tab. */
const lines = [
  ['compa', 'compare'],
  ['sdk --missing-tool', 'sdk --missing-toolchain'],
  ['run --api=2025-0', '--api=2025-04'],
  ['run sta', 'run staging'],
  ['run --case delete_backup/20', 'delete_backup/202/no-content'],
  ["run --case 'delete_backup/20", "'delete_backup/202/no-content'"],
  ['run --waivers pinecone-contract.c', '--waivers pinecone-contract.config.yaml'],
  ['run --waivers=pinecone-contract.c', '--waivers=pinecone-contract.config.yaml'],
  ['run --spec openapi.yaml lis', 'openapi.yaml list_things'],
  ['explain E_FIXTURE_MIS', 'explain E_FIXTURE_MISSING'],
  ['run "$(touch hit)" --fixtu', '--fixtures'],
] as const;

describe.each(shells)('%s', (shell) => {
  const why = whyNotShell(shell);

  test.skipIf(why !== '')(`completes, and runs nothing that is typed or offered${why}`, async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'pinecone-contract.config.yaml'), configuration);
    writeFileSync(join(cwd, 'openapi.yaml'), document);
    const { complete } = await startShell(shell, cwd);
    for (const [typed, expected] of lines) await complete(`pinecone-contract ${typed}`, expected);
    expect(existsSync(join(cwd, 'hit'))).toBe(false);
  });
});
