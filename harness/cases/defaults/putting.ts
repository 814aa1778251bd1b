import type { Operation } from '../../model/document.ts';
import { isObject } from '../../openapi/document/pointer.ts';
import { parametersIn } from '../../openapi/operation/path-template.ts';
import { propertiesAt, keywordAt } from '../../openapi/schema/schema-parts.ts';
import { type Draft, requiredDraft } from './draft.ts';
import { fresh } from './fresh.ts';
import { idNames, idsOf } from './id-pointers.ts';
import { collectionOf, operationAt } from './paths.ts';

/** The parameter that the client chooses a value of, where an operation is a PUT that makes what is not there yet. */
export function putParameter({ method, path, responses }: Operation): string | undefined {
  const name = parametersIn(path).at(-1);
  const makes = method === 'PUT' && name !== undefined && path.endsWith(`{${name}}`);
  return makes && responses.some(({ key }) => key === '201') ? name : undefined;
}

/** Whether a response says that a PUT made what was not there. */
export function makesNew(operation: Operation, key: string): boolean {
  return key === '201' && putParameter(operation) !== undefined;
}

/** A PUT that makes such an item, where no POST to its collection does. */
export function puttingOf({ document }: Operation, item: string): Operation | undefined {
  const put = operationAt(document, 'PUT', item);
  const name = put === undefined ? undefined : putParameter(put);
  if (put === undefined || name === undefined) return undefined;
  return operationAt(document, 'POST', collectionOf(put.path, name)) === undefined ? put : undefined;
}

/** The draft of a PUT that makes something: what its body says of the id is what its path says, and its names are new. */
export function putDraft(operation: Operation, parameter: string, draft = requiredDraft(operation)): Draft {
  const word = collectionOf(operation.path, parameter).split('/').at(-1) ?? '';
  const ids = idsOf(parameter, word);
  const made = fresh(
    operation,
    draft,
    idNames(parameter, word).filter((name) => !ids.includes(name)),
  );
  const { body } = made;
  if (body === undefined || !isObject(body.value)) return made;
  const properties = body.media.schema === undefined ? undefined : propertiesAt(operation.document, body.media.schema);
  const isWritable = (name: string): boolean => {
    const schema = properties?.get(name);
    return schema === undefined || keywordAt(operation.document, schema, 'readOnly') !== true;
  };
  const own = Object.entries(body.value).flatMap(([name, value]) => {
    if (!ids.includes(name) || !isWritable(name)) return [];
    if (typeof value === 'number') return [[name, `{${parameter}|json}`] as const];
    return typeof value === 'string' ? [[name, `{${parameter}}`] as const] : [];
  });
  if (own.length === 0) return made;
  const value = { ...body.value, ...Object.fromEntries(own) };
  return { ...made, placeholders: true, body: { media: body.media, value } };
}
