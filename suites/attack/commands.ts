import type { Script } from '../../harness/testing/servers/scripted-socket.ts';
import { type Attack, canary } from './attack.ts';
import { replacements } from './replace.ts';

const hostile = '\u001b[31m\n::set-output name=a::b\n##[stop-commands]t\u202e';
const notes = {
  openapi: '3.0.3',
  info: { title: 'Notes', version: '1' },
  security: [{ Key: [] }],
  paths: {
    '/notes': {
      get: {
        operationId: 'list_notes',
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 9 } }],
        responses: {
          '200': {
            description: 'All.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { notes: { type: 'array', items: { $ref: '#/components/schemas/Note' } } },
                },
              },
            },
          },
          '401': { description: 'No key.' },
        },
      },
      post: {
        operationId: 'make_note',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } },
        },
        responses: {
          '201': {
            description: 'Made.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } },
          },
          '400': { description: 'Wrong.' },
        },
      },
    },
    '/notes/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { operationId: 'read_note', responses: { '200': { description: 'One.' }, '404': { description: 'None.' } } },
      delete: {
        operationId: 'delete_note',
        responses: { '204': { description: 'Gone.' }, '404': { description: 'None.' } },
      },
    },
  },
  components: {
    schemas: {
      Note: { type: 'object', properties: { id: { type: 'string' }, text: { type: 'string', maxLength: 9 } } },
    },
    securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  },
};
const files = { 'd.json': JSON.stringify(notes) };

function json(status: number, text: string, headers = ''): string {
  return `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\n${headers}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${Buffer.from(text).toString('latin1')}`;
}

/** What servers answer while default recipes make, list and delete things on them. */
const servers: Readonly<Record<string, Script>> = {
  'lists and makes the things of others': ({ method }) => [
    json(method === 'POST' ? 201 : 200, '{"id":"victim","notes":[{"id":"prod","text":"x"}]}'),
  ],
  'gives ids that are paths': ({ method }) => [
    json(method === 'POST' ? 201 : 200, '{"id":"../indexes/prod","notes":[{"id":"../../backups/prod"}]}'),
  ],
  'gives an id with commands': ({ method }) => [
    json(method === 'POST' ? 201 : 200, JSON.stringify({ id: hostile, notes: [{ id: hostile, text: hostile }] })),
  ],
  'gives the key as an id': ({ method }) => [
    json(method === 'POST' ? 201 : 200, JSON.stringify({ id: canary, notes: [{ id: canary }] })),
  ],
  'gives no ids': ({ method }) => [json(method === 'POST' ? 201 : 200, '{"notes":[null,1,[],{}]}')],
  'gives an id of a megabyte': ({ method }) => [
    json(method === 'POST' ? 201 : 200, JSON.stringify({ id: 'x'.repeat(1_000_000), notes: [] })),
  ],
  'refuses to delete what it made': ({ method }) => [
    method === 'DELETE' ? json(403, '{}') : json(method === 'POST' ? 201 : 200, '{"id":"n-1","notes":[{"id":"n-1"}]}'),
  ],
  'makes a thing and says where it is': ({ method }) => [
    json(method === 'POST' ? 201 : 200, '{}', 'Location: http://169.254.169.254/latest/prod\r\n'),
  ],
  'answers nothing but 500': [json(500, '{}')],
  'answers 429 for ever': [json(429, '{}', 'Retry-After: 3600\r\n')],
};

const configs: Readonly<Record<string, string>> = {
  'a list': '- a',
  'an alias of itself': 'targets: &a\n  x: *a\n',
  'a target that is __proto__': 'targets: { __proto__: { url: http://127.0.0.1:9 } }',
  'reports above the folder': 'reports: ../../victim',
  'a URL with a password': `targets: { t: { url: 'http://me:${canary}@127.0.0.1:9' } }`,
  'a key in it': `targets: { t: { url: 'http://127.0.0.1:9', key: ${canary} } }`,
  'commands in a name': `targets: { "\\u001b[31m\\n::error::x": { url: http://127.0.0.1:9 } }`,
  'numbers beyond number': 'timeout: 1e999\nconcurrency: -1\n',
  'a spec that is a folder': 'spec: .',
  'a suite that is a device': 'suite: /dev',
};

const drivers: Readonly<Record<string, string>> = {
  'a folder that is none': 'x',
  'no programs': 'name: x\n',
  'commands in its name': 'name: "\\u001b[31m::error::x"\nlanguage: js\n',
  'a prepare step that leaves the folder': 'name: ../../victim\nlanguage: js\nprepare: [[rm, -rf, ../../victim]]\n',
};

const all = ['run', '--all', '--spec', 'd.json', '--reports', 'out'];
const live = [...all, '--target', '{origin}', '--timeout', '1500', '--deadline', '30'];

/** Commands with arguments, files and folders that nobody should give them. */
export const commandAttacks: readonly Attack[] = [
  ...Object.entries(servers).map(([name, server]) => ({
    name: `run --all: a server that ${name}`,
    args: live,
    files,
    server,
  })),
  ...replacements(notes, 24).map((text, index) => ({
    name: `run --all: value ${index} of the document replaced`,
    args: all,
    files: { 'd.json': text },
  })),
  { name: 'run --all: a tag that nothing has', args: [...all, '--tag', hostile], files, exits: [2] },
  { name: 'run --all: a case that nothing has', args: [...all, '--case', '../../victim'], files, exits: [2] },
  ...Object.entries(configs).flatMap(([name, text]) => [
    {
      name: `configuration: ${name}`,
      args: ['run', 't', '--case', '**/404/**'],
      files: { 'pinecone-contract.config.yaml': text },
    },
    { name: `doctor: ${name}`, args: ['doctor', '--json'], files: { 'pinecone-contract.config.yaml': text } },
  ]),
  { name: 'init: a name with commands', args: ['init', '--url', 'http://127.0.0.1:9', '--name', hostile] },
  { name: 'init: a name that is a path', args: ['init', '--url', 'http://127.0.0.1:9', '--name', '../../victim'] },
  {
    name: 'init: states above the folder',
    args: ['init', '--url', 'http://127.0.0.1:9', '--states', '../victim/keep.txt'],
  },
  { name: 'init: the key in the URL', args: ['init', '--url', `http://${canary}@127.0.0.1:9`] },
  { name: 'init: the key in the path', args: ['init', '--url', `http://127.0.0.1:9/${canary}`, '--workflow'] },
  { name: 'init: a URL that is none', args: ['init', '--url', hostile] },
  {
    name: 'init: an operation that is __proto__',
    args: ['init', '--url', 'http://127.0.0.1:9', '--operation', '__proto__'],
  },
  {
    name: 'doctor: a server that floods',
    args: ['doctor', '{origin}'],
    server: [{ flood: 'HTTP/1.1 103 X\r\n\r\n', bytes: 9e6 }],
  },
  {
    name: 'doctor: a server with the key',
    args: ['doctor', '{origin}'],
    server: [json(200, `"${canary}"`, `Date: ${canary}\r\n`)],
  },
  { name: 'doctor: a target that is a command', args: ['doctor', hostile] },
  { name: 'mock: a port beyond ports', args: ['mock', '--port', '99999'], exits: [2] },
  { name: 'mock: a document that is none', args: ['mock', '--spec', 'd.json'], files: { 'd.json': '[]' }, exits: [2] },
  { name: 'mock: a case that is a path', args: ['mock', '--case', '../../victim'], exits: [2] },
  { name: 'sdk init: a name that is a path', args: ['sdk', 'init', '../victim', '--language', 'js'], exits: [2] },
  { name: 'sdk init: a name with commands', args: ['sdk', 'init', hostile, '--language', 'js'], exits: [2] },
  { name: 'sdk init: __proto__', args: ['sdk', 'init', '__proto__', '--language', 'js'] },
  ...Object.entries(drivers).map(([name, text]) => ({
    name: `sdk --sdk: ${name}`,
    args: ['sdk', '--sdk', 'mine', '--case', '**/404/**', '--reports', 'out'],
    files: { 'mine/sdk.yaml': text },
  })),
  { name: 'sdk --sdk: the folder above', args: ['sdk', '--sdk', '../victim', '--reports', 'out'], exits: [2] },
  {
    name: 'record: fixtures above the folder',
    args: ['record', '--target', '{origin}', '--fixtures', '../victim/keep.txt'],
    server: [json(404, '{}')],
  },
  {
    name: 'record: a server with the key',
    args: ['record', '--target', '{origin}', '--fixtures', 'f'],
    server: [json(404, `{"error":"${canary}"}`)],
  },
  ...[
    '[]',
    '{',
    '[{"scope":"http://x","method":"DELETE","path":"/../../victim","status":202,"response":""}]',
    '[null]',
    `[{"reqheaders":{"api-key":"${canary}"}}]`,
  ].map((text, index) => ({
    name: `fixtures: written by hand ${index}`,
    args: ['run', '--target', 'fixtures', '--fixtures', 'f', '--reports', 'out'],
    files: { 'f/delete_backup.404.application-json.backup-not-found.json': text, 'f/a.json': text },
  })),
  {
    name: 'lint: an endless pattern',
    args: ['lint', 'd.json'],
    files: { 'd.json': JSON.stringify(notes).replace('"maxLength":9', '"pattern":"^(a+)+$"') },
  },
  { name: 'diff: a document and nothing', args: ['diff', 'd.json', '/dev/null', '--all'], files },
  {
    name: 'diff: commands in a description',
    args: ['diff', 'd.json', 'e.json', '--all', '--markdown'],
    files: { ...files, 'e.json': JSON.stringify(notes).replaceAll('None.', JSON.stringify(hostile).slice(1, -1)) },
  },
  {
    name: 'run: one line of a megabyte',
    args: ['run', '--spec', 'd.json', 'read_note', '--reports', 'out'],
    files: { 'd.json': JSON.stringify({ ...notes, 'x-filler': 'x'.repeat(1_000_000) }) },
  },
  {
    name: 'run: a description of a megabyte',
    args: ['run', '--spec', 'd.json', 'read_note', '--reports', 'out'],
    files: { 'd.json': JSON.stringify(notes).replace('None.', 'word '.repeat(200_000)) },
  },
  {
    name: 'run: an example of a megabyte',
    args: all,
    files: { 'd.json': JSON.stringify(notes).replace('"maxLength":9', `"example":"${'x'.repeat(1_000_000)}"`) },
  },
  {
    name: 'run: only-failed of a run that is none',
    args: ['run', '--only-failed', 'r.json'],
    files: { 'r.json': '{"cases":[{"id":"__proto__"}]}' },
    exits: [2],
  },
  {
    name: 'waivers proposed above the folder',
    args: ['run', '--case', '404', '--propose-waivers', '../victim/keep.txt/x'],
  },
];
