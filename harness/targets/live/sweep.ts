import { hostname } from 'node:os';
import { HarnessError, messageOf } from '../../core/errors.ts';
import { printable } from '../../core/text/printable.ts';
import { defaultLimits } from '../../wire/limits.ts';
import { redactText } from '../../wire/secrets/redact.ts';
import { resourceInWords } from '../states/pinecone/clean-up.ts';
import { clearLedger } from '../states/pinecone/clear-ledger.ts';
import { type LiveClient, openLiveClient } from './client.ts';
import { type Ledger, readLedgers } from './ledger.ts';
import { type Allowed, readTargetUrl } from './target-url.ts';
import type { Timeouts } from './timeouts.ts';

/** What was found in the folder of ledgers, and what became of it. All texts are safe to print. */
export type Swept =
  | {
      readonly kind: 'swept';
      readonly run: string;
      readonly target: string;
      /** What the ledger had. */
      readonly found: readonly string[];
      /** What is left, one line each, with the reason. */
      readonly left: readonly string[];
    }
  /** The ledger is of another target than the one that was named. */
  | { readonly kind: 'elsewhere'; readonly run: string; readonly target: string }
  /** The file is no ledger, or cannot be read. */
  | { readonly kind: 'unreadable'; readonly file: string; readonly why: string };

interface SweepOptions extends Timeouts {
  readonly folder: string;
  readonly run?: string;
  /** Report only; nothing is sent. */
  readonly dry: boolean;
  /** The URL of the target, from the user: a ledger never decides which host gets the key. */
  readonly target?: string;
  readonly key: string;
  /** What is masked; default: the key. */
  readonly secrets?: readonly string[];
  readonly allowed: Allowed;
  readonly onWaiting: (what: string) => void;
}

/**
 * Delete what the ledgers of interrupted runs against one target have, as far as the server confirms that it is what
 * those runs made. A ledger that cannot be read, or whose clearing fails, does not stop the others.
 */
export async function sweep(options: SweepOptions): Promise<readonly Swept[]> {
  const { folder, run, dry } = options;
  const { ledgers, unreadable } = readLedgers(folder);
  const chosen = ledgers.filter(({ head }) => run === undefined || head.run === run);
  if (run !== undefined && chosen.length === 0) throw unknownRun(run, folder, ledgers);
  const clean = cleaner(options.key);
  const swept: Swept[] = [];
  if (chosen.length > 0) {
    const client = dry && options.target === undefined ? undefined : await openClient(options, chosen);
    try {
      for (const ledger of chosen) swept.push(await sweepOne(ledger, client, options));
    } finally {
      await client?.close();
    }
  }
  const broken = run === undefined ? unreadable : [];
  return [
    ...swept.map((each) => safe(each, clean)),
    ...broken.map(({ file, why }): Swept => ({ kind: 'unreadable', file: clean(file), why: clean(why) })),
  ];
}

/** Text of a server or of a file as text that may be printed: without the key, and nothing that acts on a terminal. */
function cleaner(key: string): (text: string) => string {
  return (text) =>
    printable(
      redactText(
        text,
        [key].filter((each) => each !== ''),
      ),
    );
}

function safe(swept: Swept, clean: (text: string) => string): Swept {
  switch (swept.kind) {
    case 'swept':
      return {
        ...swept,
        target: clean(swept.target),
        found: swept.found.map(clean),
        left: swept.left.map(clean),
      };
    case 'elsewhere':
      return { ...swept, target: clean(swept.target) };
    case 'unreadable':
      return swept;
    default:
      return swept satisfies never;
  }
}

async function openClient(options: SweepOptions, ledgers: readonly Ledger[]): Promise<LiveClient> {
  const { target, key, secrets = [key], allowed } = options;
  if (target === undefined) {
    const named = [...new Set(ledgers.map(({ head }) => head.target))].map(cleaner(key)).join(', ');
    throw new HarnessError('E_SWEEP_TARGET', 'sweep deletes things and sends the API key, and no target was named', {
      hint: `Give the URL that the run had: --target URL, or PINECONE_CONTRACT_TARGET. The ledgers are of: ${named}.`,
    });
  }
  return openLiveClient({ url: await readTargetUrl(target, allowed), key, secrets, limits: defaultLimits });
}

async function sweepOne(ledger: Ledger, client: LiveClient | undefined, options: SweepOptions): Promise<Swept> {
  const { run, target } = ledger.head;
  if (client !== undefined && client.shownBase !== target && client.base !== target)
    return { kind: 'elsewhere', run, target };
  const found = ledger.left().map(resourceInWords);
  const foreign = ledger.rejected.map(
    (line) => `line ${line} of ${ledger.file} was not written by a run of this tool: nothing it names is deleted`,
  );
  const result = (left: readonly string[]): Swept => ({
    kind: 'swept',
    run,
    target,
    found,
    left: [...left, ...foreign],
  });
  if (options.dry || client === undefined) return result(found);
  if (options.run === undefined && isGoingOn(ledger)) {
    const { pid } = ledger.head;
    return result([`run ${run} seems to be going on (process ${pid}); name it with --run ${run} if it is not`]);
  }
  try {
    if (found.length > 0) return result(await clearLedger({ ...options, client, ledger }));
    ledger.close();
    return result([]);
  } catch (cause) {
    return result([messageOf(cause)]);
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
  return new HarnessError('E_LEDGER_UNKNOWN', `${folder} has no ledger of a run ${printable(run)}`, {
    hint: known === '' ? 'There is nothing to sweep.' : `It has: ${known}.`,
  });
}
