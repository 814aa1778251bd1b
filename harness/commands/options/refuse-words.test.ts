import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder, serve } from '../../testing/cli.ts';

const configuration = 'targets:\n  staging: { url: "http://127.0.0.1:8080" }\n';

test.for([
  ['an empty value', ['run', '--spec', ''], /the value of --spec is empty\n {2}Give one, or leave it out/],
  ['an empty value of several', ['run', '--case', '404', '--case', ''], /the value of --case is empty/],
  ['an empty argument', ['run', ''], /an argument is empty/],
  ['a misspelt subcommand', ['specs', 'chek'], /specs has no command chek\n {2}Did you mean check\? It has: check\./],
  ['a misspelt command of sdk', ['sdk', 'prepar'], /no SDK and no command of sdk named prepar\n.* sdk prepare$/m],
  ['help for nothing', ['help', 'nope'], /pinecone-contract has no command nope\n {2}It has: run, cases, /],
  ['help for no subcommand', ['help', 'specs', 'chek'], /specs has no command chek/],
  ['a misspelt target', ['run', 'stagin'], /no operation stagin\n.*Did you mean the target staging\? The targets of/],
  ['the same as an option', ['run', '--target', 'stagin'], /neither mock, .*\n.*Did you mean the target staging\?/],
  ['the same for doctor', ['doctor', 'stagin'], /neither a target .*\n.*Did you mean the target staging\?/],
  [
    'no case of a version',
    ['run', '--api', '2026-07', '--case', 'zz'],
    /with: pinecone-contract cases --api 2026-07$/m,
  ],
  ['no case of any', ['run', '--all', '--case', 'zz'], /with: pinecone-contract cases OPERATION$/m],
  ['fixtures that are a file', ['run', '--target', 'fixtures', '--fixtures', 'file'], /there is no folder file with/],
  [
    'a proposal without a folder',
    ['run', '--propose-waivers', 'none/x.yaml'],
    /x\.yaml cannot be written: there is no/,
  ],
] as const)('%s is refused at once, with what may have been meant', async ([, args, want]) => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'pinecone-contract.config.yaml'), configuration);
  writeFileSync(join(cwd, 'file'), '');
  const before = readdirSync(cwd);
  const { exit, stdout, stderr } = await cli.run(args, { cwd, env: { PINECONE_API_KEY: 'pcsk_words_0123456789' } });
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(want);
  expect(readdirSync(cwd).filter((name) => name !== 'reports')).toEqual(before);
});

test('without a configuration a name that is no operation is said to be no target, too', async () => {
  const { stderr } = await cli.run(['run', 'staging']);
  expect(stderr).toMatch(/no operation staging\n.*No configuration file is here, so no target has a name\./);
});

test.for(['--fixtures', '--out'])('record %s FILE sends nothing', async (option) => {
  let asked = 0;
  const target = await serve((_, response) => {
    asked += 1;
    response.writeHead(404).end();
  });
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'file'), '');
  mkdirSync(join(cwd, 'folder'));
  const env = { PINECONE_API_KEY: 'pcsk_words_0123456789' };
  const refused = await cli.run(['record', '--target', target, '--case', '404', option, 'file'], { cwd, env });
  expect([refused.exit, asked]).toEqual([2, 0]);
  expect(refused.stderr).toMatch(/cannot be written to file: .*file is a file, not a folder\n {2}Give a folder/);
  const done = await cli.run(['record', '--target', target, '--case', '404', option, 'folder'], { cwd, env });
  expect(done.exit).not.toBe(2);
  expect(asked).toBeGreaterThan(0);
});

test('help shows the help of a command, and of a subcommand', async () => {
  const { exit, stdout } = await cli.run(['help', 'specs', 'check']);
  expect([exit, stdout.split('\n')[0]]).toEqual([0, 'Usage: pinecone-contract specs check [options]']);
});
