import { createInterface } from 'node:readline/promises';
import { HarnessError } from '../../core/errors.ts';

/** One question of `init`; an empty answer takes what is suggested. */
interface Question {
  readonly text: string;
  readonly suggested: string;
  /** Why an answer will not do. */
  readonly problem?: (answer: string) => string | undefined;
}

/** Asks on the terminal until each answer will do. */
export async function askAll(questions: readonly Question[]): Promise<readonly string[]> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const left = new AbortController();
  terminal.once('close', () => left.abort());
  const answers: string[] = [];
  try {
    const put = (text: string): Promise<string> => terminal.question(text, { signal: left.signal });
    for (const question of questions) answers.push(await ask(question, put));
  } catch (thrown) {
    // Ctrl-C and Ctrl-D; an interface of readline says it in an error of its own.
    if (!(thrown instanceof Error && thrown.name === 'AbortError')) throw thrown;
    process.stderr.write('\n');
    const unanswered = questions[answers.length]?.text ?? '';
    throw new HarnessError(
      'E_USAGE',
      `the question "${unanswered}" was left without an answer, so nothing was written`,
      {
        hint: 'Answer all, or give options in their place: init --url http://localhost:8080',
      },
    );
  } finally {
    terminal.close();
  }
  return answers;
}

async function ask({ text, suggested, problem }: Question, put: (text: string) => Promise<string>): Promise<string> {
  for (;;) {
    const answer = (await put(`${text} [${suggested}] `)).trim() || suggested;
    const wrong = problem?.(answer);
    if (wrong === undefined) return answer;
    process.stderr.write(`  ${wrong}\n`);
  }
}
