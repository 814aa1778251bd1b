import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFile } from '../../core/package-files.ts';
import { shellWord } from '../../core/text/shell-quote.ts';
import { cli, emptyFolder, startMockCommand } from '../../testing/cli.ts';
import { compiledCli } from '../../testing/compiled.ts';
import { standInSdk } from '../../testing/servers/stand-in-sdk.ts';
import { runInShell } from '../../testing/shell.ts';
import { commandTree } from './command-tree.ts';
import { examples } from './examples.ts';

const key = 'pcsk_examples_0123456789abcdef';
const server = 'http://127.0.0.1:8080';

const things = `openapi: 3.0.3
info: { title: Things, version: '1' }
servers: [{ url: 'http://127.0.0.1:8080' }]
paths:
  /things/{thing_id}:
    get:
      operationId: get_thing
      parameters: [{ name: thing_id, in: path, required: true, schema: { type: string }, description: Its id }]
      responses:
        '200': { description: The thing }
        '404':
          description: There is none
          content:
            text/plain: { schema: { type: string }, example: there is none }
`;

/** What an example needs in its folder, by the name with which it says so. */
const needs: readonly (readonly [name: RegExp, make: (folder: string, origin: string) => unknown])[] = [
  [/openapi\.yaml/, (folder) => writeFileSync(join(folder, 'openapi.yaml'), things)],
  [/before\.yaml/, (folder) => writeFileSync(join(folder, 'before.yaml'), things)],
  [/after\.yaml/, (folder) => writeFileSync(join(folder, 'after.yaml'), things)],
  [/states\.yaml|staging|^config/, statesFile],
  [/staging|^config/, configuration],
  [/monday\//, (folder) => cli.run(['run', '--case', '404', '--reports', 'monday'], { cwd: folder })],
  [/reports\//, (folder) => cli.run(['run', '--case', '404'], { cwd: folder })],
  [/--sdk my-sdk/, (folder) => cpSync(standInSdk(), join(folder, 'my-sdk'), { recursive: true })],
  [/my-sdk\.tgz/, (folder) => writeFileSync(join(folder, 'my-sdk.tgz'), '')],
  [/published/, (folder) => cpSync(packageFile('specs'), join(folder, 'published'), { recursive: true })],
];

function configuration(folder: string, origin: string): void {
  const text = `targets:\n  staging: { url: '${origin}', states: states.yaml }\n`;
  writeFileSync(join(folder, 'pinecone-contract.config.yaml'), text);
}

function statesFile(folder: string): void {
  cpSync(packageFile('suites', 'delete_backup', 'states.yaml'), join(folder, 'states.yaml'));
}

const all = Object.entries(examples).flatMap(([name, list]) => list.map(({ line }) => [line, name] as const));

describe('examples', () => {
  it.for(all)('%s', async ([line, name]) => {
    const args = line.slice('pinecone-contract '.length);
    const folder = emptyFolder();
    const needsServer = /8080|staging/.test(line) && name !== 'init';
    const origin = needsServer ? (await startMockCommand(key)).origin : server;
    for (const [word, make] of needs) if (word.test(args)) await make(folder, origin);
    mkdirSync(join(folder, 'bin'));
    const program = `#!/bin/sh\nexec ${[process.execPath, compiledCli].map(shellWord).join(' ')} "$@"\n`;
    writeFileSync(join(folder, 'bin', 'pinecone-contract'), program, { mode: 0o755 });
    // The port of an example may be taken here.
    const typed = line.replaceAll(server, origin).replace('--port 4010', '--port 0');
    const env = { PINECONE_API_KEY: key, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
    const { exit, output } = await runInShell(typed, { cwd: folder, env, stopAt: /Stop with Ctrl-C/ });
    expect([exit, exit === 0 ? '' : output]).toEqual([0, '']);
  });
});

describe('every command', () => {
  it('has two examples of its own', async () => {
    const names = ['', ...(await commandTree()).keys()];
    expect(Object.keys(examples).sort()).toEqual(names.sort());
    const foreign = all.filter(([line, name]) => !`${line} `.startsWith(`pinecone-contract ${name} `.trimEnd()));
    expect(foreign).toEqual([]);
  });
});
