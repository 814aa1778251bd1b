import { keyVariable } from '../../core/default-suite.ts';
import { isLoopbackName } from '../../core/loopback.ts';

/** The input of `init`, from options or answers. */
export interface Setup {
  readonly url: string;
  /** The name of the target: `run NAME`. */
  readonly name: string;
  /** A file of ids, a provider at a URL, or `pinecone`. */
  readonly states: string;
  readonly spec?: string;
  readonly suite?: string;
  readonly operation?: string;
  readonly workflow: boolean;
}

export const configName = 'pinecone-contract.config.yaml';
export const workflowName = '.github/workflows/contract.yml';

/** The files that `init` writes, by their paths. */
export function filesOf(setup: Setup): ReadonlyMap<string, string> {
  return new Map([
    [configName, configText(setup)],
    ...(isFile(setup.states) ? ([[setup.states, statesText]] as const) : []),
    ...(setup.workflow ? ([[workflowName, workflowText(setup)]] as const) : []),
  ]);
}

function isFile(states: string): boolean {
  return states !== 'pinecone' && !/^https?:/i.test(states);
}

function configText({ url, name, states, spec, suite, operation }: Setup): string {
  const allow = isLocal(url) ? [] : ['destructive', ...(/^http:/i.test(url) ? ['plain-http'] : [])];
  // A string of JSON is one of YAML, whatever is in it.
  const setting = (key: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [`${key}: ${JSON.stringify(value)}`];
  return [
    '# yaml-language-server: $schema=./node_modules/pinecone-contract/suites/config.schema.json',
    '# What would otherwise be typed at each call. `pinecone-contract config` shows what is in force.',
    '# The API key never stands here: it comes from ' + keyVariable + '.',
    ...setting('spec', spec),
    ...setting('suite', suite),
    ...setting('operation', operation),
    'reports: reports',
    'targets:',
    `  ${name}:`,
    ...[...setting('url', url), ...setting('states', states)].map((line) => `    ${line}`),
    ...(isLocal(url) ? [] : ['    rate: 5']),
    ...(allow.length === 0 ? [] : [`    allow: [${allow.join(', ')}]`]),
    '',
  ].join('\n');
}

export function isLocal(url: string): boolean {
  return isLoopbackName(new URL(url).hostname);
}

const statesText = `# yaml-language-server: $schema=./node_modules/pinecone-contract/suites/states.schema.json
# Which ids of your server are in which state. In a value, {n} stands for a fresh number each time and {uuid} for a fresh
# UUIDv4; a list gives each of its values once. Only ids that stand here are ever deleted.

# A whole run takes 72, one for each case that needs one. A list of ids needs 25: cases that delete nothing share the last.
a backup that can be deleted:
  backup_id: 'ready-{n}'

no such backup:
  backup_id: '{uuid}'

# Refused with 412, so one id is enough.
a backup with a pending restore job:
  backup_id: 'pending-1'

# Deleting it makes the server fail with 500. Leave this state out if there is no such id: 500 is exempt then.
# a server fault:
#   backup_id: 'faulty-1'
`;

function workflowText({ name, url }: Setup): string {
  return `name: contract
on:
  schedule: [{ cron: '17 3 * * *' }]
  workflow_dispatch:
permissions:
  contents: read
jobs:
  contract:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with: { persist-credentials: false }
      - uses: actions/setup-node@2028fbc5c25fe9cf00d9f06a71cc4710d4507903 # v6.0.0
        with: { node-version: 22, cache: npm }
      - run: npm ci
${isLocal(url) ? `      # Start your server in a step here: nothing else answers at ${url} on this machine.\n` : ''}      - run: npx pinecone-contract run ${name} --github
        env: { ${keyVariable}: '\${{ secrets.${keyVariable} }}' }
      - if: always()
        run: npx pinecone-contract sweep --allow-destructive
        env:
          PINECONE_CONTRACT_TARGET: ${JSON.stringify(url)}
          ${keyVariable}: '\${{ secrets.${keyVariable} }}'
      - if: always()
        uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
        with: { name: contract, path: reports }
`;
}
