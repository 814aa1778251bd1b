import { type Attack, canary, ownStates } from './attack.ts';

const states = { 'states.yaml': ownStates };
const one = ['run', '--case', '**/404/**', '--reports', 'out'];
const live = [
  'run',
  '--target',
  'http://127.0.0.1:9',
  '--states',
  'states.yaml',
  '--case',
  '**/404/**',
  '--reports',
  'out',
];

/** Arguments, environment variables, files and folders that are wrong, odd or meant to do harm. */
export const environmentAttacks: readonly Attack[] = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'then'].map((word) => ({
    name: `arguments: ${word} as the command`,
    args: [word],
    exits: [2],
  })),
  ...['constructor', '__proto__', 'toString'].map((word) => ({
    name: `arguments: ${word} as the operation`,
    args: ['run', word],
    exits: [2],
  })),
  { name: 'arguments: a case with control characters', args: ['run', '--case', '\u001b[31m\n::error::x'], exits: [2] },
  { name: 'arguments: a glob of 10,000 stars', args: ['run', '--case', '*'.repeat(10_000)] },
  {
    name: 'arguments: a glob with nested braces',
    args: ['run', '--case', '{a,'.repeat(200) + '}'.repeat(200)],
    exits: [2],
  },
  { name: 'arguments: an operation upwards', args: ['run', '../../victim'], exits: [2] },
  { name: 'arguments: a suite upwards', args: ['run', '--suite', '../victim'], exits: [2] },
  { name: 'arguments: a file as the suite', args: ['run', '--suite', 'states.yaml'], files: states, exits: [2] },
  { name: 'arguments: a folder as the document', args: ['run', '--spec', '.', 'delete_backup'], exits: [2] },
  { name: 'arguments: a device as the document', args: ['run', '--spec', '/dev/zero', 'delete_backup'], exits: [2] },
  {
    name: 'arguments: reports in a file',
    args: ['run', '--case', '**/404/**', '--reports', 'states.yaml'],
    files: states,
  },
  {
    name: 'arguments: reports where nothing can be written',
    args: ['run', '--case', '**/404/**', '--reports', '/proc/nothing'],
  },
  { name: 'arguments: a release upwards', args: ['sdk', 'curl', '--version', '../../victim'], exits: [2] },
  { name: 'arguments: an SDK upwards', args: ['sdk', '../../victim'], exits: [2] },
  { name: 'arguments: a run to sweep upwards', args: ['sweep', '--run', '../../victim'] },
  { name: 'arguments: not a number for the timeout', args: ['run', '--timeout', 'soon'], exits: [2] },
  { name: 'arguments: no time at all', args: ['run', '--timeout', '0'], exits: [2] },
  { name: 'arguments: a part beyond the whole', args: ['run', '--shard', '9/3'], exits: [2] },
  {
    name: 'arguments: the key in the target',
    args: [
      'run',
      '--target',
      `http://127.0.0.1:9/${canary}`,
      '--states',
      'states.yaml',
      '--case',
      '**/404/**',
      '--reports',
      'out',
    ],
    files: states,
  },
  {
    name: 'arguments: the key as the user of the target',
    args: ['run', '--target', `http://${canary}@127.0.0.1:9`],
    exits: [2],
  },
  {
    name: 'arguments: options of a live target for the mock',
    args: ['run', '--states', 'nofile.yaml', '--rate', '5', '--allow-destructive'],
    exits: [2],
  },
  {
    name: 'arguments: production',
    args: ['run', '--target', 'https://api.pinecone.io', '--allow-destructive'],
    exits: [2],
  },
  { name: 'environment: no key', args: live, files: states, env: { PINECONE_API_KEY: '' }, exits: [2] },
  {
    name: 'environment: a key with a line break',
    args: live,
    files: states,
    env: { PINECONE_API_KEY: `${canary}\n` },
    exits: [2],
  },
  { name: 'environment: a key of one letter', args: live, files: states, env: { PINECONE_API_KEY: 'e' } },
  {
    name: 'environment: a proxy that is none',
    args: live,
    files: states,
    env: { HTTP_PROXY: '::::', HTTPS_PROXY: '::::' },
  },
  {
    name: 'environment: NOCK_OFF',
    args: ['run', '--target', 'fixtures', '--reports', 'out'],
    env: { NOCK_OFF: 'true' },
  },
  { name: 'environment: no column', args: one, env: { COLUMNS: '0' } },
  { name: 'environment: a column that is no number', args: one, env: { COLUMNS: 'wide', LINES: '-1' } },
  { name: 'environment: colours for ever', args: one, env: { TERM: 'dumb', NO_COLOR: '1' } },
  {
    name: 'environment: an odd time zone and language',
    args: one,
    env: { TZ: 'Nowhere/None', LANG: 'tlh', LC_ALL: 'C' },
  },
  {
    name: 'environment: a summary that cannot be written',
    args: [...one, '--github'],
    env: { GITHUB_STEP_SUMMARY: '/proc/nothing', GITHUB_ACTIONS: 'true' },
  },
  { name: 'environment: a home that is missing', args: one, env: { HOME: '/nonexistent', TMPDIR: '/nonexistent' } },
  ...[
    '{"intend":"index","name":"production"}',
    '{"made":"backup","id":"../indexes/prod"}',
    '{"target":"{origin}"}',
    '\0\0\0',
    '',
  ].map((line, index) => ({
    name: `ledger: written by hand ${index}`,
    args: ['sweep', '--ledger', 'ledgers', '--grace', '0'],
    files: { 'ledgers/2026-01-01T00-00-00.000Z-abcdef.jsonl': `${line}\n${line}\n`, 'ledgers/other.txt': 'x' },
    server: [`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`],
  })),
];
