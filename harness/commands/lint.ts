import { existsSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { environmentSecrets } from '../core/credentials.ts';
import { HarnessError, messageOf } from '../core/errors.ts';
import { printableJson } from '../core/text/printable.ts';
import { type LintReport, lintReport } from '../lint/report.ts';
import { lintAnnotations } from '../lint/reports/github.ts';
import { sarifLog } from '../lint/reports/sarif.ts';
import { lintText } from '../lint/reports/text.ts';
import type { OasDocument } from '../model/document.ts';
import { readDocument } from '../openapi/document/document.ts';
import { findOperation, listOperations } from '../openapi/operation/operation.ts';
import { apiVersion, deliveredVersion } from '../versions/versions.ts';
import { redactText } from '../wire/secrets/redact.ts';
import { optionGroups } from './options/option-groups.ts';
import { type ReportingOptions, reportingOptions } from './options/reporting.ts';
import { annotate, notify, say } from './shared/output.ts';

interface LintOptions extends ReportingOptions {
  readonly spec?: string;
  readonly allowExternalRefs?: true;
  readonly sarif?: string;
  readonly strict?: true;
}

/** `pinecone-contract lint`: what in a document contradicts itself, or says less than it seems to. */
export function lintCommand(): Command {
  const command = new Command('lint')
    .description('find what in a document contradicts itself, or says less than it seems to')
    .argument('[what...]', 'documents (files, URLs, API versions) and an operation: operationId, or "METHOD /path"')
    .optionsGroup('Which documents:')
    .option('--spec <file|url>', 'the document, where none is named')
    .addOption(
      new Option('--config <file>', 'the configuration file; default: pinecone-contract.config.* in this folder'),
    )
    .option('--allow-external-refs', 'let $refs leave the folder or origin of the document')
    .optionsGroup(optionGroups.counts)
    .option('--strict', 'warnings fail, too')
    .optionsGroup(optionGroups.written)
    .option('--sarif <file>', 'write SARIF 2.1.0, for code scanning');
  return reportingOptions(command).action(async (what: readonly string[], options: LintOptions, command: Command) => {
    const isGiven = command.getOptionValueSource('spec') === 'cli';
    process.exitCode = await lint(what, options, isGiven);
  });
}

async function lint(what: readonly string[], options: LintOptions, isGiven: boolean): Promise<number> {
  const named = what.filter(isDocument);
  const [operation, ...more] = what.filter((each) => !isDocument(each));
  if (more.length > 0 || (isGiven && named.length > 0)) {
    throw new HarnessError(
      'E_USAGE',
      more.length > 0
        ? `${[operation, ...more].join(', ')}: none of them is a document that is there, and only one operation can be named`
        : `${named.join(', ')} and --spec both name documents`,
      { hint: 'Name documents as arguments or one with --spec, and at most one operation.' },
    );
  }
  const { documents, failed } = await documentsOf(
    named.length > 0 ? named : [options.spec ?? deliveredVersion],
    options,
  );
  const wanted = operation === undefined ? documents : withOperation(documents, operation);
  const report = lintReport(wanted, operation);
  const root = process.env['GITHUB_WORKSPACE'] ?? process.cwd();
  const exit = failed ? 2 : exitOf(report, options.strict === true);
  if (options.json === true) say(JSON.stringify(report, null, 2));
  else if (wanted.length > 0 && !(options.quiet === true && exit === 0)) say(lintText(report));
  if (options.sarif !== undefined) writeSarif(options.sarif, sarifLog(report, root));
  if (options.github === true) annotate(lintAnnotations(report, root));
  return exit;
}

/** A file of that name comes first; then what looks like a document or an API version is one. */
function isDocument(text: string): boolean {
  return existsSync(text) || isVersion(text) || /^https?:\/\//i.test(text) || /^\S+\.(?:ya?ml|json)$/i.test(text);
}

function isVersion(text: string): boolean {
  return /^\d{4}-\d{2}(\.[a-z]+)?$/.test(text);
}

/** Every document that cannot be read is named; the others are linted all the same. */
async function documentsOf(
  sources: readonly string[],
  { allowExternalRefs = false }: { readonly allowExternalRefs?: boolean },
): Promise<{ readonly documents: readonly OasDocument[]; readonly failed: boolean }> {
  const documents: OasDocument[] = [];
  let failed = false;
  for (const source of sources) {
    try {
      const file = isVersion(source) && !existsSync(source) ? apiVersion(source).file : source;
      documents.push(await readDocument(file, { allowExternalRefs, onlyOperation: true }));
    } catch (thrown) {
      if (!(thrown instanceof HarnessError) || sources.length === 1) throw thrown;
      notify(`error: ${thrown.message}`);
      if (thrown.hint !== undefined) notify(`  ${thrown.hint}`);
      failed = true;
    }
  }
  return { documents, failed };
}

/** Those of the documents that have the operation; an operation that none of them has would look as if all were well. */
function withOperation(documents: readonly OasDocument[], operation: string): readonly OasDocument[] {
  const having = documents.filter((document) =>
    listOperations(document).some(({ id, method, path }) => id === operation || `${method} ${path}` === operation),
  );
  const [first] = documents;
  if (having.length === 0 && first !== undefined) findOperation(first, operation);
  return having.length === 0 ? documents : having;
}

function exitOf({ counts }: LintReport, strict: boolean): number {
  return counts.error > 0 || (strict && counts.warning > 0) ? 1 : 0;
}

function writeSarif(file: string, log: object): void {
  try {
    writeFileSync(file, `${printableJson(redactText(JSON.stringify(log, null, 2), environmentSecrets()))}\n`);
  } catch (cause) {
    throw new HarnessError('E_WRITE', `${file} could not be written: ${messageOf(cause)}`, {
      hint: 'Name a file in a folder that can be written to with --sarif.',
      cause,
    });
  }
}
