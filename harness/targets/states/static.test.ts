import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import { packageFile } from '../../core/package-files.ts';
import { harnessErrorOf } from '../../testing/harness-error.ts';
import { staticStates } from './static.ts';

const folder = mkdtempSync(join(tmpdir(), 'pcc-states-'));
const file = join(folder, 'states.yaml');
afterEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function states(text: string): ReturnType<typeof staticStates> {
  writeFileSync(file, text);
  return staticStates(file);
}

const consumes = { consumes: true };
const shares = { consumes: false };
const untouched = { untouched: true };
const touched = { untouched: false };

test('numbers {n} from 1 through the whole run, once for all values of a set', async () => {
  const provider = states('ready: { backup_id: "ready-{n}", index: "idx-{n}" }\nother: { backup_id: "o-{n}" }\n');
  const seen = [
    (await provider.arrange('ready', consumes)).values,
    (await provider.arrange('other', shares)).values,
    (await provider.arrange('ready', consumes)).values,
  ];
  expect(seen).toEqual([
    { backup_id: 'ready-1', index: 'idx-1' },
    { backup_id: 'o-2' },
    { backup_id: 'ready-3', index: 'idx-3' },
  ]);
});

test('gives a new UUIDv4 for each {uuid}', async () => {
  const provider = states('none: { a: "{uuid}", b: "x-{uuid}" }\n');
  const { values } = await provider.arrange('none', shares);
  expect(values['a']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(values['b']).toMatch(/^x-[0-9a-f-]{36}$/);
  expect(values['b']).not.toContain(values['a']);
});

test.for([
  ['a literal', 'ready: { id: a }', ['a']],
  ['a list of values', 'ready: { id: [a, b] }', ['a', 'b']],
  ['a list of sets', 'ready: [{ id: a }, { id: b }, { id: c }]', ['a', 'b', 'c']],
] as const)('%s serves that many consuming cases and no more', async ([, text, want]) => {
  const provider = states(text);
  const got: unknown[] = [];
  while (got.length < want.length) {
    const arranged = await provider.arrange('ready', consumes);
    got.push(arranged.values['id']);
    await arranged.release(touched);
  }
  expect(got).toEqual(want);
  const error = await harnessErrorOf(provider.arrange('ready', consumes));
  expect([error.code, error.kind]).toEqual(['E_STATE_EXHAUSTED', 'target']);
  expect((await harnessErrorOf(provider.arrange('ready', shares))).code).toBe('E_STATE_EXHAUSTED');
});

test('what a case left untouched serves another', async () => {
  const provider = states('ready: { id: a }');
  await (await provider.arrange('ready', consumes)).release(untouched);
  expect((await provider.arrange('ready', consumes)).values).toEqual({ id: 'a' });
});

test('many cases share a value that none of them uses up', async () => {
  const provider = states('pending: { id: p }');
  const all = await Promise.all(Array.from({ length: 5 }, () => provider.arrange('pending', shares)));
  expect(all.map(({ values }) => values)).toEqual(Array.from({ length: 5 }, () => ({ id: 'p' })));
});

test('a consuming case waits until nobody shares the value', async () => {
  const provider = states('ready: { id: a }');
  const shared = await provider.arrange('ready', { consumes: false, caseId: 'looks' });
  let given = false;
  const waiting = provider.arrange('ready', { consumes: true, caseId: 'deletes' }).then((arranged) => {
    given = true;
    return arranged;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(given).toBe(false);
  await shared.release(untouched);
  expect((await waiting).values).toEqual({ id: 'a' });
});

test('consumers that ask at once get a value each', async () => {
  const provider = states('ready: { backup_id: [a, b] }\n');
  const both = await Promise.all([provider.arrange('ready', consumes), provider.arrange('ready', consumes)]);
  expect(both.map(({ values }) => values['backup_id'])).toEqual(['a', 'b']);
});

test('of two consumers that wait for one value, one gets it', async () => {
  const provider = states('ready: { backup_id: a }\n');
  const shared = await provider.arrange('ready', shares);
  const waiting = Promise.allSettled([provider.arrange('ready', consumes), provider.arrange('ready', consumes)]);
  await shared.release(untouched);
  expect((await waiting).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('a case never waits for what it holds itself', async () => {
  const provider = states('ready: { id: a }');
  await provider.arrange('ready', { consumes: false, caseId: 'one' });
  const error = await harnessErrorOf(provider.arrange('ready', { consumes: true, caseId: 'one' }));
  expect(error.code).toBe('E_STATE_EXHAUSTED');
});

test('a state that the file lacks is named, with those it has', async () => {
  const provider = states('ready: { id: a }');
  expect(provider.can('gone')).toEqual({ reason: `${file} has no state "gone"; it has: ready` });
  expect((await harnessErrorOf(provider.arrange('gone', shares))).code).toBe('E_STATE_UNKNOWN');
});

test.for([
  ['a number for a value', 'ready:\n  backup_id: 7\n', ':2'],
  ['an empty list', 'ready: { id: [] }\n', ':1'],
  ['no states', '{}\n', ':1'],
  ['lists of different lengths', 'a: { id: x }\nready: { id: [a, b], index: [c] }\n', ':2'],
] as const)('%s is refused with its line', ([, text, line]) => {
  let message = '';
  try {
    states(text);
  } catch (error) {
    message = error instanceof HarnessError ? `${error.code} ${error.message}` : String(error);
  }
  expect(message).toMatch(/^E_DATA /);
  expect(message).toContain(`states.yaml${line}`);
});

test('the states that ship hold their schema', () => {
  const text = readFileSync(packageFile('suites', 'delete_backup', 'states.yaml'), 'utf8');
  expect(states(`${text}# not taken as it is`).can('a backup that can be deleted')).toBe(true);
});
