import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { cli, emptyFolder, serve } from '../testing/cli.ts';
import { standInSdk } from '../testing/servers/stand-in-sdk.ts';
import { noTerminal, runOnTerminal } from '../testing/terminal.ts';

const key = 'pcsk_paths_0123456789abcdef';

/** 70 characters, in which no part comes twice. */
const name = 'a-folder-whose-name-has-seventy-characters-so-that-it-fits-in-no-row-xy';

const document = `openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      operationId: list_things
      responses:
        '200': { description: The things, content: { application/json: { schema: { type: strin } } } }
        '404': { description: None }
    post:
      operationId: make_thing
      responses: { '201': { description: Made } }
`;

/** A folder of that name with a file of each kind, and one that cannot be read as what it is. */
function longFolder(): string {
  const folder = join(emptyFolder(), name);
  mkdirSync(folder);
  const files = {
    'openapi.yaml': document.replace('strin }', 'string }'),
    'after.yaml': document.replace('strin }', 'integer }').replace("'404'", "'410'"),
    'unclear.yaml': document,
    'broken.yaml': 'openapi: 3.0.3\npaths: {\n',
    'empty.yaml': '',
    'config.yaml': `spec: openapi.yaml\nreports: ${join(folder, 'reports')}\n`,
    'wrong-config.yaml': 'repots: here\n',
    'waivers.yaml': 'waivers:\n  - case: nothing\n',
    'states.yaml': 'a: [\n',
    'ledgers/1.jsonl': 'no ledger',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  cpSync(packageFile('specs', 'db_control_2025-04.oas.yaml'), join(folder, 'pinecone.yaml'));
  cpSync(standInSdk('no-key'), join(folder, 'sdk'), { recursive: true });
  return folder;
}

/** Command lines in which F is the long folder, N its name, and URL a server that answers everything with a wrong body. */
const lines: readonly (readonly [line: string, exit: number])[] = [
  ['run --target URL --spec F/pinecone.yaml --reports F/reports --case 404', 1],
  ['run --target URL --spec F/pinecone.yaml --reports F/reports --case 404 --verbose', 1],
  ['run --all --target URL --spec F/openapi.yaml --reports F/reports', 1],
  ['run --spec F/none.yaml', 2],
  ['run --spec F/broken.yaml', 2],
  ['run --spec F/empty.yaml', 2],
  ['run --spec F', 2],
  ['run --suite F/none', 2],
  ['run --waivers F/waivers.yaml', 2],
  ['run --target URL --states F/states.yaml', 2],
  ['run --config F/wrong-config.yaml', 2],
  ['run --resume F/none.json', 2],
  ['record --target URL --spec F/broken.yaml', 2],
  ['cases --spec F/none.yaml', 2],
  ['explain list_things/200/application-json/sampled --spec F/openapi.yaml', 0],
  ['lint F/unclear.yaml --strict', 1],
  ['lint F/openapi.yaml --sarif F/none/here.sarif', 2],
  ['diff F/openapi.yaml F/after.yaml --all', 0],
  ['specs check --from F', 2],
  ['sdk --sdk F/sdk --no-isolation --case sdk/delete_backup/404/** --reports F/reports', 1],
  ['sdk --sdk F/none', 2],
  ['doctor --config F/config.yaml', 0],
  ['config --config F/config.yaml', 0],
  ['config --config F/wrong-config.yaml', 2],
  ['compare F/none.json F/none.json', 2],
  ['report F/none.json', 2],
  ['sweep --dry-run --ledger F/ledgers', 3],
  ['init list_things --spec F/openapi.yaml --out N/suite', 0],
  ['mock --spec F/none.yaml', 2],
];

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Every path that begins is whole: neither broken by a line break nor cut. */
function expectWhole(text: string): void {
  expect(count(text.replace(/\s+/g, ''), name)).toBe(count(text, name));
  expect(count(text, name.slice(0, 12))).toBe(count(text, name));
  expect(text).not.toMatch(/… \([1-5] more characters\)/);
  // A line number stays with its file.
  expect(text).not.toMatch(/\.(?:yaml|json):\n\s*\d+\D/);
}

async function wrong(): Promise<string> {
  return serve((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}'));
}

test('a path that is broken or cut is recognised', () => {
  expect(() => expectWhole(`/tmp/${name.slice(0, 40)}\n  ${name.slice(40)}/a.yaml`)).toThrow();
  expect(() => expectWhole(`/tmp/${name.slice(0, 40)}…`)).toThrow();
  expectWhole(`in ${name}/a.yaml:\n  what is wrong`);
});

describe.each(lines)('%s', (line, exit) => {
  const argsIn = (folder: string, url: string): readonly string[] =>
    line.split(' ').map((word) =>
      word
        .replace(/^F(?=\/|$)/, folder)
        .replace(/^N(?=\/)/, name)
        .replace('URL', url),
    );

  test.each([60, 100, 120])('off a terminal, %i columns', async (columns) => {
    const env = { PINECONE_API_KEY: key, COLUMNS: String(columns) };
    const folder = longFolder();
    const ended = await cli.run(argsIn(folder, await wrong()), { cwd: join(folder, '..'), env });
    expect(ended.exit).toBe(exit);
    expect(count(ended.stdout + ended.stderr, name)).toBeGreaterThan(0);
    expectWhole(ended.stdout);
    expectWhole(ended.stderr);
  });

  test.skipIf(noTerminal !== '').each([60, 100, 120])(`on a terminal, %i columns${noTerminal}`, async (columns) => {
    const folder = longFolder();
    const args = argsIn(folder, await wrong());
    const shown = await runOnTerminal(args, { columns, cwd: join(folder, '..'), env: { PINECONE_API_KEY: key } });
    expect(shown.exit).toBe(exit);
    expectWhole(shown.rows.join('\n'));
  });
});
