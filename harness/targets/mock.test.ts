import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import type { Target } from '../model/target.ts';
import { readDocument } from '../openapi/document/document.ts';
import { mockTarget } from './mock.ts';

let target: Target;

beforeAll(async () => {
  const document = await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml'));
  target = await mockTarget({ document });
});
afterAll(async () => {
  expect(await target.close()).toEqual([]);
});

test.for([
  ['a backup that can be deleted', 202],
  ['no such backup', 404],
  ['a backup with a pending restore job', 412],
  ['a server fault', 500],
  ['no such resource', 404],
] as const)('%s is answered %i', async ([state, status]) => {
  expect(target.can(state)).toBe(true);
  const { values } = await target.arrange(state, { consumes: true, caseId: state });
  const { response, request } = await target.send(
    { method: 'DELETE', path: `/backups/${values['backup_id'] ?? ''}`, headers: [['Api-Key', target.key]] },
    { caseId: state },
  );
  expect(response?.status).toBe(status);
  expect(JSON.stringify(request)).not.toContain(target.key);
});

test('a state that the mock does not know is refused with a reason', () => {
  expect(target.can('a full moon')).toHaveProperty('reason');
});
