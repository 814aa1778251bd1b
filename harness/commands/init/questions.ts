import { createInterface } from 'node:readline/promises';

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
  const answers: string[] = [];
  try {
    for (const question of questions) answers.push(await ask(question, (text) => terminal.question(text)));
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
