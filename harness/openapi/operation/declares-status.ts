import type { OasDocument } from '../../model/document.ts';
import { below, follow } from '../document/pointer.ts';
import { listOperations } from './operation.ts';

/** Whether any operation of a document declares a response under a status key, such as `403`. */
export function declaresStatus(document: OasDocument, key: string): boolean {
  return listOperations(document).some(
    ({ pointer }) => follow(document.root, below(pointer, 'responses', key)) !== undefined,
  );
}
