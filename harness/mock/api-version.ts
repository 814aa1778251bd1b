import type { OasDocument } from '../model/document.ts';
import { isObject } from './reply/reply.ts';

/**
 * How a version of the document describes an index: with `spec` (2025-04), with a `read_capacity` in it (2025-10 and
 * later), or with `deployment` and `schema` (2026-01 alpha).
 */
export type ApiVersion = 'spec' | 'spec-with-capacity' | 'deployment';

export function apiVersionOf({ root }: OasDocument): ApiVersion {
  const schemas = isObject(root.components) && isObject(root.components.schemas) ? root.components.schemas : {};
  const index = schemas.IndexModel;
  if (isObject(index) && isObject(index.properties) && 'deployment' in index.properties) return 'deployment';
  return 'ServerlessSpecResponse' in schemas ? 'spec-with-capacity' : 'spec';
}
