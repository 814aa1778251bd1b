import type { Arrangement, ArrangeStep } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';

/** The values come from a list or from the document: they name what this run has not made. */
export function isForeign({ steps, examples = {} }: Arrangement): boolean {
  return Object.keys(examples).length > 0 || steps.some((step, place) => readsForeign(step, steps.slice(0, place)));
}

function readsForeign(step: ArrangeStep, before: readonly ArrangeStep[]): boolean {
  if (!isReading(step.operation) || (step.exact === true && Object.keys(step.take).length === 0)) return false;
  return !isOfRun(step, before);
}

/** A suite may say that something is read of what its own steps have made. */
function isOfRun({ operation, request, exact, follow }: ArrangeStep, before: readonly ArrangeStep[]): boolean {
  if (!isReading(operation)) return true;
  if (follow !== undefined) {
    const source = before[follow.from];
    return source !== undefined && isOfRun(source, before.slice(0, follow.from));
  }
  const made = before.filter((step) => !isReading(step.operation)).flatMap((step) => Object.keys(step.take));
  return exact === true && made.some((name) => request.path.includes(`{${name}}`));
}

export function isReading({ method }: Operation): boolean {
  return method === 'GET' || method === 'HEAD';
}
