import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { generatedFile } from '../../core/package-files.ts';
import { printableJson } from '../../core/text/printable.ts';
import type { RunRecord } from '../../model/record.ts';
import { outcomeLabels } from '../labels.ts';
import { latestRuns } from '../matrix.ts';
import { pageData } from './page-data.ts';

/**
 * One page that needs nothing but itself. The data is a block of JSON that the page's script puts into text nodes
 * only, and the policy lets no other script run and nothing be loaded.
 */
export function htmlReport(runs: readonly RunRecord[]): string {
  const script = readFileSync(generatedFile('page.js'), 'utf8');
  const style = readFileSync(generatedFile('page.css'), 'utf8');
  const held = latestRuns(runs).every((run) => run.outcome.exit === 0);
  const operations = [...new Set(runs.map((run) => run.operation.id))].join(', ');
  const title = `${(held ? outcomeLabels.pass : outcomeLabels.fail).mark} ${operations} contract`;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page needs JavaScript. summary.md and junit.xml beside it say the same.</noscript>
<script type="application/json" id="data">${jsonBlock(pageData(runs))}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** JSON that cannot end its script element, whatever is in its strings. */
function jsonBlock(data: unknown): string {
  return printableJson(JSON.stringify(data)).replace(/[<>&]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
