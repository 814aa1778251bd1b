import { Command } from 'commander';
import { ledgerFolder } from '../targets/live/ledger.ts';
import { type Swept, sweep } from '../targets/live/sweep.ts';
import { say, tell, whole } from './shared/options.ts';

interface SweepOptions {
  readonly dryRun?: true;
  readonly run?: string;
  readonly ledger: string;
  readonly grace: number;
  readonly patience: number;
  readonly allowDestructive?: true;
  readonly allowProduction?: true;
  readonly allowPlainHttp?: true;
}

/** `pinecone-contract sweep`: delete what an interrupted live run left, from its ledger. */
export function sweepCommand(): Command {
  return new Command('sweep')
    .description('delete what an interrupted live run left, as its ledger says, and nothing else')
    .option('--dry-run', 'say what would be deleted')
    .option('--run <id>', 'only this run, also when it seems to be going on')
    .option('--ledger <dir>', 'where the ledgers are', ledgerFolder)
    .option('--patience <ms>', 'how long it may take for one run', whole(1), 180_000)
    .option('--grace <ms>', 'how long a call that got no answer may still be on its way', whole(0), 10_000)
    .option('--allow-destructive', 'delete on a host that is not this machine')
    .option('--allow-production', 'delete on a host of pinecone.io')
    .option('--allow-plain-http', 'send the key unencrypted to a host that is not this machine')
    .action(async (options: SweepOptions) => {
      process.exitCode = await sweepUp(options);
    });
}

async function sweepUp(options: SweepOptions): Promise<number> {
  const dry = options.dryRun === true;
  const swept = await sweep({
    folder: options.ledger,
    dry,
    graceMs: options.grace,
    cleaningMs: options.patience,
    key: process.env['PINECONE_API_KEY'] ?? '',
    allowed: {
      destructive: options.allowDestructive === true,
      production: options.allowProduction === true,
      plainHttp: options.allowPlainHttp === true,
    },
    onWaiting: (what) => tell(`waiting for ${what}`),
    ...(options.run === undefined ? {} : { run: options.run }),
  });
  say(
    swept.length === 0
      ? `Nothing to sweep: no ledger in ${options.ledger}.`
      : swept.map((each) => told(each, dry)).join('\n'),
  );
  return swept.some(({ left }) => left.length > 0) ? 3 : 0;
}

function told({ run, target, found, left }: Swept, dry: boolean): string {
  const title = `Run ${run} at ${target}`;
  if (dry) return lines(`${title} left ${count(found)}; nothing was deleted`, found);
  if (left.length === 0) return `${title}: ${count(found)} deleted, nothing is left.`;
  return lines(`${title}: not all is deleted`, left);
}

function lines(title: string, items: readonly string[]): string {
  return [`${title}${items.length === 0 ? '.' : ':'}`, ...items.map((item) => `  ${item}`)].join('\n');
}

function count(found: readonly string[]): string {
  return found.length === 1 ? '1 resource' : `${found.length} resources`;
}
