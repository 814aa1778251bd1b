import type { HarnessError } from '../../core/errors.ts';
import type { RecipeRequest } from '../../model/recipe.ts';
import type { Json, Operation, Parameter } from '../../model/document.ts';
import { closestTo } from '../../openapi/closest.ts';
import { isIdVariant } from '../id-variants.ts';
import { placeholdersIn } from '../request/placeholders.ts';
import { type RequestPlace, suiteError } from './suite-error.ts';

/** Refuses what the operation does not have, and values that nothing gives: it would be sent, and show nothing. */
export function validateRequest(operation: Operation, request: RecipeRequest, place: RequestPlace): void {
  validateParameters(operation, request, place);
  validatePlaceholders(request, place);
  const type = Object.keys(request.headers ?? {}).find((name) => name.toLowerCase() === 'content-type');
  if (type !== undefined) {
    throw problem(
      place,
      ['headers', type],
      'gives the media type of the body as a header',
      'Write it as `mediaType` beside `headers`.',
    );
  }
  if (place.known === undefined) return;
  const given = Object.keys(request.path ?? {});
  const missing = namesIn(operation, 'path').find((name) => !given.includes(name) && place.known?.has(name) !== true);
  if (missing === undefined) return;
  throw problem(
    place,
    [],
    `gives no value of ${missing}, which the path ${operation.path} of ${operation.id} names`,
    `Write request: { path: { ${missing}: … } }, or let the state take a value of that name.`,
  );
}

function validateParameters(operation: Operation, request: RecipeRequest, place: RequestPlace): void {
  for (const kind of ['path', 'query'] as const) {
    const declared = namesIn(operation, kind);
    for (const [name, value] of Object.entries(request[kind] ?? {})) {
      if (!declared.includes(name)) {
        throw problem(
          place,
          [kind, name],
          `gives the ${kind} parameter "${name}", which ${operation.id} does not declare`,
          declaredHint(name, declared, `parameters in ${kind}`),
        );
      }
      if (kind === 'path' && value === null) {
        throw problem(
          place,
          [kind, name],
          `leaves out "${name}" of the path`,
          'A path has all its parts: give a value.',
        );
      }
    }
  }
}

function validatePlaceholders(request: RecipeRequest, place: RequestPlace): void {
  for (const [part, value] of Object.entries(request) as readonly (readonly [string, Json])[]) {
    for (const { name, variant } of placeholdersIn(value)) {
      if (variant !== undefined && variant !== 'json' && !(part === 'path' && isIdVariant(variant))) {
        throw problem(
          place,
          [part],
          `writes {${name}|${variant}}, and there is no "${variant}" in ${part}`,
          'Write {name}, or {name|json} in a body for a value that is no text.',
        );
      }
      const { known } = place;
      if (known === undefined || known.has(name) || name === 'version') continue;
      throw problem(
        place,
        [part],
        `uses {${name}}, and no value of that name is given`,
        declaredHint(name, [...known], 'values'),
      );
    }
  }
}

function declaredHint(name: string, declared: readonly string[], what: string): string {
  const [near] = closestTo(name, declared);
  const all = declared.length === 0 ? `There are no ${what}.` : `The ${what}: ${declared.join(', ')}.`;
  return near === undefined ? all : `Did you mean ${near}? ${all}`;
}

function namesIn({ parameters }: Operation, kind: Parameter['in']): readonly string[] {
  return parameters.filter((parameter) => parameter.in === kind).map(({ name }) => name);
}

function problem({ suite, at }: RequestPlace, more: readonly string[], what: string, hint: string): HarnessError {
  const where = at[0] === 'states' ? `the state "${at[1] ?? ''}"` : `the recipe for ${at[1] ?? ''}`;
  return suiteError(suite, [...at, ...more], `${where} ${what}`, hint);
}
