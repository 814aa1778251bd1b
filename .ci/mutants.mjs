// `npm run mutants [-- ROOM|FILE…] [--incremental]`: changes the code in small ways and asks the unit tests whether they
// notice; `--incremental` asks only about what changed since the last such run. Stryker lives in .cache/mutants, with the
// vitest of this project; it is no dependency, for whoever only tests need not have it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const version = '9.6.1';
const root = fileURLToPath(new URL('..', import.meta.url));
const home = `${root}.cache/mutants`;
const stryker = `${home}/node_modules/@stryker-mutator`;
const rooms = {
  checks: ['harness/checks/**/*.ts'],
  cases: ['harness/cases/**/*.ts'],
  run: ['harness/run/{examine,flake,steps/same-answer,validate-response,circuit-breaker}.ts'],
  results: ['harness/results/**/*.ts'],
  matching: ['harness/openapi/match-response.ts'],
};

process.exitCode = mutants(process.argv.slice(2));

function mutants(args) {
  const options = args.filter((arg) => arg.startsWith('--'));
  const asked = args.filter((arg) => !arg.startsWith('--'));
  const stray = asked.find((name) => !(name in rooms) && !existsSync(`${root}${name}`));
  if (stray !== undefined) {
    console.error(`error: there is no room or file "${stray}"\n  The rooms: ${Object.keys(rooms).join(', ')}`);
    return 2;
  }
  if (!existsSync(`${stryker}/vitest-runner`)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(`${home}/package.json`, '{ "private": true }\n');
    const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${version}`);
    const flags = ['--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
    const installed = exitOf('npm', ['install', '--prefix', home, ...flags, ...packages]);
    if (installed !== 0) return installed;
  }
  const names = asked.length === 0 ? Object.keys(rooms) : asked;
  writeFileSync(`${home}/config.json`, JSON.stringify(configFor(names), null, 2));
  return exitOf(process.execPath, [`${stryker}/core/bin/stryker.js`, 'run', `${home}/config.json`, ...options]);
}

function configFor(names) {
  return {
    mutate: [...names.flatMap((name) => rooms[name] ?? [name]), '!harness/**/*.test.ts', '!harness/testing/**'],
    testRunner: 'vitest',
    plugins: [`${stryker}/vitest-runner/dist/src/index.js`],
    vitest: { configFile: '.ci/mutants.config.ts' },
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
    incrementalFile: `${home}/incremental.json`,
    tempDirName: '.cache/mutants-tmp',
    ignorePatterns: ['dist', 'reports', '.cache', '.github', 'suites/sdks', 'suites/self-proof'],
  };
}

function exitOf(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  return status ?? 3;
}
