import { defaultOperation } from '../core/default-suite.ts';
import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { diffDocuments } from '../diff/operations.ts';
import { diffMarkdown, type DiffReport, diffReport, diffText } from '../diff/report.ts';
import type { OasDocument } from '../model/document.ts';
import { readDocument } from '../openapi/document/document.ts';
import { findOperation, operationsOf } from '../openapi/operation/operation.ts';
import { apiVersion } from '../versions/versions.ts';
import { optionGroups } from './options/option-groups.ts';
import { type Annotation, type ReportingOptions, reportingOptions, tell } from './options/reporting.ts';

interface DiffOptions extends ReportingOptions {
  readonly operation?: string;
  readonly all?: true;
  readonly markdown?: true;
  readonly failOn?: 'breaking' | 'any';
}

/** `pinecone-contract diff`: what changes in the contract between two documents. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('show what changes in the contract between two documents, and whom each change breaks')
    .argument('<before>', 'a document: an API version, a file or a URL')
    .argument('<after>', 'the same')
    .optionsGroup('Which operations:')
    .addOption(new Option('--operation <id>', 'the operation').default(defaultOperation).conflicts('all'))
    .option('--all', 'every operation of either document')
    .optionsGroup(optionGroups.counts)
    .addOption(new Option('--fail-on <what>', 'exit 1 where there are such changes').choices(['breaking', 'any']))
    .optionsGroup(optionGroups.written)
    .addOption(new Option('--markdown', 'print Markdown').conflicts('json'));
  return reportingOptions(command).action(async (first: string, second: string, options: DiffOptions) => {
    const [before, after] = [await documentOf(first), await documentOf(second)];
    const only = options.all === true ? undefined : options.operation;
    if (only !== undefined) refuseUnknown(only, before, after);
    const report = diffReport([before, after], diffDocuments(before, after, only));
    const { changes, breaking } = report.counts;
    const fails = (options.failOn === 'any' && changes > 0) || (options.failOn === 'breaking' && breaking > 0);
    process.exitCode = tell(options, {
      exit: fails ? 1 : 0,
      json: report,
      text: options.markdown === true ? diffMarkdown(report) : diffText(report),
      annotations: annotationsOf(report, options.failOn),
    });
  });
}

/** Changes that `--fail-on` names are errors; other breaking ones are warnings. */
function annotationsOf({ operations }: DiffReport, failOn: DiffOptions['failOn']): readonly Annotation[] {
  return operations.flatMap(({ operation, changes }) =>
    changes.flatMap(({ breaks, rule, message, why, before, after }): readonly Annotation[] => {
      const isBreaking = breaks.clients || breaks.servers;
      if (!isBreaking && failOn !== 'any') return [];
      const line = after ?? before;
      return [
        {
          level: failOn === undefined ? 'warning' : 'error',
          at: line === undefined ? undefined : { ...line, pointer: '' },
          title: `${operation}: ${message}`,
          text: `${rule}: ${why}`,
        },
      ];
    }),
  );
}

/** A file of that name comes first; what looks like an API version and is none is refused as one. */
async function documentOf(source: string): Promise<OasDocument> {
  const isVersion = /^\d{4}-\d{2}(\.[a-z]+)?$/.test(source) && !existsSync(source);
  return readDocument(isVersion ? apiVersion(source).file : source);
}

/** An operation that neither document has would look as if nothing had changed. */
function refuseUnknown(operation: string, before: OasDocument, after: OasDocument): void {
  const has = (document: OasDocument): boolean =>
    operationsOf(document).some(({ id, method, path }) => id === operation || `${method} ${path}` === operation);
  if (has(before) || has(after)) return;
  findOperation(after, operation);
}
