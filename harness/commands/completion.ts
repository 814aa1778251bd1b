import { Argument, Command } from 'commander';
import { candidatesFor } from './completion/candidates.ts';
import { completionScript, type Shell, shells } from './completion/scripts.ts';
import { say } from './shared/output.ts';
import type { Verbs } from './options/verb.ts';

/** `pinecone-contract completion SHELL`: a script for a shell; with words, what the script asks for at each Tab. */
export function completionCommand(verbs: Verbs): Command {
  return new Command('completion')
    .summary('print the script that completes commands, options and their values in bash, zsh or fish')
    .description(
      'Print the script that completes commands, options and their values. With words after --, as the script calls it ' +
        'at each Tab: print what may stand for the last of them.',
    )
    .addArgument(new Argument('<shell>', 'the shell that reads the script').choices(shells))
    .argument('[words...]', 'the words of a command line, the last one up to the cursor')
    .action(async (shell: Shell, words: readonly string[]) => {
      if (words.length === 0) {
        say(completionScript(shell));
        return;
      }
      const { values, files } = await candidatesFor(words, verbs);
      say([...values.map(({ value, about }) => `${value}\t${about}`), `:${files}`].join('\n'));
    });
}
