import { randomBytes } from 'node:crypto';

import { Command, InvalidArgumentError } from 'commander';

import { packageFile } from '../core/package-files.ts';
import { startMock } from '../mock/server.ts';
import type { Mock, SeenRequest } from '../mock/server.ts';
import { readDocument } from '../openapi/document/document.ts';
import { say, notify } from './shared/output.ts';
import { stopSignal } from './shared/stop-signal.ts';

interface MockFlags {
  readonly port: number;
  readonly spec?: string;
  readonly latency: number;
  readonly asyncDelete: number;
  readonly rateLimit?: number;
  readonly flaky: number;
  readonly seed: number;
  readonly provision: number;
  readonly quiet?: true;
  readonly case?: string;
}

/** `pinecone-contract mock`: the embedded server alone, until Ctrl-C. */
export function mockCommand(): Command {
  return new Command('mock')
    .summary('serve the embedded mock alone')
    .description(
      'Serve the embedded mock on 127.0.0.1 until Ctrl-C: a stateful server of the backups operations, and a staging ' +
        'double of the calls around them. The key is taken from PINECONE_API_KEY, or made and printed. ' +
        'A request with "Prefer: code=404, example=NAME" gets that declared response.',
    )
    .option('--port <n>', 'port to listen on; 0 takes a free one', between(0, 65_535), 0)
    .option('--spec <file|url>', 'the OpenAPI document; default: the one of delete_backup that ships')
    .option('--latency <ms>', 'hold every answer back', between(0, 600_000), 0)
    .option('--async-delete <ms>', 'how long a deleted thing stays to be seen', between(0, 3_600_000), 0)
    .option('--rate-limit <n>', 'requests a second; beyond, 429 with Retry-After', between(1, 1_000_000))
    .option(
      '--flaky <percent>',
      'share of arrangement calls that go wrong; never the DELETE of a backup',
      between(0, 100),
      0,
    )
    .option('--seed <n>', 'deals out what goes wrong', between(0, 4_294_967_295), 1)
    .option(
      '--provision <ms>',
      'how long a new index or backup takes; a restore takes four times that, at least 1 s',
      between(0, 3_600_000),
      0,
    )
    .option('--quiet', 'no line per request')
    .option('--case <id>', 'serve the script of one case for SDKs instead, to run a driver by hand')
    .action((flags: MockFlags) => (flags.case === undefined ? serveUntilStopped(flags) : serveCase(flags.case, flags)));
}

async function serveCase(id: string, flags: MockFlags): Promise<void> {
  const { serveSdkScript } = await import('./sdk-script.ts');
  await serveSdkScript(id, flags);
}

async function serveUntilStopped(flags: MockFlags): Promise<void> {
  const given = process.env.PINECONE_API_KEY ?? '';
  const key = given === '' ? `pcsk_${randomBytes(24).toString('base64url')}` : given;
  const mock = await startMock({
    document: await readDocument(flags.spec ?? packageFile('specs', 'db_control_2025-04.oas.yaml')),
    key,
    port: flags.port,
    latencyMs: flags.latency,
    asyncDeleteMs: flags.asyncDelete,
    ...(flags.rateLimit === undefined ? {} : { rateLimit: flags.rateLimit }),
    flakyPercent: flags.flaky,
    seed: flags.seed,
    provisionMs: flags.provision,
    ...(flags.quiet === true ? {} : { onRequest: log }),
  });
  const stopped = stopSignal();
  say(greeting(mock, given === ''));
  const signal = await stopped;
  await mock.close();
  for (const fault of new Set(mock.faults)) notify(`mock fault: ${fault}`);
  if (signal === 'SIGINT') process.exitCode = 130;
}

/** A key from the environment is named, not shown; one made here is of no worth elsewhere. */
function greeting({ origin, key }: Mock, made: boolean): string {
  const lines = [
    `Mock of the backups API at ${origin}`,
    ...(made ? ['', `  export PINECONE_API_KEY=${key}`] : ['The key is the one in PINECONE_API_KEY.']),
    '',
    `  curl -i -X DELETE ${origin}/backups/ready-1 -H "Api-Key: $PINECONE_API_KEY"`,
    '',
    'ready-1, ready-2 … can be deleted once; pending-1 … have a pending restore job (412); boom-1 … answer 500.',
    `States:  ${origin}/_contract/states  (POST {"state": …, "action": "setup"|"teardown"})`,
    `Exists:  ${origin}/_contract/state`,
    'Stop with Ctrl-C.',
  ];
  return lines.join('\n');
}

function log({ method, path, outcome, ms }: SeenRequest): void {
  const shown = path.length > 200 ? `${path.slice(0, 200)}…` : path;
  const safe = shown.replaceAll(/[^\x20-\x7e…]/g, '?');
  notify(`${method} ${safe} ${outcome} ${ms.toFixed(1)} ms`);
}

function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}
