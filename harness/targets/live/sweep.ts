import { hostname } from 'node:os';
import { HarnessError } from '../../core/errors.ts';
import { defaultLimits } from '../../wire/limits.ts';
import { type Ledger, readLedgers } from './ledger.ts';
import { openLiveClient } from './client.ts';
import type { Timeouts } from './timeouts.ts';
import { clearLedger } from '../states/pinecone/clear-ledger.ts';
import { type Allowed, readTargetUrl } from './target-url.ts';

/** What an interrupted run left, and what became of it. */
export interface Swept {
  readonly run: string;
  readonly target: string;
  /** What the ledger had. */
  readonly found: readonly string[];
  /** What is there still, one line each, with the reason. */
  readonly left: readonly string[];
}

interface SweepOptions extends Timeouts {
  readonly folder: string;
  readonly run?: string;
  readonly dry: boolean;
  /** Asked for only when something is to be deleted. */
  readonly key: string;
  readonly allowed: Allowed;
  readonly onWaiting: (what: string) => void;
}

/** Delete what the ledgers of interrupted runs have, and nothing else. `dry`: look into the ledgers only. */
export async function sweep(options: SweepOptions): Promise<readonly Swept[]> {
  const ledgers = readLedgers(options.folder);
  const chosen = ledgers.filter(({ head }) => options.run === undefined || head.run === options.run);
  if (options.run !== undefined && chosen.length === 0) throw unknownRun(options.run, options.folder, ledgers);
  const swept: Swept[] = [];
  for (const ledger of chosen) swept.push(await sweepOne(ledger, options));
  return swept;
}

async function sweepOne(ledger: Ledger, options: SweepOptions): Promise<Swept> {
  const { run, target } = ledger.head;
  const found = ledger
    .left()
    .map(({ kind, name, id }) => `${kind} ${name}${id === undefined || id === name ? '' : ` (${id})`}`);
  const result = (left: readonly string[]): Swept => ({ run, target, found, left });
  if (options.dry) return result(found);
  if (options.run === undefined && isGoingOn(ledger)) {
    const { pid } = ledger.head;
    return result([`run ${run} seems to be going on (process ${pid}); name it with --run ${run} if it is not`]);
  }
  if (found.length === 0) {
    ledger.close();
    return result([]);
  }
  const url = readTargetUrl(target, options.allowed);
  const client = openLiveClient({ url, key: options.key, limits: defaultLimits });
  try {
    return result(await clearLedger({ ...options, client, ledger }));
  } finally {
    await client.close();
  }
}

function isGoingOn({ head }: Ledger): boolean {
  if (head.host !== hostname()) return false;
  try {
    process.kill(head.pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

function unknownRun(run: string, folder: string, ledgers: readonly Ledger[]): HarnessError {
  const known = ledgers.map(({ head }) => head.run).join(', ');
  return new HarnessError('E_LEDGER_UNKNOWN', `${folder} has no ledger of a run ${run}`, {
    hint: known === '' ? 'There is nothing to sweep.' : `It has: ${known}.`,
  });
}
