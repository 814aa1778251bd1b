import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, Operation } from '../../model/document.ts';
import { isObject } from '../../openapi/document/pointer.ts';
import { requestIssues } from '../../openapi/schema/schema.ts';
import type { Draft } from './draft.ts';
import { fresh } from './fresh.ts';
import { idNames } from './id-pointers.ts';
import { itemParameter } from './made.ts';
import { putDraft, putParameter } from './putting.ts';

/** Where an operation makes a resource under a name of the client's choice, that name is new. */
export function freshDraft(operation: Operation, draft: Draft): Draft {
  const put = putParameter(operation);
  if (put !== undefined) return putDraft(operation, put, draft);
  if (operation.method !== 'POST') return draft;
  const word =
    operation.path
      .split('/')
      .filter((segment) => !segment.includes('{'))
      .at(-1) ?? '';
  return fresh(operation, draft, idNames(itemParameter(operation) ?? 'name', word));
}

/** A wrong request that was made of a valid one, with the new names that the valid one gets, where it has its names. */
export function freshLike(operation: Operation, valid: Draft, wrong: Draft): Draft {
  const fresh = freshDraft(operation, valid);
  const [before, after, own] = [valid, fresh, wrong].map(({ body }) => body?.value);
  if (wrong.body === undefined || !isObject(before) || !isObject(after) || !isObject(own)) return wrong;
  const names = Object.keys(own).filter((name) => own[name] === before[name]);
  const value = names.reduce((made, name) => ({ ...made, [name]: after[name] ?? null }), own);
  const added = Object.keys(after).filter((name) => !Object.hasOwn(before, name) && !Object.hasOwn(own, name));
  const more = added.reduce<JsonObject>((made, name) => ({ ...made, [name]: after[name] ?? null }), value);
  const { schema } = wrong.body.media;
  // With a property more, a body that has too few of them would be right.
  const isWrong =
    isDeepStrictEqual(own, before) ||
    (schema !== undefined && requestIssues(operation.document, schema, more).length > 0);
  const { placeholders } = fresh;
  return {
    ...wrong,
    ...(placeholders === undefined ? {} : { placeholders }),
    body: { media: wrong.body.media, value: isWrong ? more : value },
  };
}

/** The property of a body that is the name of the new resource in its path, where the client chooses it. */
export function chosenName(operation: Operation, draft: Draft): string | undefined {
  const parameter = itemParameter(operation);
  const { body } = freshDraft(operation, draft);
  if (parameter === undefined || body === undefined || !isObject(body.value)) return undefined;
  const { value } = body;
  const word = operation.path.split('/').at(-1) ?? '';
  return idNames(parameter, word)
    .slice(0, idNames(parameter, word).indexOf('id'))
    .find(
      (name) =>
        typeof value[name] === 'string' &&
        value[name] !== (isObject(draft.body?.value) ? draft.body.value[name] : undefined),
    );
}
