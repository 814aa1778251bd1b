import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunRecord } from './model/record.ts';
import { cli, emptyFolder } from './testing/cli.ts';
import { expectCauses, fiveMistakes } from './testing/five-mistakes.ts';
import { fastifyKey, fastifyStates, type Mistake, startFastify } from './testing/servers/fastify-server.ts';
import { noTerminal, runOnTerminal } from './testing/terminal.ts';

const env = { PINECONE_API_KEY: fastifyKey };
const { mistakes, causes } = fiveMistakes;

/** A folder of a user whose server has these mistakes, after `init`. */
async function project(wrong: readonly Mistake[]): Promise<string> {
  const server = await startFastify(new Set(wrong));
  onTestFinished(server.close);
  const cwd = emptyFolder();
  const { exit, stderr } = await cli.run(['init', '--url', server.origin], { cwd });
  expect(exit, stderr).toBe(0);
  writeFileSync(join(cwd, 'states.yaml'), fastifyStates);
  return cwd;
}

describe('a server of one’s own, from an empty folder', () => {
  test('without mistakes is green', async () => {
    const cwd = await project([]);
    const { exit, stdout } = await cli.run(['run', 'local'], { cwd, env });
    expect(exit, stdout).toBe(0);
    expect(stdout).toContain('Declared responses  5 of 5 proved');
    expect(stdout).not.toContain('cause');
  });

  test('with five mistakes: the end of the output, the summary and the page name five causes', async () => {
    const cwd = await project(mistakes);
    const { exit, stdout } = await cli.run(['run', 'local'], { cwd, env });
    expect(exit).toBe(1);
    expectCauses(stdout.trimEnd().split('\n').slice(-24).join('\n'));
    const report = (name: string): string => readFileSync(join(cwd, 'reports', name), 'utf8');
    expectCauses(report('summary.md').split('\n').slice(0, 24).join('\n'));
    const data = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(report('index.html'))?.[1] ?? '';
    const { columns } = JSON.parse(data) as {
      readonly columns: readonly [{ readonly causes: readonly { words: string }[] }];
    };
    expect(columns[0].causes.map(({ words }) => words)).toEqual(causes);
    const run = JSON.parse(report('run.json')) as RunRecord;
    expect(run.causes?.map(({ likely, message }) => likely ?? message)).toEqual(causes);
    expect(report('junit.xml')).toContain('name="cause.5"');
  });

  describe.skipIf(noTerminal !== '')(`on a pseudo terminal${noTerminal}`, () => {
    test.for([60, 120])('of %i columns the last screen names five causes', async (columns) => {
      const cwd = await project(mistakes);
      const { exit, rows } = await runOnTerminal(['run', 'local'], { columns, cwd, env });
      expect(exit).toBe(1);
      expectCauses(rows.slice(-24).join('\n'));
    });

    test('init asks for what no option gives', async () => {
      const cwd = emptyFolder();
      const { exit } = await runOnTerminal(['init'], {
        ...{ columns: 80, cwd, env },
        answers: [
          ['The URL of the server?', 'nonsense'],
          ['nonsense is no URL', 'http://127.0.0.1:8080'],
          ['A name for it', 'mine'],
          ['Who arranges its states', ''],
          ['Write a GitHub workflow', 'yes'],
        ],
      });
      expect(exit).toBe(0);
      expect(readFileSync(join(cwd, 'pinecone-contract.config.yaml'), 'utf8')).toContain(
        'url: "http://127.0.0.1:8080"',
      );
      expect(readFileSync(join(cwd, '.github/workflows/contract.yml'), 'utf8')).toContain('run mine --github');
    });
  });
});
