import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from '../testing/cli.ts';

test('sweep lists what operations of a document left, deletes nothing of it, and says why', async () => {
  const cwd = emptyFolder();
  const folder = join(cwd, '.pinecone-contract', 'ledger');
  mkdirSync(folder, { recursive: true });
  const head = { ledger: 1, run: 'abcd12', target: 'https://api.example', host: 'h', pid: 5, started: '2026-01-01' };
  const lines = [head, { intend: 1, request: 'POST /indexes\u001b[2J', at: 1 }, { made: 1, by: 'DELETE /indexes/a' }];
  writeFileSync(join(folder, 'abcd12.made'), `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  for (const args of [['sweep'], ['sweep', '--run', 'abcd12'], ['sweep', '--dry-run']]) {
    const { exit, stdout } = await cli.run(args, { cwd });
    expect(exit, stdout).toBe(3);
    expect(stdout).toContain('Run abcd12 at https://api.example left this; sweep deletes nothing of it');
    expect(stdout).toContain('DELETE /indexes/a deletes it');
    expect(stdout).not.toContain('\u001b[2J');
  }
  expect(readdirSync(folder)).toEqual(['abcd12.made']);
  expect((await cli.run(['sweep', '--run', 'other1'], { cwd })).stderr).toContain('has no ledger of a run other1');
});
