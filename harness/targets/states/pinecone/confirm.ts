import { isRecord } from '../../../core/parsed-json.ts';
import type { Resource } from '../../live/ledger-lines.ts';
import { textAt } from './answers.ts';
import type { Api } from './api.ts';

/** Whether a resource is the one that the ledger has, as the server describes it. */
type Confirmation =
  | { readonly kind: 'ours' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'not-ours'; readonly why: string }
  /** The server did not say; asking again may help. */
  | { readonly kind: 'unknown'; readonly why: string };

/** The clock of the server and that of the machine that made the resource may differ this much. */
const clockToleranceMs = 60 * 60_000;

/**
 * Ask the server what a resource is, before it is deleted on the word of a ledger. Ours is an index with the name and
 * the dimension that this tool gives, and a backup with the name, of the index, that was made after the run began.
 */
export async function confirmOurs(
  resource: Resource,
  path: string,
  { api, started }: { readonly api: Api; readonly started: string },
): Promise<Confirmation> {
  const { status, body } = await api.call({ method: 'GET', path });
  if (status === 404) return { kind: 'gone' };
  if (status !== 200) return { kind: 'unknown', why: `GET ${path} answers ${status}` };
  const why = resource.kind === 'backup' ? doubtAboutBackup(resource, body, started) : doubtAboutIndex(resource, body);
  return why === undefined ? { kind: 'ours' } : { kind: 'not-ours', why: `not deleted, because ${why}` };
}

/** Whether a backup says of itself that it is the one we made. */
export function isOurs(
  body: unknown,
  ours: { readonly id: string; readonly name: string; readonly index: string },
): boolean {
  return (
    textAt(body, 'backup_id') === ours.id &&
    textAt(body, 'name') === ours.name &&
    textAt(body, 'source_index_name') === ours.index
  );
}

function doubtAboutBackup({ id = '', name, of = '' }: Resource, body: unknown, started: string): string | undefined {
  if (!isOurs(body, { id, name, index: of })) {
    const found = textAt(body, 'name');
    return `the server describes ${id} as ${found === undefined ? 'a backup without that name' : `"${found}"`}, not as "${name}" of ${of}`;
  }
  const created = Date.parse(textAt(body, 'created_at') ?? '');
  return created < Date.parse(started) - clockToleranceMs
    ? `the server says that ${id} was made before the run began`
    : undefined;
}

/** An index carries no time; its name holds the run's id, and no other tool makes one of two dimensions by that name. */
function doubtAboutIndex({ name }: Resource, body: unknown): string | undefined {
  if (textAt(body, 'name') !== name) return `the server describes another index than ${name}`;
  const dimension = isRecord(body) ? body['dimension'] : undefined;
  return dimension === undefined || dimension === indexDimension
    ? undefined
    : `${name} has ${JSON.stringify(dimension)} dimensions, and this tool makes indexes of ${indexDimension}`;
}

/** The smallest index there is. */
export const indexDimension = 2;
