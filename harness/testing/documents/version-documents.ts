import { packageFile } from '../../core/package-files.ts';
import type { Operation } from '../../model/document.ts';
import { readDocument } from '../../openapi/document/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';

/** `delete_backup` in the document of an API version that ships. */
export async function deleteBackupOf(version: string): Promise<Operation> {
  return findOperation(await readDocument(packageFile('specs', `db_control_${version}.oas.yaml`)), 'delete_backup');
}
