import { exampleSamples } from './examples.ts';
import { linkSamples } from './links.ts';
import type { LintSample } from './lint-document.ts';
import { operationSamples } from './operations.ts';
import { schemaSamples } from './schemas.ts';

export type { LintSample };

/** Samples of each rule by its id. */
export const lintSamples: Readonly<Record<string, readonly LintSample[]>> = {
  ...exampleSamples,
  ...linkSamples,
  ...operationSamples,
  ...schemaSamples,
};
