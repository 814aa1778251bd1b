import { examplesOf } from './examples.ts';
import { exitCodesOf } from './exit-codes.ts';

/** What follows the options in the help of a command: its examples and its exit codes. */
export function helpEnd(command: string): string {
  return [
    '',
    'Examples:',
    ...examplesOf(command).flatMap(({ line, does }) => [`  ${line}`, `      ${does}`]),
    '',
    'Exit codes:',
    ...Object.entries(exitCodesOf(command)).map(([code, means]) => `  ${code.padEnd(3)}  ${means}`),
  ].join('\n');
}
