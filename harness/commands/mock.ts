import { defaultOperation, forbiddenKeyVariable, keyVariable } from '../core/default-suite.ts';
import { randomBytes } from 'node:crypto';

import { Command, InvalidArgumentError, Option } from 'commander';

import { printable } from '../core/text/printable.ts';
import type { OasDocument } from '../model/document.ts';
import { startMock } from '../mock/server.ts';
import type { Mock, SeenRequest } from '../mock/server.ts';
import { readDocument } from '../openapi/document/document.ts';
import { declaresStatus } from '../openapi/operation/declares-status.ts';
import { apiVersion, deliveredVersion } from '../versions/versions.ts';
import { optionGroups } from './options/option-groups.ts';
import { say, notify } from './shared/output.ts';
import { stopSignal } from './shared/stop-signal.ts';

interface MockFlags {
  readonly port: number;
  readonly spec?: string;
  readonly api?: string;
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
      'Serve the embedded mock on 127.0.0.1 until Ctrl-C: a stateful server of all operations of a document. What was ' +
        'created is listed, read, changed and deleted; requests are validated. The key is taken from ' +
        `${keyVariable}, or made and printed; so is a second ` +
        `key that lacks the permission (${forbiddenKeyVariable}) where the document declares 403. ` +
        'A request with "Prefer: code=404, example=NAME" gets that declared response.',
    )
    .optionsGroup(optionGroups.answers)
    .option('--port <n>', 'port to listen on; 0 takes a free one', between(0, 65_535), 0)
    .optionsGroup(optionGroups.contract)
    .option('--spec <file|url>', `the OpenAPI document; default: the one of ${defaultOperation} that ships`)
    .addOption(
      new Option('--api <version>', `the API version in place of a document; default: ${deliveredVersion}`).conflicts(
        'spec',
      ),
    )
    .optionsGroup('How it answers:')
    .option('--latency <ms>', 'hold every answer back', between(0, 600_000), 0)
    .option('--async-delete <ms>', 'how long a deleted thing stays to be seen', between(0, 3_600_000), 0)
    .option('--rate-limit <n>', 'requests a second; beyond, 429 with Retry-After', between(1, 1_000_000))
    .option(
      '--flaky <percent>',
      'share of arrangement calls that go wrong; never the operation under test',
      between(0, 100),
      0,
    )
    .option('--seed <n>', 'deals out what goes wrong', between(0, 4_294_967_295), 1)
    .option(
      '--provision <ms>',
      'how long a new resource takes to be ready; a restore takes four times that, at least 1 s',
      between(0, 3_600_000),
      0,
    )
    .optionsGroup(optionGroups.cases)
    .option('--case <id>', 'serve the script of one case for SDKs instead, to run a driver by hand')
    .optionsGroup(optionGroups.written)
    .option('--quiet', 'no line per request')
    .action((flags: MockFlags) => (flags.case === undefined ? serveUntilStopped(flags) : serveCase(flags.case, flags)));
}

async function serveCase(id: string, flags: MockFlags): Promise<void> {
  const { serveSdkScript } = await import('./sdk/script.ts');
  await serveSdkScript(id, flags);
}

async function serveUntilStopped(flags: MockFlags): Promise<void> {
  const document = await readDocument(flags.spec ?? apiVersion(flags.api ?? deliveredVersion).file);
  const forbids = declaresStatus(document, '403');
  const keys = [keyFrom(keyVariable), ...(forbids ? [keyFrom(forbiddenKeyVariable)] : [])];
  const [key, forbiddenKey] = keys.map(({ value }) => value);
  const mock = await startMock({
    document,
    key: key ?? '',
    ...(forbiddenKey === undefined ? {} : { forbiddenKey }),
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
  say(greeting(mock, { document, keys }));
  const signal = await stopped;
  await mock.close();
  for (const fault of new Set(mock.faults)) notify(`mock fault: ${fault}`);
  if (signal === 'SIGINT') process.exitCode = 130;
}

/** The value of a variable of the environment, or one that is made here. */
interface Key {
  readonly variable: string;
  readonly value: string;
  readonly made: boolean;
}

function keyFrom(variable: string): Key {
  const given = process.env[variable] ?? '';
  const made = given === '';
  return { variable, value: made ? `pcsk_${randomBytes(24).toString('base64url')}` : given, made };
}

/** A key from the environment is named, not shown; one made here is of no worth elsewhere. */
function greeting(
  { origin, usage }: Mock,
  { document, keys }: { readonly document: OasDocument; readonly keys: readonly Key[] },
): string {
  const made = keys.filter((key) => key.made);
  const given = keys.filter((key) => !key.made);
  const lines = [
    `Mock of ${printable(document.title || document.source)} at ${origin}`,
    ...given.map(({ variable }, at) => `The ${at === 0 ? '' : 'second '}key is the one in ${variable}.`),
    ...(made.length === 0 ? [] : ['', ...made.map(({ variable, value }) => `  export ${variable}=${value}`)]),
    '',
    ...usage,
    'Stop with Ctrl-C.',
  ];
  return lines.join('\n');
}

function log({ method, path, outcome, ms, byExample }: SeenRequest): void {
  const shown = path.length > 200 ? `${path.slice(0, 200)}…` : path;
  const safe = shown.replaceAll(/[^\x20-\x7e…]/g, '?');
  notify(`${method} ${safe} ${outcome} ${ms.toFixed(1)} ms${byExample === true ? ' (by example)' : ''}`);
}

function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}
