import { createHash } from 'node:crypto';
import type { Case, DeclaredResponse, MediaType, NamedExample, Operation } from '../model.ts';
import type { Fixture } from './fixture-file.ts';

/** What a declared case promises, short enough to compare: status key, media type, digest of the example. */
export function promiseOf(each: Case): Fixture['promise'] | undefined {
  const [step, ...more] = each.steps;
  if (step?.kind !== 'send' || more.length > 0 || step.promised.kind !== 'declared') return undefined;
  return digest(step.promised);
}

/** Every promise that the operation's document makes today, to tell a stale fixture. */
export function promisesOf(operation: Operation): readonly Fixture['promise'][] {
  return operation.responses.flatMap((response) => [
    digest({ response }),
    ...response.media.flatMap((media) => [
      digest({ response, media }),
      ...media.examples.map((example) => digest({ response, media, example })),
    ]),
  ]);
}

function digest(promised: {
  readonly response: DeclaredResponse;
  readonly media?: MediaType;
  readonly example?: NamedExample;
}): Fixture['promise'] {
  const { response, media, example } = promised;
  return {
    response: response.key,
    ...(media === undefined ? {} : { media: media.type }),
    ...(example === undefined ? {} : { example: sha256(JSON.stringify(example.value)) }),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
