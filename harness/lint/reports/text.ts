import { printable } from '../../core/text/printable.ts';
import type { LintFinding } from '../finding.ts';
import type { LintCounts, LintReport } from '../report.ts';

/** For the terminal. */
export function lintText({ documents, counts }: LintReport): string {
  const parts = documents.map(({ source, title, version, findings, counts: own }) =>
    [
      `${printable(source)} (${printable(title)} ${printable(version)}): ${countsText(own)}`,
      ...findings.flatMap(linesOf),
    ].join('\n'),
  );
  return [...parts, ...(documents.length > 1 ? [countsText(counts)] : [])].join('\n\n');
}

function linesOf({ rule, severity, at, message, expected, actual, remedy, operations }: LintFinding): readonly string[] {
  const lines = [
    `  ${severity}: ${message}`,
    `    ${rule} at ${at.file}:${at.line}  #${at.pointer}`,
    ...(operations.length === 0 ? [] : [`    operations: ${namesOf(operations)}`]),
    `    expected: ${expected}`,
    `    actual:   ${actual}`,
    `    ${remedy}`,
  ];
  return ['', ...lines.map(printable)];
}

/** As many names as one line holds. */
function namesOf(operations: readonly string[]): string {
  const shown = operations.slice(0, 5).join(', ');
  return operations.length > 5 ? `${shown} and ${operations.length - 5} more` : shown;
}

function countsText({ error, warning }: LintCounts): string {
  if (error + warning === 0) return 'no findings';
  const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
  return `${many(error, 'error')}, ${many(warning, 'warning')}`;
}
