import type { Finding } from '../model/verdict.ts';
import { printable } from '../core/text/printable.ts';
import { withoutWorkflowCommands } from '../core/text/workflow-commands.ts';
import { findingWords, placeWords } from './labels.ts';

/** A finding in a few lines, for the message of a failed assertion. */
export function findingText(finding: Finding): string {
  const lines = [
    findingWords(finding),
    `  expected  ${finding.expected}`,
    `  actual    ${finding.actual} (${finding.where})`,
    ...(finding.hint === undefined ? [] : [`  hint      ${finding.hint}`]),
    `  document  ${placeWords(finding.at)}`,
  ];
  return withoutWorkflowCommands(lines.map(printable).join('\n'));
}
