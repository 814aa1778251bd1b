import type { OasDocument } from '../../model/document.ts';
import { placeOf } from '../../openapi/document/place.ts';
import { below } from '../../openapi/document/pointer.ts';
import { type Direction, omittedNames } from '../../openapi/schema/dialect/omitted-names.ts';
import type { LintRemark, LintRule } from '../finding.ts';
import type { SchemaSite } from '../schema-sites.ts';

export const requiredNotSentRule: LintRule = {
  id: 'required-not-sent',
  title: 'No request is required to have what is readOnly, and no response what is writeOnly.',
  severity: 'warning',
  *find({ document, schemas }) {
    for (const site of schemas) {
      yield* remarks(document, site, 'request');
      yield* remarks(document, site, 'response');
    }
  },
};

/**
 * In OpenAPI 3.0 `required` then counts for the other way only, so that a schema which is used in both ways is right as it
 * is. OpenAPI 3.1 has no such rule: `required` holds for every value.
 */
function* remarks(document: OasDocument, site: SchemaSite, direction: Direction): Iterable<LintRemark> {
  const { directions, pointer, value } = site;
  const old = document.openapi.startsWith('3.0');
  if (!directions.has(direction) || (old && directions.size > 1) || !Array.isArray(value['required'])) return;
  const omitted = omittedNames(document.root, pointer, direction);
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly';
  for (const [index, name] of value['required'].entries()) {
    if (typeof name !== 'string' || !omitted.has(name)) continue;
    const place = below(pointer, 'required', String(index));
    yield {
      at: { ...placeOf(document, place), pointer: place },
      message: `the property ${name} is required in a ${direction} and is ${keyword}`,
      expected: `a property that a ${direction} may have`,
      actual: `${keyword}: true`,
      remedy: `Take it out of \`required\`, take ${keyword} away, or write one schema for requests and one for responses.`,
    };
  }
}
