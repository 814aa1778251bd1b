import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLedger, type Ledger, readLedgers } from './ledger.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pcc-ledger-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (run = 'abcd1234'): Ledger => createLedger(folder, { run, target: 'http://127.0.0.1:1' });
const names = (ledger: Ledger | undefined): readonly string[] =>
  ledger?.left().map(({ kind, name, id }) => `${kind} ${name} ${id ?? '?'}`) ?? [];

test('what is meant is on disk before anything else happens', () => {
  const ledger = start();
  ledger.intend('index', 'pcc-abcd1234-i1');
  expect(names(readLedgers(folder)[0])).toEqual(['index pcc-abcd1234-i1 ?']);
  ledger.made('pcc-abcd1234-i1', 'pcc-abcd1234-i1');
  ledger.intend('backup', 'pcc-abcd1234-b1', 'pcc-abcd1234-i1');
  ledger.made('pcc-abcd1234-b1', 'id-1');
  expect(names(readLedgers(folder)[0])).toEqual([
    'index pcc-abcd1234-i1 pcc-abcd1234-i1',
    'backup pcc-abcd1234-b1 id-1',
  ]);
  ledger.gone('pcc-abcd1234-b1');
  expect(names(readLedgers(folder)[0])).toEqual(['index pcc-abcd1234-i1 pcc-abcd1234-i1']);
  ledger.close();
});

test('a ledger of which nothing is left is removed, another one stays', () => {
  const clean = start('aaaa0001');
  clean.intend('index', 'x');
  clean.gone('x');
  clean.close();
  const unclean = start('aaaa0002');
  unclean.intend('index', 'y');
  unclean.close();
  expect([existsSync(clean.file), existsSync(unclean.file)]).toEqual([false, true]);
});

test('a last line that was cut short is left out, and writing goes on after it', () => {
  const ledger = start();
  ledger.intend('index', 'one');
  ledger.close();
  appendFileSync(ledger.file, '{"intend":"backup","na');
  const [again] = readLedgers(folder);
  again?.gone('one');
  again?.intend('index', 'two');
  again?.close();
  expect(names(readLedgers(folder)[0])).toEqual(['index two ?']);
});

test('reading changes nothing', () => {
  const ledger = start();
  ledger.intend('index', 'one');
  const before = readFileSync(ledger.file, 'utf8');
  readLedgers(folder);
  expect(readFileSync(ledger.file, 'utf8')).toBe(before);
  ledger.close();
});

test('two runs cannot share a ledger', () => {
  const ledger = start();
  expect(() => start()).toThrow(/cannot be written/);
  ledger.close();
});

test('a file that is no ledger is refused, and a folder that is not there is empty', () => {
  expect(readLedgers(join(folder, 'nowhere'))).toEqual([]);
  writeFileSync(join(folder, 'odd.jsonl'), '{"ledger":2}\n');
  expect(() => readLedgers(folder)).toThrow(/odd\.jsonl is no ledger/);
});
