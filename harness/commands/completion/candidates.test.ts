import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, emptyFolder } from '../../testing/cli.ts';
import { verbs } from '../verbs.ts';
import { candidatesFor } from './candidates.ts';

const document = `openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get: { operationId: list_things, tags: [reading], responses: { '200': { description: The things } } }
    post: { operationId: make_thing, tags: [writing], responses: { '201': { description: Made } } }
`;

/** Paths of a document and a configuration. */
function files(): { readonly spec: string; readonly config: string } {
  const folder = emptyFolder();
  const [spec, config] = [join(folder, 'openapi.yaml'), join(folder, 'config.yaml')];
  writeFileSync(spec, document);
  writeFileSync(config, 'spec: openapi.yaml\ntargets:\n  staging: { url: "http://127.0.0.1:8080" }\n');
  return { spec, config };
}

async function valuesOf(...words: readonly string[]): Promise<readonly string[]> {
  return (await candidatesFor(words, verbs)).values.map(({ value }) => value);
}

describe('what may stand at the cursor', () => {
  test.for([
    ['commands', ['co'], ['compare', 'config', 'completion']],
    ['commands after help', ['help', 'spe'], ['specs']],
    ['options of the program', ['--v'], ['--version']],
    ['options of a command', ['run', '--fa'], ['--fail-fast']],
    ['no option twice', ['run', '--api', '2025-04', '--ap'], []],
    ['what may be repeated, twice', ['run', '--case', '404', '--cas'], ['--case']],
    ['subcommands', ['specs', ''], ['check']],
    ['options of a subcommand', ['specs', 'check', '--fr'], ['--from']],
    ['versions', ['run', '--api', '2025-'], ['2025-04', '2025-10']],
    ['versions after =', ['run', '--api=2025-'], ['--api=2025-04', '--api=2025-10']],
    ['every version', ['run', '--api', 'a'], ['all']],
    ['targets that are none of the configuration', ['run', '--target', ''], ['mock', 'fixtures']],
    ['a list of choices', ['sdk', '--missing-toolchain', ''], ['fail', 'skip']],
    ['SDKs that are not named yet', ['sdk', 'python', 'py'], ['python-asyncio']],
    ['releases of an SDK', ['sdk', 'python', '--version', '9.1'], ['9.1.0']],
    ['shells', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['codes', ['explain', 'E_FIXTURE_M'], ['E_FIXTURE_MISSING']],
    ['cases part by part', ['run', '--case', 'delete_backup/probe/au'], ['delete_backup/probe/auth/']],
    ['cases for SDKs', ['mock', '--case', 'sdk/delete_backup/client/two'], ['sdk/delete_backup/client/two-clients']],
    ['nothing for a number', ['run', '--seed', ''], []],
    ['nothing for an unknown command', ['fly', ''], []],
    ['nothing where a document cannot be read', ['run', '--spec', 'none.yaml', '--case', ''], []],
    ['nothing that would be fetched', ['run', '--spec', 'http://127.0.0.1:9/a.yaml', '--case', ''], []],
  ] as const)('%s', async ([, words, expected]) => {
    expect(await valuesOf(...words)).toEqual(expected);
  });

  test.skipIf(process.platform === 'win32')('nothing that keeps the reader waiting', async () => {
    const { spec } = files();
    const folder = emptyFolder();
    const [pipe, suite] = [join(folder, 'pipe.yaml'), join(folder, 'suite.yaml')];
    execFileSync('mkfifo', [pipe]);
    const suiteOf = (named: string): string =>
      `suite: s\nversion: 1.0.0\noperation: list_things\nspec: ${named}\nrecipes: { '200': { request: {} } }\n`;
    expect(await valuesOf('run', '--spec', pipe, '--case', '')).toEqual([]);
    expect(await valuesOf('run', '--config', pipe, '--target', '')).toEqual(['mock', 'fixtures']);
    for (const named of [pipe, 'http://127.0.0.1:9/openapi.yaml']) {
      writeFileSync(suite, suiteOf(named));
      expect(await valuesOf('run', '--suite', folder, '--case', '')).toEqual([]);
    }
    writeFileSync(suite, suiteOf(spec));
    expect(await valuesOf('run', '--suite', folder, '--case', '')).toEqual(['list_things/200/no-content']);
  });

  test.for([
    [['run', '--spec', ''], 'files'],
    [['run', '--suite', ''], 'folders'],
    [['run', '--states', ''], 'files'],
    [['report', ''], 'files'],
    [['run', '--rate', ''], 'none'],
  ] as const)('%j: %s', async ([words, expected]) => {
    expect((await candidatesFor(words, verbs)).files).toBe(expected);
  });

  test('targets, operations, tags and cases of a configuration and its document', async () => {
    const { spec, config } = files();
    expect(await valuesOf('run', '--config', config, '')).toEqual(['staging', 'list_things', 'make_thing']);
    expect(await valuesOf('doctor', '--config', config, '')).toEqual(['staging']);
    expect(await valuesOf('run', '--all', '--spec', spec, '--tag', '')).toEqual(['reading', 'writing']);
    expect(await valuesOf('run', '--spec', spec, '--case', '')).toEqual([
      'list_things/200/no-content',
      'make_thing/201/no-content',
    ]);
    const ofOne = await valuesOf('run', 'make_thing', '--spec', spec, '--case', 'make_thing/2');
    expect(ofOne.length).toBeGreaterThan(0);
  });

  test('a configuration that is a program is not run', async () => {
    const config = join(emptyFolder(), 'config.mjs');
    writeFileSync(config, 'throw new Error("it was run");');
    expect(await valuesOf('run', '--config', config, '')).toEqual(['delete_backup']);
  });

  test('every value of every command can be asked for', async () => {
    for (const name of Object.keys(verbs)) {
      const command = await verbs[name]?.load();
      for (const { long, required } of command?.options ?? []) {
        if (required) await candidatesFor([name, long ?? '', ''], verbs);
      }
      await candidatesFor([name, ''], verbs);
    }
  });
});

test('the command prints a value, a tab and what it is, and last whether files fit', async () => {
  const { exit, stdout } = await cli.run(['completion', 'bash', '--', 'run', '--states', '']);
  expect([exit, stdout]).toEqual([0, 'pinecone\t\n:files\n']);
});
