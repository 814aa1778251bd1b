import { diffRules } from './rules.ts';
import type { Change, DiffLine } from './change.ts';
import type { OperationDiff } from './operations.ts';
import { type Touched, touchedBy } from './touched.ts';

/** A diff of two documents with all that is said of it; what `--json` prints. */
export interface DiffReport {
  readonly before: { readonly source: string; readonly version: string };
  readonly after: { readonly source: string; readonly version: string };
  readonly operations: readonly {
    readonly operation: string;
    readonly changes: readonly (Change & { readonly why: string })[];
    readonly appear: readonly string[];
    readonly vanish: readonly string[];
    readonly touched: Touched;
  }[];
  readonly counts: { readonly changes: number; readonly breaking: number };
}

/** Put the diffs of the operations together, with the reason of each rule and what is touched here. */
export function diffReport(
  [before, after]: readonly [DiffReport['before'], DiffReport['after']],
  diffs: readonly OperationDiff[],
): DiffReport {
  const changes = diffs.flatMap((diff) => diff.changes);
  return {
    before: { source: before.source, version: before.version },
    after: { source: after.source, version: after.version },
    operations: diffs.map((diff) => ({
      operation: diff.operation,
      changes: diff.changes.map((change) => ({ ...change, why: diffRules[change.rule].title })),
      appear: diff.appear,
      vanish: diff.vanish,
      touched: touchedBy(diff, [before.version, after.version]),
    })),
    counts: { changes: changes.length, breaking: changes.filter(isBreaking).length },
  };
}

function isBreaking({ breaks }: Change): boolean {
  return breaks.clients || breaks.servers;
}

/** For the terminal. */
export function diffText(report: DiffReport): string {
  const lines = report.operations.flatMap(({ operation, changes, appear, vanish, touched }) => [
    operation,
    ...changes.flatMap((change) => [
      `  ${verdictOf(change)}: ${messageOf(change)}`,
      `    ${change.rule}: ${change.why}`,
      ...(change.before === undefined ? [] : [`    - ${placed(change.before)}`]),
      ...(change.after === undefined ? [] : [`    + ${placed(change.after)}`]),
    ]),
    ...listed('cases that vanish', vanish),
    ...listed('cases that appear', appear),
    ...touchedLists(touched).flatMap(([title, items]) => listed(title, items)),
    '',
  ]);
  return [...lines, summaryOf(report)].join('\n');
}

/** For a pull request. */
export function diffMarkdown(report: DiffReport): string {
  const lines = report.operations.flatMap(({ operation, changes, appear, vanish, touched }) => [
    `### ${operation}`,
    '',
    '| breaks | change | rule | before | after |',
    '| --- | --- | --- | --- | --- |',
    ...changes.map((change) => {
      const cells = [verdictOf(change), messageOf(change), `${change.rule}: ${change.why}`];
      return `| ${[...cells, linkOf(change.before), linkOf(change.after)].map(cell).join(' | ')} |`;
    }),
    '',
    ...[
      ['cases that vanish', vanish] as const,
      ['cases that appear', appear] as const,
      ...touchedLists(touched),
    ].flatMap(([title, items]) =>
      items.length === 0 ? [] : [`- ${title}: ${items.map((item) => `\`${item}\``).join(', ')}`],
    ),
    '',
  ]);
  return [`## ${summaryOf(report)}`, '', ...lines].join('\n').trimEnd();
}

function touchedLists({
  recipes,
  fixtures,
  waivers,
  releases,
}: Touched): readonly (readonly [string, readonly string[]])[] {
  return [
    ['recipes', recipes],
    ['fixtures', fixtures],
    ['waivers', waivers],
    ['SDK releases', releases],
  ];
}

function verdictOf({ breaks: { clients, servers } }: Change): string {
  if (clients && servers) return 'breaks clients and servers';
  if (clients) return 'breaks clients';
  return servers ? 'breaks servers' : 'breaks no client';
}

/** The statuses go before a message that does not name its own. */
function messageOf({ statuses, message }: Change): string {
  const [first] = statuses;
  if (first === undefined || (statuses.length === 1 && message.includes(first))) return message;
  return `${statuses.join(', ')}: ${message}`;
}

function summaryOf({ before, after, operations, counts }: DiffReport): string {
  const names = `${before.version} → ${after.version}`;
  if (operations.length === 0) return `${names}: no change of the contract`;
  const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
  return `${names}: ${many(counts.changes, 'change')} in ${many(operations.length, 'operation')}, ${counts.breaking} breaking`;
}

function listed(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`  ${title}:`, ...items.map((item) => `    ${item}`)];
}

function placed({ file, line, text }: DiffLine): string {
  return `${file}:${line}  ${text}`;
}

function linkOf(line: DiffLine | undefined): string {
  return line === undefined ? '' : `${line.file}:${line.line} \`${line.text}\``;
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
