import { shellWord } from '../../core/text/shell-quote.ts';
import type { SuiteFolder } from './suite-folder.ts';

/** What was written, and what is left to do. */
export function suiteSteps({ folder, files, parts }: SuiteFolder): string {
  const [file = ''] = files.keys();
  const keys = (kind: (typeof parts)[number]['kind']): string =>
    parts.flatMap((part) => (part.kind === kind ? [part.response.key] : [])).join(', ') || 'none';
  return [
    `wrote  ${file}`,
    `  recipes: ${keys('recipe')}`,
    `  tried from the document, without a recipe: ${keys('default')}`,
    `  to fill in, for a server that is not the mock: ${keys('open')}`,
    '',
    'Next:',
    `  npx pinecone-contract run --suite ${shellWord(folder)}`,
    `  npx pinecone-contract run --suite ${shellWord(folder)} --target http://localhost:8080`,
  ].join('\n');
}
