import type { DeclaredResponse, MediaType, Operation } from '../model/document.ts';
import { change, type Change, sidesOf } from './change.ts';
import { schemaChanges } from './schema.ts';

type Pair = readonly [Operation, Operation];

/** What changes in the responses of an operation: statuses, media types, bodies, examples, headers. */
export function responseChanges(pair: Pair): readonly Change[] {
  const keys = new Set(pair.flatMap(({ responses }) => responses.map(({ key }) => key)));
  return [...keys].sort().flatMap((key): readonly Change[] => {
    const [was, is] = pair.map(({ responses }) => responses.find((response) => response.key === key));
    const kind = /^2/.test(key) ? 'success' : 'error';
    if (was === undefined) {
      const sides = sidesOf(pair, undefined, is?.at);
      return [change(`response-${kind}-added`, `${key} is new: ${is?.description ?? ''}`, { sides, status: key })];
    }
    if (is === undefined) {
      const sides = sidesOf(pair, was.at, undefined);
      return [change(`response-${kind}-removed`, `${key} is no longer declared`, { sides, status: key })];
    }
    return [...mediaChanges(pair, was, is), ...headerChanges(pair, was, is)];
  });
}

function mediaChanges(pair: Pair, was: DeclaredResponse, is: DeclaredResponse): readonly Change[] {
  const status = was.key;
  const gone = was.media.filter(({ type }) => !is.media.some((media) => media.type === type));
  const fresh = is.media.filter(({ type }) => !was.media.some((media) => media.type === type));
  const sides = sidesOf(pair, gone[0]?.at ?? was.at, fresh[0]?.at ?? is.at);
  const [old, now] = [gone, fresh].map((media) => media.map(({ type }) => type).join(', '));
  const found: Change[] = [];
  if (was.media.length === 0 && fresh.length > 0) {
    found.push(change('response-body-added', `${status} now has a body of ${now}`, { sides, status }));
  } else if (is.media.length === 0 && gone.length > 0) {
    found.push(change('response-body-removed', `${status} no longer has a body of ${old}`, { sides, status }));
  } else if (gone.length > 0 && fresh.length > 0) {
    const message = `${status} changes its media type from ${old} to ${now}`;
    found.push(change('response-media-type-changed', message, { sides, status }));
  } else if (gone.length > 0) {
    found.push(change('response-media-type-removed', `${status} no longer has ${old}`, { sides, status }));
  } else if (fresh.length > 0) {
    found.push(change('response-media-type-added', `${status} can be ${now}, too`, { sides, status }));
  }
  const kept = was.media.flatMap((media) => {
    const other = is.media.find(({ type }) => type === media.type);
    return other === undefined ? [] : [[media, other] as const];
  });
  return [
    ...found,
    ...kept.flatMap(([media, other]) => [
      ...schemaChanges(sidesOf(pair, media.schema, other.schema), status),
      ...exampleChanges(pair, { status, was: media, is: other }),
    ]),
  ];
}

function exampleChanges(
  pair: Pair,
  { status, was, is }: { readonly status: string; readonly was: MediaType; readonly is: MediaType },
): readonly Change[] {
  const names = new Set([...was.examples, ...is.examples].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [old, now] = [was, is].map(({ examples }) => examples.find((example) => example.name === name));
    const sides = sidesOf(pair, old?.at, now?.at);
    const example = `the example ${name} of ${status}`;
    if (old === undefined) return [change('response-example-added', `${example} is new`, { sides, status })];
    if (now === undefined) return [change('response-example-removed', `${example} is gone`, { sides, status })];
    if (old.origin === 'sampled' || JSON.stringify(old.value) === JSON.stringify(now.value)) return [];
    return [change('response-example-changed', `${example} has another value`, { sides, status })];
  });
}

function headerChanges(pair: Pair, was: DeclaredResponse, is: DeclaredResponse): readonly Change[] {
  const status = was.key;
  const names = new Set([...was.headers, ...is.headers].map(({ name }) => name.toLowerCase()));
  return [...names].flatMap((key) => {
    const [old, now] = [was, is].map(({ headers }) => headers.find(({ name }) => name.toLowerCase() === key));
    const sides = sidesOf(pair, old?.at, now?.at);
    const header = `the header ${now?.name ?? old?.name ?? key} of ${status}`;
    if (old === undefined) {
      const rule = now?.required === true ? 'response-required-header-added' : 'response-header-added';
      return [change(rule, `${header} is new`, { sides, status })];
    }
    if (now === undefined) {
      const rule = old.required ? 'response-required-header-removed' : 'response-header-removed';
      return [change(rule, `${header} is gone`, { sides, status })];
    }
    const rule = now.required ? 'response-header-became-required' : 'response-header-became-optional';
    const message = `${header} is now ${now.required ? 'required' : 'optional'}`;
    return [
      ...(old.required === now.required ? [] : [change(rule, message, { sides, status })]),
      ...schemaChanges(sidesOf(pair, old.schema, now.schema), status, header),
    ];
  });
}
