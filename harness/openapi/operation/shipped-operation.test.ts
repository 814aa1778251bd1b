import { describe, expect, test } from 'vitest';
import { packageFile } from '../../core/package-files.ts';
import { readDocument } from '../document/document.ts';
import { findOperation } from './operation.ts';

describe('delete_backup as it ships', () => {
  test('is what the contract is made of', async () => {
    const operation = findOperation(
      await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml')),
      'delete_backup',
    );
    expect(operation).toMatchObject({
      id: 'delete_backup',
      method: 'DELETE',
      path: '/backups/{backup_id}',
      summary: 'Delete a backup',
      siblings: ['DELETE'],
      security: [[{ scheme: 'ApiKeyAuth', type: 'apiKey', in: 'header', name: 'Api-Key' }]],
      at: { pointer: '/paths/~1backups~1{backup_id}/delete', line: 28 },
    });
    expect(operation.parameters).toMatchObject([
      { name: 'backup_id', in: 'path', required: true, example: '670e8400-e29b-41d4-a716-446655440000' },
    ]);
    expect(
      operation.responses.map(({ key, at, media }) => [
        key,
        at.line,
        ...media.flatMap(({ type, examples }) => [type, ...examples.map(({ name }) => name)]),
      ]),
    ).toEqual([
      ['202', 44],
      ['401', 46, 'application/json', 'unauthorized'],
      ['404', 60, 'application/json', 'backup-not-found'],
      ['412', 74, 'application/json', 'pending-restore'],
      ['500', 91, 'application/json', 'internal-server-error'],
    ]);
  });
});
