import type { DeclaredResponse, Operation } from '../../model/document.ts';
import type { LintRemark, LintRule } from '../finding.ts';
import { isRefusal } from '../refusal.ts';

export const errorWithoutSchemaRule: LintRule = {
  id: 'error-without-schema',
  title: 'Each error response declares a body with a schema.',
  severity: 'warning',
  *find({ operations }) {
    for (const { operation } of operations) {
      // No response to HEAD has a body.
      if (operation.method === 'HEAD') continue;
      for (const response of operation.responses.filter(({ key }) => isRefusal(operation, key)))
        yield* remarks(operation, response);
    }
  },
};

function* remarks(operation: Operation, { key, media, at }: DeclaredResponse): Iterable<LintRemark> {
  const said = {
    expected: 'a media type with a schema',
    remedy: 'Declare the body that clients get under `content`, with a schema.',
    operations: [operation.id],
  };
  if (media.length === 0) {
    yield { ...said, at, message: `the response ${key} declares no body`, actual: 'no content' };
  }
  for (const { type, schema, at: place } of media) {
    if (schema !== undefined) continue;
    yield { ...said, at: place, message: `the response ${key} declares ${type} without a schema`, actual: 'no schema' };
  }
}
