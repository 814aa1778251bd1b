import { shortened } from '../../core/text/printable.ts';
import { atMostTen, command, placed } from '../../report/files/annotation.ts';
import type { LintReport } from '../report.ts';

/** Workflow commands that put each finding at its line; `root`: the folder of the checkout. */
export function lintAnnotations({ documents }: LintReport, root: string): readonly string[] {
  const lines = (severity: 'error' | 'warning'): readonly string[] =>
    documents
      .flatMap(({ findings }) => findings)
      .filter((finding) => finding.severity === severity)
      .map(({ rule, at, message, expected, actual, remedy }) =>
        command(
          severity,
          { ...placed(at, root), title: `${rule} (#${at.pointer})` },
          [shortened(message, 500), `expected: ${expected}`, `actual: ${actual}`, remedy].join('\n'),
        ),
      );
  const rest = 'see the output of the step';
  return [...atMostTen('error', lines('error'), rest), ...atMostTen('warning', lines('warning'), rest)];
}
