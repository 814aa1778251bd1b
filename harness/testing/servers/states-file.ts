import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The states file of the shop with this line for its items, for as long as the test runs. */
export function statesFileOf(items: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'shop-states-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'states.yaml');
  writeFileSync(file, `${items}\nno such item: { item_id: '{uuid}' }\nan item in use: { item_id: used-1 }\n`);
  return file;
}
