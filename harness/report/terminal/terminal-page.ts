import type { CoverageStatus } from '../../model/verdict.ts';
import type { CaseOutcome } from '../labels.ts';
import type { Colours, Paint } from '../../core/text/colours.ts';
import { hanging, whole } from '../../core/text/columns.ts';
import { printable } from '../../core/text/printable.ts';

/** What every part of the terminal report needs to know about the terminal. */
export interface Page {
  readonly columns: number;
  readonly verbose: boolean;
  readonly colours: Colours;
}

/** The slash says that it is a folder. */
export function reportsLine(folder: string, { columns }: Page): string {
  return hanging('', `reports in ${whole(printable(folder.replace(/\/?$/, '/')))}`, columns);
}

export function coveragePaint(status: CoverageStatus, colours: Colours): Paint {
  switch (status) {
    case 'proved':
      return colours.good;
    case 'violated':
      return colours.bad;
    case 'unproved':
    case 'waived':
      return colours.warn;
    case 'exempt':
      return colours.faint;
    default:
      return status satisfies never;
  }
}

export function outcomePaint(outcome: CaseOutcome, colours: Colours): Paint {
  switch (outcome) {
    case 'pass':
      return colours.good;
    case 'fail':
    case 'error':
      return colours.bad;
    case 'waived':
      return colours.warn;
    case 'skip':
      return colours.faint;
    default:
      return outcome satisfies never;
  }
}
