import type { Expectation, Step } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { type Draft, planOf, requiredDraft } from './draft.ts';
import { chosenName } from './fresh-draft.ts';
import { makingOf } from './made.ts';

/** Sends what must be refused. Where it would make something, that must not be there afterwards. */
export function refusedStep(
  operation: Operation,
  given: {
    readonly name: string;
    readonly draft: Draft;
    readonly expectation: Expectation;
    readonly headers: readonly HeaderPair[];
  },
): Step {
  const { name, draft, expectation, headers } = given;
  const request = planOf(operation, draft, headers);
  const making = makingOf(operation, headers);
  if (making === undefined) return { kind: 'send', name, request, expectation };
  const { take, read, cleanUp } = making;
  const chosen = chosenName(operation, requiredDraft(operation));
  const common = {
    kind: 'make',
    name,
    request,
    expectation,
    refused: true,
    ...(cleanUp === undefined ? {} : { cleanUp }),
  } as const;
  if (chosen === undefined || read === undefined) return { ...common, take };
  return { ...common, take: Object.fromEntries(Object.keys(take).map((each) => [each, [`/${chosen}`]])), read };
}
