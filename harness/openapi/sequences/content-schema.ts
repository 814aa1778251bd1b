import type { OasDocument } from '../../model/document.ts';
import { below, follow, member } from '../document/pointer.ts';

/**
 * The pointer of the schema that the JSON in the `data` of every event fits: `contentSchema` of that property (OpenAPI 3.2).
 * One that stands in an alternative is only of some events.
 */
export function dataContentSchema(document: OasDocument, schema: string): string | undefined {
  const data = follow(document.root, below(schema, 'properties', 'data'));
  const type = member(data?.value, 'contentMediaType');
  if (data === undefined || typeof type !== 'string' || !/^application\/([^;]+\+)?json\b/i.test(type)) return undefined;
  if (member(data.value, 'contentEncoding') !== undefined) return undefined;
  const content = below(data.pointer, 'contentSchema');
  return follow(document.root, content) === undefined ? undefined : content;
}
