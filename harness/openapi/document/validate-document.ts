import { HarnessError } from '../../core/errors.ts';
import type { JsonObject } from '../../model/document.ts';
import { validationErrors } from '../validators.ts';
import { isObject, member, textAt } from './pointer.ts';
import { type Problem, problemsOf } from './problems.ts';
import { type Sources, traceSource } from './sources.ts';

export type { Problem };

/** The mistakes of a bundled document, by the meta-schema of its OpenAPI version. */
export function documentProblems(root: JsonObject): readonly Problem[] {
  const early = bluntProblems(root);
  if (early.length > 0) return early;
  const errors = validationErrors(metaSchemaOf(textAt(root, 'openapi')), root);
  if (errors.length === 0) return [];
  const problems = problemsOf(errors, root);
  return problems.length > 0 ? problems : [{ pointer: '', message: 'breaks the OpenAPI meta-schema' }];
}

function metaSchemaOf(openapi: string): 'openapi-3.0' | 'openapi-3.1' | 'openapi-3.2' {
  if (openapi.startsWith('3.2')) return 'openapi-3.2';
  return openapi.startsWith('3.1') ? 'openapi-3.1' : 'openapi-3.0';
}

/** Mistakes that the meta-schema allows or describes badly. */
function bluntProblems(root: JsonObject): readonly Problem[] {
  const problems: Problem[] = [];
  if (typeof member(root['info'], 'version') === 'number') {
    problems.push({ pointer: '/info/version', message: 'must be a string: put it in quotes' });
  }
  const declares = isObject(root['paths']) || isObject(root['webhooks']);
  if (!declares) problems.push({ pointer: '', message: 'must have the property paths' });
  return problems;
}

/** `file:line pointer what` for the first five, and how many more there are. */
export function problemPlaces(problems: readonly Problem[], sources: Sources): readonly string[] {
  const shown = problems.slice(0, 5).map(({ pointer, message }) => {
    const { file, line } = traceSource(sources, pointer);
    return `${file}:${line} ${pointer || 'the document'} ${message}`;
  });
  return problems.length > shown.length ? [...shown, `and ${problems.length - shown.length} more`] : shown;
}

export function invalidDocument(problems: readonly Problem[], sources: Sources): HarnessError {
  const { file } = traceSource(sources, '');
  const shown = problemPlaces(problems, sources).join('\n  ');
  return new HarnessError('E_DOCUMENT_INVALID', `${file} is not a valid OpenAPI document:\n  ${shown}`, {
    hint: 'Correct the document; a linter such as Redocly or Spectral explains each rule.',
  });
}
