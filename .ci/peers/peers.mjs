// Each peer: where it comes from, what was written by hand for it, and how its documentation says to run it.
// `{document}`, `{origin}`, `{seed}`, `{root}` (this repository) and `{home}` (where it is installed) are filled in.

export const versions = {
  schemathesis: '4.32.5',
  specmatic: '2.55.1',
  '@pact-foundation/pact': '16.5.0',
  '@playwright/test': '1.65.1',
  dredd: '14.1.0',
};

export const peers = [
  {
    name: 'this',
    written: ['this/states.yaml'],
    command: 'node {root}/dist/harness/cli.js run --target {origin} --states {home}/this/states.yaml --quiet',
  },
  {
    name: 'Schemathesis',
    version: versions.schemathesis,
    written: ['schemathesis/schemathesis.toml'],
    // What it tries is drawn by chance, so several draws are made.
    seeds: [1, 2, 3],
    command:
      '{home}/venv/bin/st --config-file {home}/schemathesis/schemathesis.toml ' +
      'run {document} --url {origin} --seed {seed} --no-color',
  },
  {
    name: 'Specmatic',
    version: versions.specmatic,
    written: ['accepted', 'unauthorized', 'not-found', 'pending-restore', 'server-error'].map(
      (name) => `specmatic/${name}.json`,
    ),
    command:
      'java -jar {home}/node_modules/specmatic/specmatic.jar ' +
      'test {document} --testBaseURL={origin} --examples={home}/specmatic',
  },
  {
    name: 'Pact',
    version: versions['@pact-foundation/pact'],
    written: ['pact/consumer.test.mjs', 'pact/verify.mjs'],
    // The consumer's side, which meets no server of ours: it has to pass before the server is verified.
    prepare: 'node --test {home}/pact/consumer.test.mjs',
    command: 'node {home}/pact/verify.mjs',
  },
  {
    name: 'Playwright',
    version: versions['@playwright/test'],
    written: ['playwright/delete-backup.spec.mjs'],
    command: '{home}/node_modules/.bin/playwright test --reporter=line --workers=1 {home}/playwright',
  },
  {
    name: 'Dredd',
    version: versions.dredd,
    written: ['dredd/hooks.cjs'],
    command: '{home}/node_modules/.bin/dredd {document} {origin} --hookfiles={home}/dredd/hooks.cjs --loglevel=error',
  },
];
