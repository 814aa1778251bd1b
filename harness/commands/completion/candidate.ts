/** One value that a shell may offer. */
export interface Candidate {
  readonly value: string;
  /** What it is, in a few words. */
  readonly about: string;
}

export interface Candidates {
  readonly values: readonly Candidate[];
  /** What of the file system fits as well. */
  readonly files: 'none' | 'files' | 'folders';
}

export const none: Candidates = { values: [], files: 'none' };

export function plain(values: readonly string[], about = ''): readonly Candidate[] {
  return values.map((value) => ({ value, about }));
}
