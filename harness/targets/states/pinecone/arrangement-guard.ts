import { HarnessError } from '../../../core/errors.ts';
import type { Ledger } from '../../live/ledger.ts';
import type { Resource, ResourceKind } from '../../live/ledger-lines.ts';

/** A call of the control-plane API, as it is about to be sent. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Which resource of the ledger the path of a call must name, and which one its body must. */
interface Rule {
  readonly path?: (resource: Resource) => boolean;
  readonly body?: ResourceKind;
}

const isIndex = ({ kind }: Resource): boolean => kind === 'index';
const isBackup = ({ kind }: Resource): boolean => kind === 'backup';

/** Every call that makes or deletes something, with `id` for what its path names. */
const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['POST indexes', { body: 'index' }],
  ['POST indexes/id/backups', { path: isIndex, body: 'backup' }],
  ['POST backups/id/create-index', { path: isBackup, body: 'restored' }],
  ['DELETE indexes/id', { path: ({ kind }) => kind === 'index' || kind === 'restored' }],
  ['DELETE backups/id', { path: isBackup }],
]);

/**
 * Checks a call that arranges or cleans up before it is sent: what makes or deletes something passes only if the ledger
 * has it. Throws `E_GUARD`.
 */
export function checkCall(call: Call, ledger: Ledger): void {
  if (call.method === 'GET') return;
  const [collection = '', id, ...rest] = call.path.split('/').slice(1).map(decodeURIComponent);
  const words = [collection, ...(id === undefined ? [] : ['id']), ...rest];
  const rule = rules.get(`${call.method} ${words.join('/')}`);
  if (rule !== undefined && namesOwn(rule, id, ledger) && makesOwn(rule, call, ledger)) return;
  throw new HarnessError(
    'E_GUARD',
    `${call.method} ${call.path} was not sent: the ledger does not say that this run made it`,
    {
      kind: 'harness',
      hint: `The ledger is ${ledger.file}. This is a fault of the harness: please report it.`,
    },
  );
}

/** A backup is named by its id, an index by its name. */
function namesOwn({ path }: Rule, id: string | undefined, ledger: Ledger): boolean {
  if (path === undefined) return true;
  return ledger.left().some((each) => path(each) && (isBackup(each) ? each.id : each.name) === id);
}

function makesOwn({ body: kind }: Rule, { body }: Call, ledger: Ledger): boolean {
  if (kind === undefined) return true;
  const name = body?.['name'];
  return typeof name === 'string' && ledger.find(name)?.kind === kind;
}
