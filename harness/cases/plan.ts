import type { CredentialVariant, HeaderPair, Json, Operation, RequestPlan } from '../model.ts';
import type { Suite } from './suite.ts';

/** The plain request of an operation: its path, the headers of suite and document, its body, a valid key. */
export function plainRequest(operation: Operation, suite: Suite, credential: CredentialVariant = 'valid'): RequestPlan {
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map((parameter): readonly [string, string] => [parameter.name, plainText(parameter.example ?? '')]);
  const body = operation.requestBody;
  return {
    method: operation.method,
    path: operation.path,
    ...(query.length === 0 ? {} : { query }),
    headers:
      body === undefined ? headersOf(operation, suite) : [...headersOf(operation, suite), ['Content-Type', body.type]],
    ...(body === undefined ? {} : { body: JSON.stringify(body.example) }),
    credential,
  };
}

/** The suite's headers, then those that the document requires and the suite does not set. */
function headersOf(operation: Operation, suite: Suite): readonly HeaderPair[] {
  const own = Object.entries(suite.headers).map(([name, value]): HeaderPair => [
    name,
    value.replaceAll('{version}', operation.document.version),
  ]);
  const set = new Set(own.map(([name]) => name.toLowerCase()));
  const required = operation.parameters
    .filter((parameter) => parameter.in === 'header' && parameter.required && !set.has(parameter.name.toLowerCase()))
    .map((parameter): HeaderPair => [parameter.name, plainText(parameter.example ?? '')]);
  return [...own, ...required];
}

function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
