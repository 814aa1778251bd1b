import type { RunRecord } from '../model.ts';
import { tell } from './options.ts';

/** In a GitHub workflow, put each failure at the line of the document that promises otherwise. */
export async function annotate(runs: readonly RunRecord[]): Promise<void> {
  if (process.env['GITHUB_ACTIONS'] !== 'true') return;
  const { githubAnnotations } = await import('../report/github.ts');
  const text = githubAnnotations(runs, { root: process.cwd() });
  if (text !== '') tell(text);
}
