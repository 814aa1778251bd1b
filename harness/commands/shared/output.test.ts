import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../core/package-files.ts';
import { cli, emptyFolder, type Ended, serve } from '../../testing/cli.ts';

const key = 'pcsk_Canary7_q2Wm8Lk5Vt1Zr9Xb3Yp6Ns4';
const states = join(packageRoot, 'suites', 'delete_backup', 'states.yaml');
const injected = [
  '::error file=a.js::forged',
  '##[add-mask]forged',
  '##[stop-commands]forged',
  '::stop-commands::forged',
  '::set-output name=x::forged',
];

/** Each command at the start of a line, after every kind of line break, and at each place where a long line may be broken. */
const hostile = [
  ...injected.map((command) => `\n${command}\r${command}\u2028${command}\u0085 ${command}`),
  ...Array.from({ length: 60 }, (_, length) => `${'w'.repeat(length)} ::set-output name=x::forged `),
  '\u001b[2J\u001b]0;title\u0007\u009b31m\u202e\ufffe',
].join('');

async function hostileServer(): Promise<string> {
  return serve((request, response) => {
    const said = `${hostile} ${String(request.headers['api-key'] ?? '')}`;
    const header = '##[add-mask]forged ::error::forged';
    const body = JSON.stringify({ error: { code: hostile, message: said }, status: header, [hostile]: said });
    response.writeHead(500, `##[error]forged`, { 'content-type': 'application/json', 'x-a': header, location: header });
    response.end(body);
  });
}

/** What the runner of GitHub obeys: `::name::` first in a line, `##[name]` anywhere, colours taken away or not. */
function obeyed(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n|\u0085|\u2028/)
    .filter((line) =>
      [line, line.replace(/\u001b\[[\d;]*[A-Za-z]/g, '')].some(
        (each) => /^::[^:]*::/.test(each.trimStart()) || /##[\w.]*\[[^\]]*\]/.test(each),
      ),
    );
}

test('what a runner obeys is recognised', () => {
  expect(obeyed(injected.join('\n'))).toEqual(injected);
  expect(obeyed('  \u001b[31m::error::x\na ::b::')).toEqual(['  \u001b[31m::error::x']);
});

function expectHarmless({ stdout, stderr }: Ended): void {
  const ours = /^::(?:error|warning)(?: (?:file|title)=[^:]*)?::(?!forged)/;
  expect(obeyed(stdout)).toEqual([]);
  expect(obeyed(stderr).filter((line) => !ours.test(line) || /##[\w.]*\[/.test(line))).toEqual([]);
  expect((stdout + stderr).match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\ufffe]/g)).toBeNull();
  expect(stdout + stderr).not.toContain(key);
}

const some = ['--case', 'delete_backup/{404,500}/**', '--case', '**/auth/no-key'];

test.for([
  ['the report', []],
  ['the whole report', ['--verbose']],
  ['JSON', ['--json']],
  ['annotations', ['--github']],
] as const)('%s of a run against a hostile server gives no runner a command', async ([, options]) => {
  const cwd = emptyFolder();
  const target = ['--target', await hostileServer(), '--states', states];
  const env = { PINECONE_API_KEY: key, GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
  const ended = await cli.run(['run', ...target, ...some, ...options], { cwd, env });
  expect(ended.exit).toBe(1);
  expect(ended.stdout).toContain('forged');
  expectHarmless(ended);
  if (options[0] === '--json') {
    const { cases } = JSON.parse(ended.stdout) as { cases: readonly { exchanges: readonly unknown[] }[] };
    const saved = JSON.parse(readFileSync(join(cwd, 'reports', 'run.json'), 'utf8')) as { cases: unknown };
    expect(cases).toEqual(saved.cases);
  }
  if (options[0] === '--github') expect(obeyed(ended.stderr).length).toBeGreaterThan(0);
  const reported = await cli.run(['report', 'reports/run.json', '--reports', 'again', '--github'], { cwd, env });
  expectHarmless(reported);
});

test.for([
  ['record', ['record', '--target', 'URL', '--states', states, '--out', 'fixtures']],
  ['an unknown command', [injected.join('\n')]],
  ['an unknown option', ['run', `--${hostile}`]],
  ['a file that is not there', ['compare', hostile, `${key}/run.json`]],
] as const)('%s gives no runner a command', async ([, args]) => {
  const url = await hostileServer();
  const given = args.map((arg) => (arg === 'URL' ? url : arg).replaceAll('\0', ''));
  expectHarmless(await cli.run(given, { env: { PINECONE_API_KEY: key } }));
});
