/** Why a release could not be judged: its language is not on this machine, or it could not be installed. */
export interface NotJudged {
  readonly missing: 'toolchain' | 'release';
  readonly reason: string;
}

/** What a missing toolchain does to the gate: `--missing-toolchain`. */
export type MissingToolchain = 'fail' | 'skip';

/**
 * Whether a release that was not judged leaves the gate green: only where sdk.yaml says that it was never tried, or where
 * its toolchain is missing and the command line allows that. A registry that cannot be reached is never excused.
 */
export function isExcused(options: {
  readonly missing: NotJudged['missing'];
  readonly untried: boolean;
  readonly missingToolchain: MissingToolchain;
}): boolean {
  const { missing, untried, missingToolchain } = options;
  return untried || (missing === 'toolchain' && missingToolchain === 'skip');
}
