import type { Command } from 'commander';
import type { SpecPlace } from '../../model/document.ts';
import { atMostTen, command as workflowCommand, placed } from '../../report/files/annotation.ts';
import { optionGroups } from './option-groups.ts';
import { annotate, say } from '../shared/output.ts';

/** The options of every command that finds out whether something is well; they mean the same everywhere. */
export interface ReportingOptions {
  readonly json?: true;
  readonly quiet?: true;
  readonly github?: true;
}

/** Adds `--json`, `--quiet` and `--github`. */
export function reportingOptions(command: Command): Command {
  return command
    .optionsGroup(optionGroups.written)
    .option('--json', 'print JSON to stdout, and nothing else')
    .option('--quiet', 'print nothing where the exit code is 0')
    .option('--github', 'annotate what is not well, for GitHub Actions');
}

/** What is not well, for an annotation of GitHub. */
export interface Annotation {
  readonly level?: 'error' | 'warning';
  readonly at?: SpecPlace | undefined;
  readonly title: string;
  readonly text: string;
}

/** Prints what a command found, as its options ask, and gives its exit code back. */
export function tell<Exit extends number>(
  { json, quiet, github }: ReportingOptions,
  found: {
    readonly exit: Exit;
    readonly json: unknown;
    readonly text: string;
    readonly annotations: readonly Annotation[];
  },
): Exit {
  if (json === true) say(JSON.stringify(found.json, null, 2));
  else if (found.text !== '' && !(quiet === true && found.exit === 0)) say(found.text);
  if (github === true) annotate(linesOf(found.annotations));
  return found.exit;
}

function linesOf(annotations: readonly Annotation[]): readonly string[] {
  const root = process.env['GITHUB_WORKSPACE'] ?? process.cwd();
  return (['error', 'warning'] as const).flatMap((level) => {
    const lines = annotations
      .filter((each) => (each.level ?? 'error') === level)
      .map(({ at, title, text }) =>
        workflowCommand(level, { ...(at === undefined ? {} : placed(at, root)), title }, text),
      );
    return atMostTen(level, lines, 'see the output of the step');
  });
}
