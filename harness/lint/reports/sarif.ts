import { isAbsolute, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageVersion } from '../../core/package-files.ts';
import type { LintFinding } from '../finding.ts';
import { lintRules } from '../lint.ts';
import type { LintReport } from '../report.ts';

/** The findings in SARIF 2.1.0, for code scanning; `root`: the folder that paths are relative to. */
export function sarifLog({ documents }: LintReport, root: string): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'pinecone-contract',
            version: packageVersion,
            informationUri: 'https://github.com/pinecone-contract/pinecone-contract',
            rules: lintRules.map(({ id, title, severity }) => ({
              id,
              shortDescription: { text: title },
              defaultConfiguration: { level: severity },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: documents.flatMap(({ findings }) => findings.map((finding) => resultOf(finding, root))),
      },
    ],
  };
}

function resultOf({ rule, severity, at, message, expected, actual, remedy }: LintFinding, root: string): object {
  return {
    ruleId: rule,
    ruleIndex: lintRules.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: `${message}\nexpected: ${expected}\nactual: ${actual}\n${remedy}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(at.file, root) }, region: { startLine: at.line } },
        logicalLocations: [{ fullyQualifiedName: `#${at.pointer}` }],
      },
    ],
    // The same finding stays the same when lines above it come or go.
    partialFingerprints: { 'pinecone-contract/v1': `${rule} ${at.pointer}` },
  };
}

/** Relative to the root where the file is in it, as code scanning wants it. */
function uriOf(file: string, root: string): string {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(file)) return file;
  const path = relative(root, resolve(file));
  if (isAbsolute(path) || path.startsWith('..')) return pathToFileURL(resolve(file)).href;
  return path.split(/[/\\]/).map(encodeURIComponent).join('/');
}
