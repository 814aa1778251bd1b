import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Exchange, WireRequest } from '../../model/exchange.ts';
import { folderOf } from '../../testing/documents/document-folder.ts';
import { recordMade } from './record-made.ts';
import { sweepMade } from './sweep-made.ts';

const target = 'https://api.example';
const post: WireRequest = { method: 'POST', path: '/indexes?key=secret', headers: [] };

const answered = (status: number, location?: string): (() => Promise<Exchange>) => {
  const headers = location === undefined ? [] : [['Location', location]];
  return () => Promise.resolve({ request: post, response: { status, headers, body: Buffer.from('') } } as never);
};
const failed = (kind: string): (() => Promise<Exchange>) => {
  return () => Promise.resolve({ request: post, fault: { kind, message: kind } } as never);
};

function bookIn(folder: string, shared = true) {
  return recordMade({ shared, folder: join(folder, 'ledger'), target });
}

describe('what operations of a document make on a shared host', () => {
  it('is on disk before the request is sent, and gone with what was made', async () => {
    const folder = folderOf({});
    const book = bookIn(folder);
    let onDisk = '';
    const exchange = await book.send(post, () => {
      const [name = ''] = readdirSync(join(folder, 'ledger'));
      onDisk = readFileSync(join(folder, 'ledger', name), 'utf8');
      return answered(201)();
    });
    expect(onDisk).toContain('"request":"POST /indexes"');
    expect(onDisk).not.toContain('secret');
    book.madeBy(exchange)?.gone();
    expect(book.close()).toEqual([]);
    expect(readdirSync(join(folder, 'ledger'))).toEqual([]);
  });

  it.each([
    ['refused', answered(409)],
    ['a search', answered(200)],
    ['never sent', failed('refused')],
  ])('is nothing where the request was %s', async (_, send) => {
    const folder = folderOf({});
    const book = bookIn(folder);
    await book.send(post, send);
    expect(book.close()).toEqual([]);
    expect(sweepMade(join(folder, 'ledger'), {})).toEqual([]);
  });

  it('is named as left behind, by the run and by sweep', async () => {
    const folder = folderOf({});
    const book = bookIn(folder);
    await book.send(post, answered(201));
    const kept = await book.send({ ...post, path: '/backups' }, answered(200, '/backups/7'));
    book.madeBy(kept)?.made('DELETE /backups/7');
    const job = { ...post, path: '/jobs', body: '{"name":"x-abcdefghij"}' };
    await book.send(job, failed('no-answer'), ['3f2b8c1e', 'abcdefghij']);
    await expect(
      book.send({ ...post, path: '/late' }, () => Promise.reject(new Error('interrupted'))),
    ).rejects.toThrow();
    const left = [
      'what POST /indexes made: no request of this run deletes it',
      'what POST /backups made: DELETE https://api.example/backups/7 deletes it',
      'POST /jobs got no answer that says whether it made something; it sent the value abcdefghij, which nothing else has',
      'POST /late got no answer that says whether it made something',
    ];
    expect(book.close()).toEqual(left);
    const [swept] = sweepMade(join(folder, 'ledger'), {});
    expect(swept).toMatchObject({ target, left });
    const run = swept !== undefined && 'run' in swept ? swept.run : '';
    expect(sweepMade(join(folder, 'ledger'), { run })).toHaveLength(1);
    expect(sweepMade(join(folder, 'ledger'), { run: 'another' })).toEqual([]);
  });

  it('is what a PUT made, where the response says that nothing was there', async () => {
    const book = bookIn(folderOf({}));
    await book.send({ ...post, method: 'PUT', path: '/indexes/a' }, answered(201));
    expect(book.close()).toEqual(['what PUT /indexes/a made: no request of this run deletes it']);
  });

  it('is not written down elsewhere, nor for other methods', async () => {
    const folder = folderOf({});
    const local = bookIn(folder, false);
    expect(local.madeBy(await local.send(post, answered(201)))).toBeUndefined();
    expect(local.close()).toEqual([]);
    const book = bookIn(folder);
    await book.send({ ...post, method: 'PATCH' }, answered(201));
    await book.send({ ...post, method: 'PUT' }, answered(200));
    expect(book.close()).toEqual([]);
    expect(readdirSync(join(folder, 'ledger'))).toEqual([]);
  });

  it('does not break over a file that is none', () => {
    const folder = folderOf({ 'a.made': '', 'b.made': '{"ledger":1}\n', 'c.made/x': '' });
    expect(sweepMade(folder, {}).map((each) => ('why' in each ? each.why : each))).toEqual([
      'it is empty: the run ended before it made anything',
      'its first line is not that of a ledger of this tool',
      'it is a folder',
    ]);
    writeFileSync(
      join(folder, 'a.made'),
      `${JSON.stringify({ ledger: 1, run: 'abcd1', target, host: 'h', pid: 5, started: '2026-01-01' })}\n{"intend":1,"request":5}\n{"made":7}\n{"gone"`,
    );
    expect(sweepMade(folder, {})).toHaveLength(2);
    expect(sweepMade(join(folder, 'none'), {})).toEqual([]);
  });
});
