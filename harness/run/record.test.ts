import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Verdict } from '../model.ts';
import { folderOf } from '../spec/folder.test-support.ts';
import { recordVerdict } from './record.ts';
import { key, verdictOf } from './shop-server.test-support.ts';
import { answer, errored, failed, passed, skipped } from './verdict.test-support.ts';

const recordIn = (folder: string, verdict: Verdict): ReturnType<typeof recordVerdict> =>
  recordVerdict({
    verdict,
    folder,
    recordedFrom: 'http://127.0.0.1:1',
    when: new Date('2026-11-23T01:02:03Z'),
    suiteVersion: '1.0.0',
    secrets: [key],
  });

it('writes the exchange of a case that passed, without the key', async () => {
  const folder = join(folderOf({}), 'fixtures', 'deep');
  const { verdict } = await verdictOf('/404/application-json/no-such-item');
  const { file, why } = recordIn(folder, verdict);
  expect(why).toBeUndefined();
  expect(file).toBe(join(folder, '404.application-json.no-such-item.json'));
  const text = readFileSync(file ?? '', 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    case: 'remove_item/404/application-json/no-such-item',
    recorded: { from: 'http://127.0.0.1:1', at: '2026-11-23T01:02:03.000Z', suite: '1.0.0' },
    states: [{ state: 'no such item', values: { item_id: verdict.values['item_id'] } }],
    nock: [{ method: 'DELETE', status: 404 }],
  });
  expect(text).not.toContain(key);
  expect(readdirSync(folder)).toHaveLength(1);
});

it.for([
  ['a violation', failed('/202/no-content', [answer(500)]), /^it violates the contract: /],
  ['trouble', errored('/202/no-content'), /^it could not be told$/],
  ['a skip', skipped('/202/no-content'), /^there is no state$/],
  ['nothing at all', passed('/202/no-content'), /^nothing was sent$/],
] as const)('does not write %s, and says why', ([, verdict, want]) => {
  const folder = join(folderOf({}), 'fixtures');
  const recording = recordIn(folder, verdict);
  expect(recording.why).toMatch(want);
  expect(recording.case).toBe(verdict.case);
  expect(recording.file).toBeUndefined();
  expect(existsSync(folder)).toBe(false);
});
