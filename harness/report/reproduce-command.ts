import { defaultOperation } from '../core/default-suite.ts';
import { resolve } from 'node:path';
import { packageFile } from '../core/package-files.ts';
import type { CaseRecord, RunRecord } from '../model/record.ts';
import { shellWord } from '../core/text/shell-quote.ts';

/** The words of the command that reproduces one case of a run; an option and its value are one, for no line is broken between them. */
export function reproduceWords(run: RunRecord, record: CaseRecord): readonly string[] {
  const words = ['npx', 'pinecone-contract'];
  const { subject, operation } = run;
  if (subject.kind === 'sdk') {
    words.push('sdk', shellWord(subject.name));
    // A local artefact says itself which version it has.
    const isLocal = run.options?.includes('--package') === true;
    if (subject.version !== undefined && !isLocal) words.push(`--version ${shellWord(subject.version)}`);
  } else {
    words.push('run');
    if (operation.id !== defaultOperation) words.push(shellWord(operation.id));
    if (subject.kind !== 'mock') words.push(`--target ${shellWord(subject.name)}`);
  }
  words.push(...documentWords(run));
  words.push(...optionsWithValues(run.options ?? []));
  if (record.kind === 'probe' && subject.kind !== 'sdk') words.push(`--seed ${record.seed ?? run.seed}`);
  // A folder of its own: the report that the command is copied from stays as it is.
  words.push('--reports reports/reproduced');
  return [...words, `--case ${quoted(record.id)}`];
}

function optionsWithValues(options: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (const [place, option] of options.entries()) {
    const before = options[place - 1];
    const isValue = before?.startsWith('--') === true && !option.startsWith('--');
    words.push(isValue ? `${words.pop() ?? ''} ${shellWord(option)}` : shellWord(option));
  }
  return words;
}

export function reproduceCommand(run: RunRecord, record: CaseRecord): string {
  return reproduceWords(run, record).join(' ');
}

/**
 * For an SDK case: the command that shows its script, the line that the driver reads, and how to put a driver through it
 * by hand.
 */
export function scriptCommand(run: RunRecord, record: CaseRecord): string | undefined {
  if (run.subject.kind !== 'sdk') return undefined;
  const options = (run.options ?? []).map(shellWord);
  return ['npx', 'pinecone-contract', 'explain', quoted(record.id), ...documentWords(run), ...options].join(' ');
}

function quoted(id: string): string {
  return `'${id.replaceAll("'", `'\\''`)}'`;
}

/** The document of the suite itself is what `run` reads without `--spec` and `--api`; for `sdk` it depends on the release. */
function documentWords({ document, subject }: RunRecord): readonly string[] {
  if (!comesWithThePackage(document.source)) return [`--spec ${shellWord(document.source)}`];
  if (subject.kind !== 'sdk' && /db_control_2025-04\.oas\.yaml$/.test(document.source)) return [];
  return [`--api ${shellWord(document.version)}`];
}

function comesWithThePackage(source: string): boolean {
  return resolve(source).startsWith(resolve(packageFile('specs'))) || /^specs\/db_control_[^/]+$/.test(source);
}
