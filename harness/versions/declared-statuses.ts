import { readDocument } from '../openapi/document/document.ts';
import { operationsOf } from '../openapi/operation/operation.ts';
import { apiVersions } from './versions.ts';

/** The status keys that any API version declares for an operation; empty for one that no version has. */
export async function statusesOfAnyVersion(operation: string): Promise<ReadonlySet<string>> {
  const documents = await Promise.all(apiVersions().map(async ({ file }) => readDocument(file)));
  const operations = documents.flatMap(operationsOf).filter(({ id }) => id === operation);
  return new Set(operations.flatMap(({ responses }) => responses.map(({ key }) => key)));
}
