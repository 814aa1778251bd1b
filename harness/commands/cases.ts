import { Command } from 'commander';
import { stateInWords, promiseInWords } from '../results/promise-words.ts';
import { selectCases } from '../cases/select.ts';
import type { Case } from '../model/case.ts';
import { optionGroups } from './options/option-groups.ts';
import { collected, versionedOptions } from './options/options.ts';
import { say } from './shared/output.ts';
import type { ContractOptions } from '../contract.ts';
import { listingCommand } from './options/listing-command.ts';
import { loadContractWithWarnings } from './shared/load-contract.ts';

/** `pinecone-contract cases`: every case and how it is provoked. */
export function casesCommand(): Command {
  return versionedOptions(new Command('cases'))
    .description('list the cases and how each is provoked')
    .argument('[operation]', 'operationId, or METHOD /path')
    .optionsGroup(optionGroups.cases)
    .option('--case <glob>', 'only these cases; may be repeated', collected, [])
    .optionsGroup(optionGroups.written)
    .option('--json', 'print JSON to stdout, and nothing else')
    .action(async (name: string | undefined, options: ContractOptions & { case: readonly string[]; json?: true }) => {
      const { cases } = await loadContractWithWarnings(name, options);
      const selected = selectCases(cases, { globs: options.case, listing: listingCommand(name, options) });
      say(options.json === true ? JSON.stringify(selected.map(asJson), null, 2) : selected.map(asLines).join('\n'));
    });
}

function asJson(one: Case): Record<string, unknown> {
  return {
    id: one.id,
    kind: one.kind,
    title: one.title,
    requirement: one.requirement,
    severity: one.severity,
    response: one.response?.key,
    state: stateInWords(one),
    unprovoked: one.unprovoked,
    exempt: one.exempt,
    hazard: one.hazard,
    steps: one.steps.map((step) => ({ kind: step.kind, name: step.name })),
    at: one.at,
  };
}

function asLines(one: Case): string {
  const first = one.steps.find((step) => step.kind === 'send' || step.kind === 'property');
  const promise =
    one.kind === 'declared' && first !== undefined ? `must get ${promiseInWords(first.expectation)}` : one.title;
  const how = one.unprovoked ?? stateInWords(one);
  return `${one.id}\n    ${promise}\n    given ${how}`;
}
