// `npm run mutants [-- ROOM…]`: changes the code in small ways and asks the unit tests whether they notice. Stryker lives
// in .cache/mutants, with the vitest of this project; it is no dependency, for whoever only tests need not have it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const version = '9.6.1';
const root = fileURLToPath(new URL('..', import.meta.url));
const home = `${root}.cache/mutants`;
const rooms = {
  checks: ['harness/checks/**/*.ts'],
  cases: ['harness/cases/**/*.ts'],
  run: ['harness/run/{gate,settle,held-against}.ts'],
};
const asked = process.argv.slice(2);
const stray = asked.find((name) => !(name in rooms));
if (stray !== undefined) {
  console.error(`error: there is no room "${stray}"\n  The rooms: ${Object.keys(rooms).join(', ')}`);
  process.exit(2);
}

if (!existsSync(`${home}/node_modules/@stryker-mutator/vitest-runner/package.json`)) {
  mkdirSync(home, { recursive: true });
  writeFileSync(`${home}/package.json`, '{ "private": true }\n');
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${version}`);
  const flags = ['--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  must('npm', ['install', '--prefix', home, ...flags, ...packages]);
}

const config = {
  mutate: [
    ...(asked.length === 0 ? Object.keys(rooms) : asked).flatMap((name) => rooms[name]),
    '!harness/**/*.{test,test-support}.ts',
  ],
  testRunner: 'vitest',
  plugins: [`${home}/node_modules/@stryker-mutator/vitest-runner/dist/src/index.js`],
  vitest: { configFile: '.ci/mutants.vitest.ts' },
  coverageAnalysis: 'perTest',
  // Data at the top of a file is read once: each such mutant would need every test again.
  ignoreStatic: true,
  concurrency: Number(process.env.MUTANTS_CONCURRENCY ?? 2),
  timeoutMS: 10_000,
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, allowEmojis: false },
  htmlReporter: { fileName: 'reports/mutants.html' },
  jsonReporter: { fileName: 'reports/mutants.json' },
  thresholds: { high: 95, low: 85, break: 85 },
  tempDirName: '.cache/mutants-tmp',
  ignorePatterns: ['dist', 'reports', '.cache', '.github', 'suites/sdks', 'suites/self-proof'],
  allowEmpty: false,
};
writeFileSync(`${home}/config.json`, JSON.stringify(config, null, 2));
must(process.execPath, [`${home}/node_modules/@stryker-mutator/core/bin/stryker.js`, 'run', `${home}/config.json`]);

function must(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 3);
}
