import type { CredentialVariant, RequestPlan } from '../../model/case.ts';
import type { Json, MediaType, Operation, Parameter } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { requiredValues, usualBody, valueFor } from '../request-plan.ts';
import { type GivenValue, writeRequest } from '../request/write-request.ts';

/** A request in parts, before it is written: a plan is made from it, and so is the `request` of a suite. */
export interface Draft {
  readonly given: readonly GivenValue[];
  readonly body?: { readonly media: MediaType; readonly value: Json };
  /** A body that no value gives, such as broken JSON; `type`: its media type. */
  readonly rawBody?: { readonly type?: string; readonly text: string };
  readonly method?: string;
  readonly headers?: readonly HeaderPair[];
  readonly credential?: CredentialVariant;
  /** `{name}` in a value is a placeholder, and is not encoded. */
  readonly placeholders?: true;
}

/** The valid request with what is required and nothing else. */
export function requiredDraft(operation: Operation): Draft {
  const body = usualBody(operation);
  return { given: requiredValues(operation), ...(body === undefined ? {} : { body }) };
}

/** The valid request with every parameter that is declared. */
export function fullDraft(operation: Operation): Draft {
  const given = operation.parameters
    .filter((parameter) => parameter.in !== 'path')
    .map((parameter): GivenValue => ({ parameter, value: valueFor(parameter, operation) }));
  return { ...requiredDraft(operation), given };
}

/** The draft with another value of one parameter, or without it. */
export function withValue(draft: Draft, parameter: Parameter, value: Json | undefined): Draft {
  const others = draft.given.filter((each) => each.parameter !== parameter);
  return { ...draft, given: value === undefined ? others : [...others, { parameter, value }] };
}

export function withoutBody(draft: Draft): Draft {
  return { ...Object.fromEntries(Object.entries(draft).filter(([key]) => key !== 'body')), given: draft.given };
}

/** Writes a draft; `headers` are those of the suite. */
export function planOf(operation: Operation, draft: Draft, headers: readonly HeaderPair[] = []): RequestPlan {
  const { given, body, rawBody, method, credential = 'valid', placeholders } = draft;
  const plan = writeRequest(operation, {
    given,
    ...(placeholders === undefined ? {} : { placeholders }),
    headers: [...headers, ...(draft.headers ?? [])],
    ...(body === undefined || rawBody !== undefined ? {} : { body }),
    credential,
  });
  return {
    ...plan,
    ...(method === undefined ? {} : { method }),
    ...(rawBody === undefined
      ? {}
      : {
          body: rawBody.text,
          headers:
            rawBody.type === undefined ? plan.headers : [...plan.headers, ['Content-Type', rawBody.type] as const],
        }),
  };
}
