import { HarnessError } from '../../core/errors.ts';
import type { JsonObject } from '../../model/document.ts';
import { validationErrors } from '../validators.ts';
import { isObject, member, textAt } from './pointer.ts';
import { type Problem, problemsOf } from './problems.ts';
import { type Sources, traceSource } from './sources.ts';

/** Checks a bundled document against the meta-schema of its OpenAPI version. */
export function validateDocument(root: JsonObject, sources: Sources): void {
  const early = bluntProblems(root);
  if (early.length > 0) throw invalid(early, sources);
  const errors = validationErrors(textAt(root, 'openapi').startsWith('3.1') ? 'openapi-3.1' : 'openapi-3.0', root);
  if (errors.length === 0) return;
  const problems = problemsOf(errors, root);
  throw invalid(problems.length > 0 ? problems : [{ pointer: '', message: 'breaks the OpenAPI meta-schema' }], sources);
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

function invalid(problems: readonly Problem[], sources: Sources): HarnessError {
  const shown = problems.slice(0, 5).map(({ pointer, message }) => {
    const { file, line } = traceSource(sources, pointer);
    return `${file}:${line} ${pointer || 'the document'} ${message}`;
  });
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  const { file } = traceSource(sources, '');
  return new HarnessError('E_DOCUMENT_INVALID', `${file} is not a valid OpenAPI document:\n  ${shown.join('\n  ')}`, {
    hint: 'Correct the document; a linter such as Redocly or Spectral explains each rule.',
  });
}
