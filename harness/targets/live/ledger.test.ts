import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLineFile } from './ledger-file.ts';
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
  expect(names(readLedgers(folder).ledgers[0])).toEqual(['index pcc-abcd1234-i1 ?']);
  ledger.made('pcc-abcd1234-i1', 'pcc-abcd1234-i1');
  ledger.intend('backup', 'pcc-abcd1234-b1', 'pcc-abcd1234-i1');
  ledger.made('pcc-abcd1234-b1', 'id-1');
  expect(names(readLedgers(folder).ledgers[0])).toEqual([
    'index pcc-abcd1234-i1 pcc-abcd1234-i1',
    'backup pcc-abcd1234-b1 id-1',
  ]);
  ledger.gone('pcc-abcd1234-b1');
  expect(names(readLedgers(folder).ledgers[0])).toEqual(['index pcc-abcd1234-i1 pcc-abcd1234-i1']);
  ledger.close();
});

test('a ledger of which nothing is left is removed, another one stays', () => {
  const clean = start('aaaa0001');
  clean.intend('index', 'pcc-aaaa0001-i1');
  clean.gone('pcc-aaaa0001-i1');
  clean.close();
  const unclean = start('aaaa0002');
  unclean.intend('index', 'pcc-aaaa0002-i1');
  unclean.close();
  expect([existsSync(clean.file), existsSync(unclean.file)]).toEqual([false, true]);
});

test('a last line that was cut short is left out, and writing goes on after it', () => {
  const ledger = start();
  ledger.intend('index', 'pcc-abcd1234-i1');
  ledger.close();
  appendFileSync(ledger.file, '{"intend":"backup","na');
  const [again] = readLedgers(folder).ledgers;
  again?.gone('pcc-abcd1234-i1');
  again?.intend('index', 'pcc-abcd1234-i2');
  again?.close();
  expect(names(readLedgers(folder).ledgers[0])).toEqual(['index pcc-abcd1234-i2 ?']);
});

test('reading changes nothing', () => {
  const ledger = start();
  ledger.intend('index', 'pcc-abcd1234-i1');
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

test('a folder that is not there is empty, and one that cannot be read is an error', () => {
  expect(readLedgers(join(folder, 'nowhere')).ledgers).toEqual([]);
  writeFileSync(join(folder, 'file'), '');
  expect(() => readLedgers(join(folder, 'file'))).toThrow(expect.objectContaining({ code: 'E_LEDGER' }));
});

test('files that are no ledgers are named, and do not hide the others', () => {
  const ledger = start();
  ledger.intend('index', 'pcc-abcd1234-i1');
  ledger.close();
  const text = readFileSync(ledger.file, 'utf8');
  mkdirSync(join(folder, 'a-folder.jsonl'));
  writeFileSync(join(folder, 'empty.jsonl'), '');
  writeFileSync(join(folder, 'cut.jsonl'), text.slice(0, 20));
  writeFileSync(join(folder, 'odd.jsonl'), '{"ledger":2}\n');
  writeFileSync(join(folder, 'renamed.jsonl'), text);
  writeFileSync(join(folder, 'binary.jsonl'), Buffer.from([0xff, 0xfe, 0x00, 0x0a]));
  execFileSync('mkfifo', [join(folder, 'pipe.jsonl')]);
  const { ledgers, unreadable } = readLedgers(folder);
  expect(ledgers.map(names)).toEqual([['index pcc-abcd1234-i1 ?']]);
  expect(unreadable.map(({ file, why }) => `${basename(file)}: ${why}`)).toEqual([
    'a-folder.jsonl: it is a folder',
    'binary.jsonl: its first line is not that of a ledger of this tool',
    'cut.jsonl: its first line is not that of a ledger of this tool',
    'empty.jsonl: it is empty: the run ended before it made anything',
    'odd.jsonl: its first line is not that of a ledger of this tool',
    'pipe.jsonl: it is no regular file',
    'renamed.jsonl: its first line is of run abcd1234, its name is not',
  ]);
});

test.for([
  '{"intend":"index","name":"production","at":1}',
  '{"intend":"index","name":"pcc-other123-i1","at":1}',
  '{"intend":"index","name":"pcc-abcd1234-i1/../production","at":1}',
  '{"intend":"backup","name":"pcc-abcd1234-b1","of":"production","at":1}',
  '{"made":"production","id":"production"}',
  '{"made":"pcc-abcd1234-i1","id":"production"}',
  '{"made":"pcc-abcd1234-i1","id":".."}',
  '{"adopted":"../indexes/production","name":"pcc-abcd1234-b1","of":"pcc-abcd1234-i1","at":1}',
  '{"refused":"production"}',
  '{"delete":"production"}',
  '[]',
  '7',
])('a line that no run writes is not acted on, and keeps the file: %s', (line) => {
  const ledger = start();
  ledger.intend('index', 'pcc-abcd1234-i1');
  ledger.close();
  appendFileSync(ledger.file, `${line}\n`);
  const [again] = readLedgers(folder).ledgers;
  expect(again?.rejected).toEqual([3]);
  expect(names(again)).toEqual(['index pcc-abcd1234-i1 ?']);
  again?.gone('pcc-abcd1234-i1');
  again?.close();
  expect(existsSync(ledger.file)).toBe(true);
});

test('a line is written whole where the system takes only a part at a time, or not believed', () => {
  const whole = openLineFile(join(folder, 'whole'), {
    isNew: true,
    write: (handle, bytes, at) => writeSync(handle, bytes, at, Math.min(3, bytes.length - at)),
  });
  whole.append('{"gone":"pcc-abcd1234-i1"}');
  whole.close();
  expect(readFileSync(join(folder, 'whole'), 'utf8')).toBe('{"gone":"pcc-abcd1234-i1"}\n');
  const short = openLineFile(join(folder, 'short'), { isNew: true, write: () => 0 });
  expect(() => short.append('x')).toThrow(expect.objectContaining({ code: 'E_LEDGER' }));
  short.close();
  const full = openLineFile('/dev/full');
  expect(() => full.append('x')).toThrow(/E_LEDGER|cannot be written to: ENOSPC/);
  full.close();
});
