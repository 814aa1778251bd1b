import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../../core/errors.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { packageFile } from '../../core/package-files.ts';
import { shellWord } from '../../core/text/shell-quote.ts';

/** The languages that there is a driver to start from for. */
export const initLanguages = ['python', 'python-asyncio', 'js', 'java', 'go', 'csharp'] as const;
export type InitLanguage = (typeof initLanguages)[number];

/**
 * Make the folder NAME with a copy of the sdk.yaml, the driver and the waivers of the official SDK of that language.
 * Gives the text that says what was made and what to do next. Throws `E_USAGE` for a name that sdk.yaml does not allow,
 * and where there is such a folder already.
 */
export function initSdk(name: string, language: InitLanguage): string {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new HarnessError('E_USAGE', `"${name}" cannot be the name of an SDK.`, {
      hint: 'Use small letters, digits and dashes, beginning with a letter, such as my-sdk.',
    });
  }
  if (existsSync(name)) {
    throw new HarnessError('E_USAGE', `There is already something named ${name} in this folder.`, {
      hint: 'Give another name, or remove it first.',
    });
  }
  const source = packageFile('suites', 'sdks', language);
  makeFolder(name);
  const files = readdirSync(source).sort();
  for (const file of files) {
    if (file !== 'sdk.yaml') copyFileSync(join(source, file), join(name, file));
  }
  const yaml = readFileSync(join(source, 'sdk.yaml'), 'utf8');
  writeFileSync(join(name, 'sdk.yaml'), yaml.replace(/^name: .*$/m, `name: ${name}`));
  const folder = shellWord(name);
  return [
    `Made ${name}: ${files.join(', ')}.`,
    'They are those of the official SDK. Next:',
    '  1. Correct sdk.yaml: how the SDK is installed, and what is known about its releases.',
    '  2. Correct the driver where the SDK is called another way (suites/sdks/protocol/README.md of this package).',
    `  3. pinecone-contract sdk --sdk ${folder} --package FILE    judges a local artefact`,
    `     pinecone-contract sdk --sdk ${folder} --version VERSION judges a release of the registry`,
    '  4. Write known failures, with their reasons, to waivers.yaml.',
  ].join('\n');
}
