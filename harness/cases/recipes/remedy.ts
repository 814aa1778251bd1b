import { shellWord } from '../../core/text/shell-quote.ts';
import { packageFile } from '../../core/package-files.ts';
import type { Operation } from '../../model/document.ts';
import type { Suite } from '../suite.ts';

/** What to write, and where, so that a suite without a recipe for a response provokes it: one line. */
export function recipeRemedy({ id, document }: Operation, suite: Suite, key: string): string {
  const add = `write '${key}': { state: …, request: … } below recipes:`;
  return isShipped(suite)
    ? `that file comes with this package; ${add} in the suite.yaml that \`init ${shellWord(id)} --spec ${shellWord(document.source)}\` writes, and name its folder with --suite`
    : `${add} in it, or defaults: true, which tries from the document what no recipe says`;
}

/** Why a state of a recipe cannot be arranged, and what to write, and where: one line. */
export function withStateRemedy(reason: string, suite: Suite, state: string): string {
  const { states = {} } = suite;
  const verb = Object.hasOwn(states, state) ? 'correct' : 'write';
  const remedies = [
    ...(suite.folder === undefined || isShipped(suite)
      ? []
      : [`${verb} the steps of "${state}" below states: in ${suite.file}`]),
    ...(reason.includes('--states') ? [] : ['give its values in a file that --states names']),
  ];
  return [reason, remedies.join(', or ')].filter((part) => part !== '').join('; ');
}

/** What is installed is not for its users to write into. */
function isShipped({ file }: Suite): boolean {
  return file.startsWith(packageFile('suites'));
}
