import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Contracts, loadContracts } from './contract.ts';
import type { RunRecord } from './model/record.ts';
import { folderOf } from './testing/documents/document-folder.ts';
import { type Library, libraryDocument, libraryKey, openLibrary } from './testing/documents/library.ts';
import { liveTarget } from './targets/live/live.ts';
import { mockTarget } from './targets/mock.ts';
import { verifyContract } from './verify.ts';

function load(tags: readonly string[] = []): Promise<Contracts> {
  return loadContracts({ spec: join(folderOf({ 'library.yaml': libraryDocument }), 'library.yaml'), tags });
}

async function runOn({ origin }: Library): Promise<readonly RunRecord[]> {
  const records: RunRecord[] = [];
  for (const contract of (await load()).contracts) {
    const { operation } = contract;
    const target = await liveTarget({ url: origin, key: libraryKey, operation });
    records.push(await verifyContract({ contract, target, seed: 1 }));
  }
  return records;
}

const failuresOf = (records: readonly RunRecord[]): readonly string[] =>
  records.flatMap(({ cases }) =>
    cases.flatMap(({ id, status, findings, error }) =>
      status === 'fail' || status === 'error' ? [`${id}: ${findings[0]?.message ?? error?.message ?? ''}`] : [],
    ),
  );

const coverageIn = (records: readonly RunRecord[]): readonly string[] =>
  records.flatMap(({ operation, coverage }) =>
    coverage.map(({ response, status }) => `${operation.id} ${response} ${status}`),
  );

describe('every operation without a suite', () => {
  it('is proved on a server that keeps to the document, and nothing is left there', async () => {
    const library = await openLibrary();
    const records = await runOn(library);
    expect(failuresOf(records)).toEqual([]);
    expect(coverageIn(records).filter((line) => !line.endsWith(' proved'))).toEqual([
      'list_books 500 exempt',
      'remove_book 429 exempt',
    ]);
    expect(library.books.size).toBe(0);
  });

  it('is proved on the embedded mock, where a header asks for what nothing else provokes', async () => {
    const records: RunRecord[] = [];
    for (const contract of (await load()).contracts) {
      const target = await mockTarget({ document: contract.operation.document });
      records.push(await verifyContract({ contract, target, seed: 1 }));
    }
    expect(failuresOf(records)).toEqual([]);
    expect(coverageIn(records).filter((line) => !line.endsWith(' proved'))).toEqual([]);
    const throttled = records.flatMap(({ coverage }) => coverage).find(({ response }) => response === '429');
    expect(throttled?.how).toBe('asked for with Prefer: code=429 (embedded mock only)');
  });

  it.each([
    ['takes any body', 'add_book/400/application-json/sampled'],
    ['finds every book', 'get_book/404/application-json/sampled'],
    ['refuses with an undeclared status', 'list_books/probe/input/query-limit-type'],
    ['lets any key in', 'list_books/401/application-json/sampled'],
  ] as const)('shows that a server %s', async (mistake, id) => {
    expect(failuresOf(await runOn(await openLibrary(mistake))).join('\n')).toContain(id);
  });

  it.each([
    [
      'forgets what it adds',
      'get_book 200 unproved',
      /200 was not provoked: .*; no suite was given: write a recipe for/,
    ],
    [
      'adds a book twice',
      'add_book 409 unproved',
      /409 was not provoked: 201 and then 201 came for the same request, sent twice; .* a request that conflicts with it/,
    ],
  ] as const)('proves nothing of a server that %s, and says what to write', async (mistake, line, words) => {
    const records = await runOn(await openLibrary(mistake));
    expect(coverageIn(records)).toContain(line);
    const hows = records.flatMap(({ coverage }) => coverage.map(({ how }) => how));
    expect(hows).toContainEqual(expect.stringMatching(words));
    expect(hows).toContainEqual(expect.stringMatching(/ into the suite\.yaml that `init \w+ --spec /));
  });

  it('is chosen by its tag', async () => {
    const { contracts } = await load(['writing']);
    expect(contracts.map(({ operation }) => operation.id)).toEqual(['add_book', 'remove_book']);
    await expect(load(['nothing'])).rejects.toThrow('no operation with the tag nothing');
  });
});
