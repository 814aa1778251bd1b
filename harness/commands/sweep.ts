import { environmentSecrets } from '../core/credentials.ts';
import { keyVariable } from '../core/default-suite.ts';
import { Command, Option } from 'commander';
import { HarnessError } from '../core/errors.ts';
import { printable } from '../core/text/printable.ts';
import { ledgerFolder } from '../targets/live/ledger.ts';
import { type SweptMade, sweepMade } from '../targets/made/sweep-made.ts';
import { type Swept, sweep } from '../targets/live/sweep.ts';
import { optionGroups } from './options/option-groups.ts';
import { whole } from './options/options.ts';
import { type ReportingOptions, reportingOptions, tell } from './options/reporting.ts';
import { notify } from './shared/output.ts';

interface SweepOptions extends ReportingOptions {
  readonly dryRun?: true;
  readonly run?: string;
  readonly target?: string;
  readonly ledger: string;
  readonly grace: number;
  readonly patience: number;
  readonly allowDestructive?: true;
  readonly allowProduction?: true;
  readonly allowPlainHttp?: true;
}

/** `pinecone-contract sweep`: delete what an interrupted live run left, from its ledger. */
export function sweepCommand(): Command {
  const command = new Command('sweep')
    .description('delete what an interrupted live run left, as its ledger says and the server confirms')
    .optionsGroup(optionGroups.answers)
    .addOption(
      new Option('--target <url>', 'the server that the run had; ledgers of others are left').env(
        'PINECONE_CONTRACT_TARGET',
      ),
    )
    .optionsGroup('Which resources:')
    .option('--run <id>', 'only this run, also when it seems to be going on')
    .option('--ledger <dir>', 'where the ledgers are', ledgerFolder)
    .optionsGroup(optionGroups.run)
    .option('--dry-run', 'say what would be deleted; nothing is sent')
    .option('--patience <ms>', 'how long it may take for one run', whole(1), 180_000)
    .option('--grace <ms>', 'how long a call that got no answer may still be on its way', whole(0), 10_000)
    .optionsGroup(optionGroups.allowed)
    .option('--allow-destructive', 'delete on a host that is not this machine')
    .option('--allow-production', 'delete on a host of pinecone.io')
    .option('--allow-plain-http', 'send the key unencrypted to a host that is not this machine');
  return reportingOptions(command).action(async (options: SweepOptions) => {
    process.exitCode = await sweepUp(options);
  });
}

async function sweepUp(options: SweepOptions): Promise<number> {
  const { target } = options;
  if (target !== undefined && !(URL.canParse(target) && /^https?:/i.test(target))) {
    throw new HarnessError('E_TARGET', `--target ${target} is no URL of a server`, {
      hint: 'A URL begins with http:// or https://. Without --target, --dry-run lists the ledgers of all targets.',
    });
  }
  const dry = options.dryRun === true;
  const made = sweepMade(options.ledger, options.run === undefined ? {} : { run: options.run });
  const isOfMade = options.run !== undefined && made.some((each) => 'run' in each);
  const swept = isOfMade
    ? []
    : await sweep({
        folder: options.ledger,
        dry,
        graceMs: options.grace,
        cleaningMs: options.patience,
        key: process.env[keyVariable] ?? '',
        secrets: environmentSecrets(),
        allowed: {
          destructive: options.allowDestructive === true,
          production: options.allowProduction === true,
          plainHttp: options.allowPlainHttp === true,
        },
        onWaiting: (what) => {
          if (options.quiet !== true && options.json !== true) notify(`waiting for ${what}`);
        },
        ...(options.run === undefined ? {} : { run: options.run }),
        ...(options.target === undefined ? {} : { target: options.target }),
      });
  const all = [...swept.map((each) => inWords(each, dry)), ...made.map(madeInWords)];
  const unfinished = [
    ...swept.filter((each) => isUnfinished(each, options)).map((each) => inWords(each, dry)),
    ...made.map(madeInWords),
  ];
  return tell(options, {
    exit: unfinished.length > 0 ? 3 : 0,
    json: { dryRun: dry, runs: swept, made },
    text: all.length === 0 ? `Nothing to sweep: no ledger in ${options.ledger}.` : all.join('\n'),
    annotations: unfinished.map((text) => ({ title: 'something is left behind', text })),
  });
}

/** Text of a ledger: anybody may have written it. */
function madeInWords(made: SweptMade): string {
  if ('why' in made) return `${printable(made.file)} was not read as a ledger: ${printable(made.why)}.`;
  const why =
    'sweep deletes nothing of it, because only the ledger, which anyone may have written, says who made it. ' +
    'Look at each and delete it by hand, then remove the ledger';
  return lines(
    `Run ${printable(made.run)} at ${printable(made.target)} left this; ${why}`,
    made.left.map((each) => printable(each)),
  );
}

function isUnfinished(swept: Swept, { run }: SweepOptions): boolean {
  switch (swept.kind) {
    case 'swept':
      return swept.left.length > 0;
    case 'elsewhere':
      // A ledger of another target is none of this sweep's business, unless its run was asked for.
      return run !== undefined;
    case 'unreadable':
      return true;
    default:
      return swept satisfies never;
  }
}

function inWords(swept: Swept, dry: boolean): string {
  switch (swept.kind) {
    case 'elsewhere':
      return `Run ${swept.run} was at ${swept.target}, which is not the target of this sweep: its ledger is left as it is.`;
    case 'unreadable':
      return `${swept.file} was not read as a ledger: ${swept.why}. Look at it, then remove it or move it away.`;
    case 'swept': {
      const { run, target, found, left } = swept;
      const title = `Run ${run} at ${target}`;
      if (dry) return lines(`${title} left ${count(found)}; nothing was deleted`, left);
      if (left.length === 0) return `${title}: ${count(found)} deleted, nothing is left.`;
      return lines(`${title}: not all is deleted`, left);
    }
    default:
      return swept satisfies never;
  }
}

function lines(title: string, items: readonly string[]): string {
  return [`${title}${items.length === 0 ? '.' : ':'}`, ...items.map((item) => `  ${item}`)].join('\n');
}

function count(found: readonly string[]): string {
  return found.length === 1 ? '1 resource' : `${found.length} resources`;
}
