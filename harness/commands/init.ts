import { environmentSecrets } from '../core/credentials.ts';
import { shownUrl, withoutUserInfo } from '../core/text/shown-url.ts';
import { redactText } from '../wire/secrets/redact.ts';
import { defaultOperation, keyVariable } from '../core/default-suite.ts';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { HarnessError, messageOf } from '../core/errors.ts';
import { makeFolder } from '../core/make-folder.ts';
import { configName, filesOf, type Setup, isLocal, workflowName } from './init/files.ts';
import { askAll } from './init/questions.ts';
import { apiVersion, deliveredVersion } from '../versions/versions.ts';
import { optionGroups } from './options/option-groups.ts';
import { say } from './shared/output.ts';

interface InitOptions {
  readonly url?: string;
  readonly name: string;
  readonly states: string;
  readonly spec?: string;
  readonly suite?: string;
  readonly operation?: string;
  readonly workflow?: true;
  readonly out?: string;
  readonly force?: true;
}

/** `pinecone-contract init`: the configuration, the states file and the workflow of a project, or the suite of an operation. */
export function initCommand(): Command {
  return new Command('init')
    .description(
      'write the configuration, the states file and, if asked, a workflow; for an operation, the folder of a suite',
    )
    .argument('[operation]', 'write a suite for it: operationId, or METHOD /path')
    .optionsGroup(optionGroups.answers)
    .option('--url <url>', 'the server that is tested; without it, init asks on the terminal')
    .option('--name <name>', 'the name of that target, as in `run NAME`', 'local')
    .option('--states <file|url|pinecone>', 'who arranges its states; a file is written', 'states.yaml')
    .optionsGroup(optionGroups.contract)
    .option('--spec <file|url>', 'the OpenAPI document; default: the one that ships')
    .option('--suite <dir>', 'the folder with suite.yaml; default: the one that ships')
    .option('--operation <id>', 'the operation; default: ' + defaultOperation)
    .optionsGroup(optionGroups.written)
    .option('--workflow', 'write .github/workflows/contract.yml, which runs the contract each night')
    .option('--out <dir>', 'for an operation: the folder of its suite; default: one of its name')
    .option('--force', 'replace files that are there')
    .action(async (operation: string | undefined, options: InitOptions) => {
      if (operation !== undefined) {
        await writeSuite(operation, options);
        return;
      }
      refuseOut(options);
      const setup = options.url === undefined ? await asked(options) : setupOf(options, options.url);
      write(filesOf(setup), options.force === true);
      say(nextSteps(setup));
    });
}

async function writeSuite(operation: string, options: InitOptions): Promise<void> {
  const given = (['url', 'suite', 'operation', 'workflow'] as const).filter((name) => options[name] !== undefined);
  if (given.length > 0) {
    throw new HarnessError('E_USAGE', `--${given.join(', --')} cannot be given together with an operation`, {
      hint: 'init OPERATION --spec FILE writes a suite; init --url URL writes the files of a project.',
    });
  }
  const { suiteFolder } = await import('./init/suite-folder.ts');
  const { suiteSteps } = await import('./init/suite-steps.ts');
  const made = await suiteFolder(operation, options.spec ?? apiVersion(deliveredVersion).file, options.out);
  write(made.files, options.force === true);
  say(suiteSteps(made));
}

function refuseOut({ out }: InitOptions): void {
  if (out === undefined) return;
  throw new HarnessError('E_USAGE', '--out needs an operation', {
    hint: 'Such as: init create_thing --spec api.yaml --out suite',
  });
}

function setupOf(options: InitOptions, url: string): Setup {
  const written = [url, options.states, options.spec].filter((text) => text !== undefined);
  const wrong =
    urlProblem(url) ?? nameProblem(options.name) ?? written.map(secretProblem).find((each) => each !== undefined);
  if (wrong !== undefined)
    throw new HarnessError('E_USAGE', wrong, { hint: 'Such as: init --url http://localhost:8080' });
  const { name, states, spec, suite, operation } = options;
  return {
    ...{ url, name, states, workflow: options.workflow === true },
    ...(spec === undefined ? {} : { spec }),
    ...(suite === undefined ? {} : { suite }),
    ...(operation === undefined ? {} : { operation }),
  };
}

async function asked(options: InitOptions): Promise<Setup> {
  if (!process.stdin.isTTY) {
    throw new HarnessError(
      'E_USAGE',
      'init does not know which server is tested, and cannot ask: stdin is no terminal',
      {
        hint: 'Name it: init --url http://localhost:8080',
      },
    );
  }
  const [url = '', name = '', states = '', workflow = ''] = await askAll([
    { text: 'The URL of the server?', suggested: 'http://localhost:8080', problem: urlProblem },
    { text: 'A name for it, as in `run NAME`?', suggested: options.name, problem: nameProblem },
    { text: 'Who arranges its states: a file of ids, the URL of a provider, or pinecone?', suggested: options.states },
    { text: 'Write a GitHub workflow that runs it each night: yes or no?', suggested: 'no' },
  ]);
  return setupOf({ ...options, name, states, ...(/^y/i.test(workflow) ? { workflow: true } : {}) }, url);
}

/** The files are shared and committed: no credential may be in them. */
function secretProblem(text: string): string | undefined {
  const holds = withoutUserInfo(text) !== text || redactText(text, environmentSecrets()) !== text;
  return holds ? `${shownUrl(text)} holds a credential, and the files of init are not secret.` : undefined;
}

function urlProblem(url: string): string | undefined {
  return URL.canParse(url) && /^https?:/i.test(url)
    ? undefined
    : `${url} is no URL: it begins with http:// or https://.`;
}

function nameProblem(name: string): string | undefined {
  return /^(?!mock$|fixtures$)[a-z][a-z0-9-]*$/.test(name)
    ? undefined
    : `${name} is no name of a target: small letters, digits and hyphens, not mock or fixtures.`;
}

/** Nothing is written where something is in the way. */
function write(files: ReadonlyMap<string, string>, force: boolean): void {
  const there = [...files.keys()].filter((file) => existsSync(file));
  if (there.length > 0 && !force) {
    throw new HarnessError('E_WRITE', `${there.join(', ')} is already there, so nothing was written`, {
      hint: 'Move it away, or replace it with --force.',
    });
  }
  for (const [file, text] of files) {
    try {
      makeFolder(dirname(join('.', file)));
      writeFileSync(file, text);
    } catch (cause) {
      throw new HarnessError('E_WRITE', `${file} could not be written: ${messageOf(cause)}`, {
        hint: 'Call init in a folder that can be written to.',
        cause,
      });
    }
  }
}

function nextSteps(setup: Setup): string {
  return [
    ...[...filesOf(setup).keys()].map((file) => `wrote  ${file}`),
    '',
    'Next:',
    ...(filesOf(setup).has(setup.states) ? [`  put ids of your server into ${setup.states}`] : []),
    ...(setup.workflow && isLocal(setup.url)
      ? [`  let ${workflowName} start your server: nothing else answers at ${setup.url} there`]
      : []),
    `  export ${keyVariable}=…   # a key of that server; it never stands in a file`,
    `  npx pinecone-contract doctor ${setup.name}`,
    `  npx pinecone-contract run ${setup.name}`,
    '',
    `${configName} can be changed by hand; \`pinecone-contract config ${setup.name}\` shows what is in force.`,
  ].join('\n');
}
