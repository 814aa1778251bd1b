import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { deleteBackupOf } from '../testing/documents/version-documents.ts';
import { casesOf } from './cases.ts';
import { declaredPart } from './declared-part.ts';
import { loadSuite } from './suite.ts';

/** Waivers, fixtures and other people's reports point at these: add to the list, but never change or remove an id. */
const released = readFileSync(packageFile('harness', 'cases', 'released-2026-07.txt'), 'utf8')
  .trim()
  .split('\n');

it('the case ids of 2026-07 stay as they were released', async () => {
  const operation = await deleteBackupOf('2026-07');
  const { suite } = declaredPart(loadSuite(packageFile('suites', 'delete_backup')), operation);
  expect(casesOf(operation, suite).map(({ id }) => id)).toEqual(released);
});

it('the cases of the second key need 403, and those of the precondition need 412', async () => {
  const suite = loadSuite(packageFile('suites', 'delete_backup'));
  const before = casesOf(await deleteBackupOf('2026-04'), suite).map(({ id }) => id);
  const gone = before.filter((id) => !released.includes(id)).map((id) => id.replace('delete_backup/', ''));
  const added = released.filter((id) => !before.includes(id)).map((id) => id.replace('delete_backup/', ''));
  expect(gone).toEqual([
    '401/application-json/unauthorized',
    '412/application-json/pending-restore',
    'probe/auth/before-precondition',
    'probe/effect/locked-stays',
    'probe/effect/locked-together',
    'probe/request/force',
  ]);
  expect(added).toEqual([
    '401/text-plain/example',
    '403/application-json/permission-denied',
    'probe/auth/forbidden-before-existence',
    'probe/auth/forbidden-nothing-happens',
    'probe/auth/forbidden-still-deletable',
    'probe/auth/forbidden-before-precondition',
    'probe/auth/forbidden-before-500',
    'probe/auth/forbidden-is-not-unknown',
    'probe/effect/lock-not-declared',
  ]);
});
