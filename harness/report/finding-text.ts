import type { Finding } from '../model/verdict.ts';
import { placeWords } from './labels.ts';

/** A finding in a few lines, for the message of a failed assertion. */
export function findingText(finding: Finding): string {
  return [
    `${finding.check}: ${finding.message}`,
    `  expected  ${finding.expected}`,
    `  actual    ${finding.actual} (${finding.where})`,
    ...(finding.hint === undefined ? [] : [`  hint      ${finding.hint}`]),
    `  document  ${placeWords(finding.at)}`,
  ].join('\n');
}
