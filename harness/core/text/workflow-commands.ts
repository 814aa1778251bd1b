/**
 * Text in which no line is a command to the runner of a CI service that reads the log: GitHub Actions obeys `::name::`
 * at the start of a line, after blanks, and `##[name]` anywhere in it; Azure Pipelines `##vso[…]` and TeamCity
 * `##teamcity[…]`. One mark of each is written as an escape, which JSON reads as the same character.
 */
export function withoutWorkflowCommands(text: string): string {
  return text
    .replace(atStart, (_, before: string) => `${before}\\u003a`)
    .replace(/##(?=(?:\u001b\[[\d;]*m)*[\w.-]{0,40}\[)/g, '#\\u0023');
}

/** A runner may take colours away first, and takes for blanks what .NET does. */
const atStart = /((?:^|[\r\n\u0085\u2028\u2029])(?:\s|\u0085|\u001b\[[\d;]*m)*):(?:\u001b\[[\d;]*m)*(?=:)/g;
