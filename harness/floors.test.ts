import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFile } from './core/package-files.ts';

/** Rooms by floor: imports go down. A file at the top of harness/ is a room of its own. */
const floors: readonly (readonly string[])[] = [
  ['model'],
  ['core'],
  ['openapi', 'wire', 'report'],
  ['cases', 'checks', 'mock', 'versions'],
  ['results', 'targets', 'config'],
  ['run', 'contract.ts'],
  ['sdk', 'verify.ts'],
  ['diff', 'lint'],
  ['runners'],
  ['commands', 'index.ts', 'vitest.ts', 'jest.ts', 'node-test.ts'],
  ['cli.ts'],
  ['testing'],
];

/** Each outside library comes in through one file, or, where it shapes a whole room, through that room. */
const doors: Readonly<Record<string, readonly string[]>> = {
  '@apidevtools/swagger-parser': ['openapi/'],
  '@humanwhocodes/momoa': ['checks/'],
  ajv: ['openapi/'],
  'ajv-formats': ['openapi/'],
  commander: ['commands/', 'cli.ts'],
  'eventsource-parser': ['openapi/sequences/events.ts'],
  'fast-check': ['run/generated.ts'],
  'fast-string-width': ['core/text/columns.ts'],
  'fast-wrap-ansi': ['core/text/columns.ts'],
  'fast-xml-builder': ['report/'],
  'fastest-levenshtein': ['openapi/closest.ts'],
  nock: ['targets/'],
  'openapi-sampler': ['openapi/'],
  'p-limit': ['sdk/at-a-time.ts'],
  'p-throttle': ['targets/live/client.ts'],
  picomatch: ['cases/select.ts'],
  undici: ['wire/'],
  vitest: ['vitest.ts'],
  yaml: ['openapi/', 'results/waivers/propose.ts'],
};

interface Libraries {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const root = packageFile('harness');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts'));
const files = sources.filter((file) => !file.endsWith('.test.ts'));
const imports = files.flatMap(importsOf);
const inner = imports.filter((each) => each.to.startsWith('.')).map((each) => ({ ...each, to: resolved(each) }));

describe('the floors', () => {
  it('give every file a room', () => {
    expect(files.filter((file) => floorOf(file) < 0)).toEqual([]);
  });

  it('are the rooms that ARCHITECTURE.md lists, in this order', () => {
    const text = readFileSync(packageFile('ARCHITECTURE.md'), 'utf8');
    const block = /^## Rooms\n[\s\S]*?```\n([\s\S]*?)```/m.exec(text)?.[1] ?? '';
    const listed = block.split('\n').flatMap((line) => /^(\w+)\/ /.exec(line)?.slice(1) ?? []);
    const rooms = floors.flat().filter((room) => !room.includes('.'));
    expect([...listed].sort()).toEqual([...rooms].sort());
    const order = listed.map((room) => floorOf(room));
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  it('have each library in the list of ARCHITECTURE.md', () => {
    const text = readFileSync(packageFile('ARCHITECTURE.md'), 'utf8');
    const table = text.slice(text.indexOf('\n## Dependencies'));
    const listed = [...table.matchAll(/^\| ([^|]+?) +\|/gm)].flatMap(([, cell = '']) =>
      cell.split(', ').map((name) => name.replace(/ \(.*/, '')),
    );
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(packageFile('package.json'), 'utf8'),
    ) as Libraries;
    const used = [...Object.keys(dependencies), ...Object.keys(devDependencies), ...Object.keys(doors)];
    expect(used.filter((name) => !listed.includes(name))).toEqual([]);
  });

  it('are left downwards only', () => {
    const wrong = inner.filter(({ from, to }) => !below(from, to));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('are left downwards by tests, too, but for what supports them', () => {
    const wrong = sources
      .filter((file) => file.endsWith('.test.ts'))
      .flatMap(importsOf)
      .filter(({ to }) => to.startsWith('.'))
      .map((each) => ({ ...each, to: resolved(each) }))
      .filter(({ from, to }) => !to.startsWith('..') && roomOf(to) !== 'testing' && !below(from, to));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('keep test support out of what ships', () => {
    const wrong = inner.filter(({ from, to }) => roomOf(from) !== 'testing' && roomOf(to) === 'testing');
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('have no circle', () => {
    expect(circles()).toEqual([]);
  });

  it('let each library in through its door', () => {
    const outside = imports.filter(
      ({ from, to }) => roomOf(from) !== 'testing' && !to.startsWith('.') && !to.startsWith('node:'),
    );
    const stray = outside.filter(({ from, to }) => {
      const name = to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? to);
      const mine = doors[name];
      return mine === undefined || !mine.some((door) => from.startsWith(door));
    });
    expect(stray.filter(({ typeOnly }) => !typeOnly).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });
});

function importsOf(from: string): readonly Import[] {
  const text = readFileSync(join(root, from), 'utf8');
  const found = text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)/gm);
  return [...found].map(([, type, to, lazy]) => ({ from, to: to ?? lazy ?? '', typeOnly: type !== undefined }));
}

function resolved({ from, to }: Import): string {
  return relative(root, normalize(join(root, dirname(from), to)))
    .split(sep)
    .join('/');
}

function roomOf(file: string): string {
  return file.split('/')[0] ?? file;
}

function floorOf(file: string): number {
  return floors.findIndex((rooms) => rooms.includes(roomOf(file)));
}

/** Within one room, or down from it; a test at the top of harness/ has no floor and may import all. */
function below(from: string, to: string): boolean {
  if (roomOf(from) === roomOf(to) || /^[^/]+\.test\.ts$/.test(from)) return true;
  const floor = floorOf(from.replace(/(\.browser)?\.test\.ts$/, '.ts'));
  return floor < 0 || (floorOf(to) >= 0 && floorOf(to) < floor);
}

/** Files that reach themselves; lazy and type imports count too, for a reader follows them as well. */
function circles(): readonly string[] {
  const next = new Map(files.map((file) => [file, inner.filter(({ from }) => from === file).map(({ to }) => to)]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  return found;
}
