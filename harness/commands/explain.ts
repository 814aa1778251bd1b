import { Command } from 'commander';
import { uniqueValues } from '../cases/defaults/fresh.ts';
import { renderRequest } from '../cases/render-request.ts';
import { HarnessError } from '../core/errors.ts';
import { hintFor } from '../cases/select.ts';
import { shellWord } from '../core/text/shell-quote.ts';
import { printable } from '../core/text/printable.ts';
import type { Json } from '../model/document.ts';
import type { Case, RequestPlan, Step } from '../model/case.ts';
import { credentialVariables } from '../cases/credential-variables.ts';
import { curlLine } from '../wire/curl.ts';
import { promiseInWords, stateInWords } from '../results/promise-words.ts';
import { excerptOf } from '../openapi/document/place.ts';
import { sentRequest } from '../wire/secrets/redact.ts';
import type { ContractOptions } from '../contract.ts';
import { listingCommand } from './options/listing-command.ts';
import { loadContractWithWarnings } from './shared/load-contract.ts';
import { explainedError, isErrorCode } from './explain-error.ts';
import { sdkFolders, versionedOptions } from './options/options.ts';
import type { SdkChoice } from './sdk/script.ts';
import { say } from './shared/output.ts';

/** `pinecone-contract explain CASE`: the promise, where the document makes it, how to see it by hand. */
export function explainCommand(): Command {
  return versionedOptions(new Command('explain'))
    .description('show what a case promises, where the document says so, and how to try it by hand')
    .argument('<case>', 'a case id, as `pinecone-contract cases` lists them, or an error code such as E_FILE')
    .optionsGroup('Which releases:')
    .addOption(sdkFolders())
    .option('--package <path>', 'for a case for SDKs: the local artefact that failed')
    .action(async (id: string, options: ContractOptions & SdkChoice) => {
      if (isErrorCode(id)) {
        say(explainedError(id));
        return;
      }
      if (id.startsWith('sdk/')) {
        const { explainForSdks } = await import('./sdk/script.ts');
        await explainForSdks(id, options);
        return;
      }
      if (options.sdk.length > 0 || options.package !== undefined) {
        throw new HarnessError('E_USAGE', `--sdk and --package are for cases for SDKs, and ${printable(id)} is none.`, {
          hint: 'Cases for SDKs begin with sdk/. Leave the option out, or give such a case.',
        });
      }
      const name = id.includes('/') ? id.split('/')[0] : undefined;
      const { cases } = await loadContractWithWarnings(name, options);
      const one = cases.find((each) => each.id === id);
      if (one === undefined) {
        throw new HarnessError('E_CASE', `there is no case ${printable(id)}`, {
          hint: hintFor(id, cases, listingCommand(options.spec === undefined ? undefined : name, options)),
        });
      }
      say(explained(one, options));
    });
}

function explained(one: Case, { spec, suite, api }: ContractOptions): string {
  const document = [
    ...(spec === undefined ? [] : ['--spec', shellWord(spec)]),
    ...(api === undefined ? [] : ['--api', shellWord(api)]),
  ].map((word) => ` ${word}`);
  const same = [...document, ...(suite === undefined ? [] : [` --suite ${shellWord(suite)}`])];
  const { lines, firstLine } = excerptOf(one.operation.document, one.at);
  return [
    one.id,
    `  ${one.requirement}`,
    '',
    'Given',
    `  ${one.unprovoked ?? (stateInWords(one) === '' ? 'nothing' : stateInWords(one))}`,
    ...(one.exempt === undefined ? [] : [`  exempt on ${one.exempt.on.join(', ')}: ${one.exempt.reason}`]),
    ...(one.hazard === undefined ? [] : [`  never on a shared target: ${one.hazard}`]),
    '',
    'Steps',
    ...one.steps.flatMap((step, place) => stepLines(step, place)),
    '',
    `The document, ${one.at.file}:${one.at.line}`,
    ...lines.map((line, index) => `  ${String(firstLine + index).padStart(5)}  ${line}`),
    '',
    'By hand',
    `  npx pinecone-contract mock --port 4010${document.join('')}`,
    ...curlLines(one).map((line) => `  ${line}`),
    '',
    'Again',
    `  npx pinecone-contract run ${shellWord(one.operation.id)}${same.join('')} --case '${one.id}'`,
  ].join('\n');
}

function stepLines(step: Step, place: number): readonly string[] {
  const number = `  ${place + 1}. `;
  switch (step.kind) {
    case 'send':
      return [
        `${number}${step.name}: ${step.request.method} ${step.request.path}`,
        `     must get ${promiseInWords(step.expectation)}`,
      ];
    case 'make':
      return [
        `${number}${step.name}: ${step.request.method} ${step.request.path}`,
        `     must get ${promiseInWords(step.expectation)}`,
        ...(step.read === undefined
          ? []
          : [
              `     then ${step.read.request.method} ${step.read.request.path} ${step.refused === true ? 'must show nothing' : 'must show it'}`,
            ]),
      ];
    case 'property':
      return [
        `${number}${step.runs} times ${step.name}: ${step.request.method} ${step.request.path}`,
        `     must get ${promiseInWords(step.expectation)}`,
      ];
    case 'together':
      return [
        `${number}${step.name}: ${step.sends.map((send) => `${send.request.method} ${send.request.path}`).join(' and ')}`,
        `     one must get ${step.atLeastOne}`,
      ];
    case 'provoke':
      return [
        `${number}${step.name}: until one gets ${promiseInWords(step.wanted)}:`,
        ...step.attempts.map(({ name, request }) => `     ${request.method} ${request.path} ${name}`),
      ];
    case 'observe':
      return [`${number}${step.name}: {${step.what}} is ${step.is}, seen through the observer "${step.through}"`];
    default:
      return step satisfies never;
  }
}

/** The sends as curl lines to the mock alone, with the ids that it knows. */
function curlLines(one: Case): readonly string[] {
  // A case that no suite arranges has no needs; its path still has parameters.
  const parameters = one.operation.parameters.filter((parameter) => parameter.in === 'path');
  const values = Object.fromEntries([
    ...parameters.map(({ name, example }) => [name, exampleText(example)] as const),
    ...one.needs.flatMap((need) => Object.values(need.as)).map((name) => [name, exampleId(one, name)] as const),
  ]);
  return one.steps.flatMap((step) => {
    const plan =
      step.kind === 'send' || step.kind === 'make'
        ? step.request
        : step.kind === 'provoke'
          ? step.attempts[0]?.request
          : undefined;
    if (plan === undefined) return [];
    const keys = { key: exampleKey, forbiddenKey: exampleKey };
    const known = { ...standIns(plan), ...uniqueValues(unknownId), ...values };
    const request = renderRequest({ plan, values: known, ...keys, operation: one.operation });
    if ('reason' in request) return [];
    const sent = sentRequest('http://127.0.0.1:4010', request, [exampleKey]);
    const key = plan.credential === 'forbidden' ? 'forbidden' : 'valid';
    return [curlLine(sent, credentialVariables(one.operation, key))];
  });
}

/** The names of what steps of a suite would take, in capitals. */
function standIns({ placeholders = [] }: RequestPlan): Readonly<Record<string, string>> {
  return Object.fromEntries(placeholders.map((name) => [name, name.toUpperCase()]));
}

function exampleText(example: Json | undefined): string {
  return typeof example === 'string' || typeof example === 'number' ? String(example) : unknownId;
}

const unknownId = '00000000-0000-4000-8000-000000000000';
const exampleKey = 'pcsk_00000_the-key-of-the-mock';

/** What the document's example gives the case, or else the well-known id of the mock that stands for a state. */
function exampleId(one: Case, name: string): string {
  const need = one.needs.find(({ as }) => Object.values(as).includes(name));
  const given = Object.keys(need?.as ?? {}).find((value) => need?.as[value] === name) ?? name;
  const example = need?.arrangement?.examples?.[given];
  if (example !== undefined) return example;
  const state = need?.state ?? '';
  if (state.includes('pending')) return 'pending-1';
  if (state.includes('fault')) return 'boom-1';
  if (state.includes('no such') || one.steps.some((step) => step.kind === 'provoke')) return unknownId;
  return name.startsWith('neighbour') ? 'ready-2' : 'ready-1';
}
