import type { CredentialVariant, RequestPlan } from '../model/case.ts';
import type { Json, MediaType, Operation, Parameter } from '../model/document.ts';
import type { HeaderPair } from '../model/exchange.ts';
import { sampleOf } from '../openapi/schema/sample.ts';
import { type GivenValue, writeRequest } from './request/write-request.ts';
import type { Suite } from './suite.ts';

/** The plain request of an operation: its path, the headers of suite and document, its body, a valid key. */
export function plainRequest(
  operation: Operation,
  suite: Pick<Suite, 'headers'>,
  credential: CredentialVariant = 'valid',
): RequestPlan {
  const body = usualBody(operation);
  return writeRequest(operation, {
    given: requiredValues(operation),
    headers: suiteHeaders(operation, suite),
    ...(body === undefined ? {} : { body }),
    credential,
  });
}

/** The same request, asking for one of several media types: without that, a server may choose another one. */
export function acceptingMedia(plan: RequestPlan, media: MediaType): RequestPlan {
  if (plan.headers.some(([name]) => name.toLowerCase() === 'accept')) return plan;
  return { ...plan, headers: [...plan.headers, ['Accept', media.type]] };
}

/** The headers that the suite sends with every request. */
export function suiteHeaders(operation: Operation, { headers }: Pick<Suite, 'headers'>): readonly HeaderPair[] {
  return Object.entries(headers).map(([name, value]) => [
    name,
    value.replaceAll('{version}', operation.document.version),
  ]);
}

/** A value for each parameter that is required, but for those of the path, which name a resource. */
export function requiredValues(operation: Operation): readonly GivenValue[] {
  return operation.parameters
    .filter((parameter) => parameter.required && parameter.in !== 'path')
    .map((parameter) => ({ parameter, value: valueFor(parameter, operation) }));
}

/** A value that the document offers for a parameter, or one that is made from its schema. */
export function valueFor({ example, schema }: Parameter, { document }: Pick<Operation, 'document'>): Json {
  return example ?? (schema === undefined ? '' : sampleOf(document, schema, 'request'));
}

/** The body that is sent where nothing says otherwise. */
export function usualBody({ requestBody }: Operation): { readonly media: MediaType; readonly value: Json } | undefined {
  if (requestBody === undefined) return undefined;
  const media = requestBody.content.find(({ type }) => type === requestBody.type);
  return media === undefined ? undefined : { media, value: requestBody.example };
}
