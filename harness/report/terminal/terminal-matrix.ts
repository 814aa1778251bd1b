import type { RunRecord } from '../../model/record.ts';
import { countsWords } from '../labels.ts';
import { coloursFor } from '../../core/text/colours.ts';
import { hanging, padded, widthOf } from '../../core/text/columns.ts';
import { matrixOf, type Column, type Matrix, type Row } from '../matrix.ts';
import { printable } from '../../core/text/printable.ts';
import { failures } from './terminal-failure.ts';
import { type Page, reportsLine } from './terminal-page.ts';

/** What a person sees of several runs: declared responses and groups of cases × subjects, and what is red. */
export function terminalMatrix(
  runs: readonly RunRecord[],
  options: {
    readonly columns: number;
    readonly colour: boolean;
    readonly verbose: boolean;
    readonly reports?: string;
    /** What is not among the runs, and why; one line each. */
    readonly notJudged?: readonly string[];
  },
): string {
  const page: Page = {
    columns: Math.max(40, options.columns),
    verbose: options.verbose,
    colours: coloursFor(options.colour),
  };
  const matrix = matrixOf(runs);
  const sections = [
    ...tables(matrix, page),
    ...matrix.columns.map(({ run }) => failures(run, page)),
    matrix.columns.map((column) => outcome(column, page)).join('\n'),
    (options.notJudged ?? []).map((line) => hanging('', page.colours.warn(printable(line)), page.columns)).join('\n'),
    options.reports === undefined ? '' : reportsLine(options.reports, page),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** As many subjects beside each other as there is room for; the others follow below. */
function tables(matrix: Matrix, page: Page): readonly string[] {
  const names = Math.max(...matrix.rows.map((row) => widthOf(nameOf(row))), 4);
  const widths = matrix.columns.map(({ label }, place) =>
    Math.max(widthOf(label), ...matrix.rows.map((row) => widthOf(cellText(row, place)))),
  );
  const blocks: number[][] = [];
  let room = 0;
  for (const place of matrix.columns.keys()) {
    const width = (widths[place] ?? 0) + 2;
    const block = blocks.at(-1);
    if (block === undefined || width > room) {
      blocks.push([place]);
      room = page.columns - names - 2 - width;
    } else {
      block.push(place);
      room -= width;
    }
  }
  return blocks.map((places) => {
    const head = places.map((place) => padded(matrix.columns[place]?.label ?? '', widths[place] ?? 0));
    const rows = matrix.rows.map((row) => {
      const cells = places.map((place) => {
        const text = padded(cellText(row, place), widths[place] ?? 0);
        return paintOf(row.cells[place]?.state ?? '', page)(text);
      });
      return `  ${padded(nameOf(row), names)}  ${cells.join('  ')}`.trimEnd();
    });
    return [page.colours.strong(`  ${' '.repeat(names)}  ${head.join('  ')}`.trimEnd()), ...rows].join('\n');
  });
}

function nameOf(row: Row): string {
  return printable(row.name);
}

function cellText(row: Row, place: number): string {
  const cell = row.cells[place];
  return cell === undefined ? '' : `${cell.mark} ${cell.words}`;
}

function paintOf(state: string, { colours }: Page): (text: string) => string {
  switch (state) {
    case 'proved':
    case 'passed':
      return colours.good;
    case 'violated':
    case 'failed':
    case 'error':
      return colours.bad;
    case 'unproved':
    case 'waived':
      return colours.warn;
    default:
      return colours.faint;
  }
}

function outcome({ label, run }: Column, page: Page): string {
  const { exit, because } = run.outcome;
  const paint = exit === 0 ? page.colours.good : page.colours.bad;
  return [
    hanging('', paint(printable(`${label}: exit ${exit}, ${because}`)), page.columns),
    hanging('  ', page.colours.faint(countsWords(run.counts)), page.columns),
    ...run.outcome.problems.map((problem) => hanging(`  ${page.colours.bad('!')} `, printable(problem), page.columns)),
  ].join('\n');
}
