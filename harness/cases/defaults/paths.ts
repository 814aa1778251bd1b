import type { OasDocument, Operation } from '../../model/document.ts';
import { listOperations } from '../../openapi/operation/operation.ts';
import { shapeOf } from '../../openapi/operation/path-template.ts';
import { usableOperation } from '../../openapi/operation/usable.ts';

/** The operation of a document with that method and a path of that shape, whatever its parameters are called. */
export function operationAt(document: OasDocument, method: string, path: string): Operation | undefined {
  const shape = shapeOf(path);
  const listed = listOperations(document).find((each) => each.method === method && shapeOf(each.path) === shape);
  return listed === undefined ? undefined : usableOperation(listed);
}

/** The path in front of a parameter: `/indexes` for `index_name` of `/indexes/{index_name}/backups`. */
export function collectionOf(path: string, parameter: string): string {
  return path.slice(0, path.indexOf(`{${parameter}}`)).replace(/\/$/, '');
}
