import type { Json, OasDocument, Operation, Parameter } from '../../../model/document.ts';
import { follow, isObject, member } from '../../../openapi/document/pointer.ts';
import { styleOf } from '../../../openapi/request/style.ts';
import { requestIssues } from '../../../openapi/schema/schema.ts';
import { slug } from '../../case-id.ts';
import { valueFor } from '../../request-plan.ts';
import { type Draft, requiredDraft, withValue } from '../draft.ts';
import { freshLike } from '../fresh-draft.ts';
import type { WrongRequest } from './model.ts';
import { wrongBodies } from './wrong-body.ts';
import { wrongValues } from './wrong-value.ts';

/** Every way in which this tool makes a request of an operation wrong: one thing at a time, all else valid. */
export function wrongRequests(operation: Operation): readonly WrongRequest[] {
  const valid = requiredDraft(operation);
  const wrong = [
    ...wrongBodies(operation, valid),
    ...operation.parameters.flatMap((each) => wrongParameter(operation, valid, each)),
  ];
  // A name that is taken already would be a second reason to refuse it.
  return wrong.map((each) => ({ ...each, draft: freshLike(operation, valid, each.draft) }));
}

function wrongParameter(operation: Operation, valid: Draft, parameter: Parameter): readonly WrongRequest[] {
  const { name, in: place, schema, required, mediaType } = parameter;
  const kind = place === 'path' ? 'path' : 'parameter';
  const id = (rest: string): string => `${place}-${slug(name)}-${rest}`;
  const missing: readonly WrongRequest[] =
    required && place !== 'path' && !hasDefault(operation.document, schema)
      ? [
          {
            id: id('missing'),
            what: `without the required ${place} parameter ${name}`,
            draft: withValue(valid, parameter, undefined),
            kind,
          },
        ]
      : [];
  if (schema === undefined || mediaType !== undefined) return missing;
  const { document } = operation;
  const usual = valueFor(parameter, operation);
  if (isSpread(parameter, usual)) return missing;
  const wrong = wrongValues(document, schema, usual)
    .filter(({ value }) => isWrongOnWire(document, schema, { value, place }))
    .map((each): WrongRequest => ({
      id: id(each.id),
      what: `with a ${place} parameter ${name} that ${each.what}`,
      draft: withValue(valid, parameter, each.value),
      kind,
    }));
  return [...missing, ...wrong];
}

/** Whether the properties of an object are parameters of their own, so that one of the object's name is none that is declared. */
function isSpread(parameter: Parameter, usual: Json): boolean {
  const { style, explode } = styleOf(parameter);
  return isObject(usual) && (style === 'deepObject' || (style === 'form' && explode));
}

/** A server may put the default in the place of what is missing, whatever `required` says. */
function hasDefault(document: OasDocument, schema: string | undefined): boolean {
  return schema !== undefined && member(follow(document.root, schema)?.value, 'default') !== undefined;
}

/** A parameter is a text on its way: it must be wrong however a server reads the text, and must be possible to send. */
function isWrongOnWire(
  document: OasDocument,
  schema: string,
  { value, place }: { readonly value: Json; readonly place: Parameter['in'] },
): boolean {
  if (value === null || typeof value === 'object') return false;
  const text = String(value);
  if (text === '' || (place !== 'query' && !/^[\x21-\x7e]+$/.test(text)) || text.length > 2000) return false;
  return readings(text).every((reading) => requestIssues(document, schema, reading).length > 0);
}

/** What a server may take a text for: a list of one, too. */
function readings(text: string): readonly Json[] {
  const number = Number(text);
  const single: readonly Json[] = [
    text,
    ...(Number.isFinite(number) ? [number] : []),
    ...(/^(true|false)$/.test(text) ? [text === 'true'] : []),
  ];
  return [...single, ...single.map((one) => [one])];
}
