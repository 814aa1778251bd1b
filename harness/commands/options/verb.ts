import type { Command } from 'commander';

/** A command as `--help` lists it. The file of a command is loaded only when that command is called. */
export interface Verb {
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export type Verbs = Readonly<Record<string, Verb>>;
