import { appendFileSync } from 'node:fs';
import { HarnessError, messageOf } from '../../core/errors.ts';
import type { SpecPlace } from '../../model/document.ts';
import type { RunRecord } from '../../model/record.ts';
import { githubAnnotations } from '../../report/files/github.ts';
import { markdownSummary } from '../../report/files/markdown.ts';
import { annotate } from './output.ts';
import { ownPlaces } from './own-places.ts';

/**
 * For `--github`: annotations at the lines of the document, or of what is the user's own where the document is not, and the summary on the page of the job. GitHub reads
 * annotations from stderr as well, which leaves stdout to the report or to `--json`.
 */
export async function annotateGitHub(
  runs: readonly RunRecord[],
  options: {
    /** Where the subject of a run is described; its failures are annotated there. */
    readonly placeOf?: (run: RunRecord) => SpecPlace | undefined;
    /** Markdown that follows the summary. */
    readonly more?: string;
  } = {},
): Promise<void> {
  const { placeOf, more = '' } = options;
  const annotations = githubAnnotations(runs, {
    root: process.env['GITHUB_WORKSPACE'] ?? process.cwd(),
    folder: process.cwd(),
    elsewhere: await ownPlaces(runs),
    ...(placeOf === undefined ? {} : { placeOf }),
  });
  annotate(annotations.split('\n').filter((line) => line !== ''));
  const page = process.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (page === '') return;
  try {
    appendFileSync(page, `${markdownSummary(runs)}\n${more}`);
  } catch (cause) {
    throw new HarnessError('E_REPORTS', `the summary cannot be written to ${page}: ${messageOf(cause)}`, {
      hint: 'GITHUB_STEP_SUMMARY names that file. Leave --github out to do without.',
      cause,
    });
  }
}
