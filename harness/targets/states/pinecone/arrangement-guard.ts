import { HarnessError } from '../../../core/errors.ts';
import type { Ledger } from '../../live/ledger.ts';

/** A call of the control-plane API, as it is about to be sent. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/**
 * Stands before every call that arranges or cleans up: what makes or deletes something passes only if the ledger has
 * it. Throws `E_GUARD`.
 */
export function checkCall({ method, path, body }: Call, ledger: Ledger): void {
  if (method === 'GET') return;
  const [collection, id, action, ...more] = path.split('/').slice(1).map(decodeURIComponent);
  const named = typeof body?.['name'] === 'string' ? ledger.find(body['name']) : undefined;
  const index = id === undefined ? undefined : ledger.find(id);
  const backup = id !== undefined && ledger.left().some((each) => each.kind === 'backup' && each.id === id);
  const call =
    more.length > 0
      ? ''
      : `${method} ${collection ?? ''}${id === undefined ? '' : '/id'}${action === undefined ? '' : `/${action}`}`;
  switch (call) {
    case 'POST indexes':
      if (named?.kind === 'index') return;
      break;
    case 'POST indexes/id/backups':
      if (index?.kind === 'index' && named?.kind === 'backup') return;
      break;
    case 'POST backups/id/create-index':
      if (backup && named?.kind === 'restored') return;
      break;
    case 'DELETE indexes/id':
      if (index?.kind === 'index' || index?.kind === 'restored') return;
      break;
    case 'DELETE backups/id':
      if (backup) return;
      break;
    default:
  }
  throw new HarnessError('E_GUARD', `${method} ${path} was not sent: the ledger does not say that this run made it`, {
    kind: 'harness',
    hint: `The ledger is ${ledger.file}. This is a fault of the harness: please report it.`,
  });
}
