import { resolve } from 'node:path';
import { shipped } from '../core/package-files.ts';
import { shellWord } from '../core/shell-quote.ts';
/** The words of the command that shows one case of a run again. */
export function againWords(run, record) {
  const words = ['npx', 'pinecone-contract'];
  const { subject, operation, document } = run;
  if (subject.kind === 'sdk') {
    words.push('sdk', shellWord(subject.name));
    if (subject.version !== undefined) words.push(`--version ${shellWord(subject.version)}`);
  } else {
    words.push('run');
    if (operation.id !== 'delete_backup') words.push(shellWord(operation.id));
    if (subject.kind !== 'mock') words.push(`--target ${shellWord(subject.name)}`);
  }
  if (!comesWithThePackage(document.source)) words.push(`--spec ${shellWord(document.source)}`);
  for (const option of run.options ?? []) words.push(shellWord(option));
  if (record.kind === 'probe' && subject.kind !== 'sdk') words.push(`--seed ${record.seed ?? run.seed}`);
  return [...words, `--case '${record.id.replaceAll("'", `'\\''`)}'`];
}
export function againCommand(run, record) {
  return againWords(run, record).join(' ');
}
/** The document of the suite itself is what a command without `--spec` reads. */
function comesWithThePackage(source) {
  return resolve(source).startsWith(resolve(shipped('specs'))) || /^specs\/db_control_[^/]+$/.test(source);
}
