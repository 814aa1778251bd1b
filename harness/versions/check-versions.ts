import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../core/errors.ts';
import { readDocument } from '../openapi/document/document.ts';
import { isUrl } from '../openapi/document/source-text.ts';
import { findOperation, operationsOf } from '../openapi/operation/operation.ts';
import { compareOperations, type Disagreement } from './compare-operations.ts';
import type { ApiVersion } from './versions.ts';

/** How the document of one version here compares with the published one. */
export interface VersionCheck {
  readonly version: string;
  readonly ours: string;
  readonly theirs: string;
  readonly operations: readonly {
    readonly operation: string;
    readonly disagreements: readonly Disagreement[];
  }[];
}

/**
 * Compare our document of a version with the published one, operation by operation. `from` is a folder or the start of a
 * URL that holds `VERSION/FILE` or `FILE`; without it the published document itself is read.
 */
export async function checkVersion(api: ApiVersion, from?: string): Promise<VersionCheck> {
  const theirs = from === undefined ? api.published : sourceIn(from, api);
  const [mine, other] = [await readDocument(api.file), await readDocument(theirs)];
  const published = operationsOf(other);
  return {
    version: api.version,
    ours: api.file,
    theirs,
    operations: operationsOf(mine).map((operation) => {
      const same = published.find(({ method, path }) => method === operation.method && path === operation.path);
      const disagreements =
        same === undefined
          ? [{ pointer: operation.at.pointer, ours: `${operation.method} ${operation.path}` }]
          : compareOperations(findOperation(mine, operation.id), same);
      return { operation: operation.id, disagreements };
    }),
  };
}

function sourceIn(from: string, { version, published }: ApiVersion): string {
  const name = published.slice(published.lastIndexOf('/') + 1);
  if (isUrl(from)) return `${from.replace(/\/$/, '')}/${version}/${name}`;
  const places = [join(from, version, name), join(from, name)];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new HarnessError('E_DOCUMENT_MISSING', `${from} has no document of API version ${version}`, {
    hint: `It was looked for as ${places.join(' and as ')}. To compare only some versions, name each: --api VERSION.`,
  });
}
