/** What is allowed at a live target; each has an option of the same name, such as `--allow-destructive`. */
export type Allowance = 'destructive' | 'create' | 'production' | 'plain-http';

/** A live target of a configuration file. */
export interface TargetConfig {
  /** The base URL. */
  readonly url: string;
  /** A states file, the http(s) URL of a provider, or `pinecone`. */
  readonly states?: string;
  /** Known failures of this target. */
  readonly waivers?: string;
  /** Requests a second, at most. */
  readonly rate?: number;
  /** Milliseconds for one exchange. */
  readonly timeout?: number;
  /** Cases at the same time. */
  readonly concurrency?: number;
  /** Seconds for the whole run. */
  readonly deadline?: number;
  /** The API version of this target, in place of `spec`. */
  readonly api?: string;
  readonly cloud?: string;
  readonly region?: string;
  readonly allow?: readonly Allowance[];
}

/** What `pinecone-contract.config.yaml` (or `.js`, `.ts`) may say. Paths are relative to the file. */
export interface Config {
  /** The OpenAPI document, a path or URL. */
  readonly spec?: string;
  /** The folder with suite.yaml. */
  readonly suite?: string;
  /** The operation that commands work on when none is named. */
  readonly operation?: string;
  readonly waivers?: string;
  /** The folder of your own fixtures: `record` writes it, `run --target fixtures` replays it. */
  readonly fixtures?: string;
  /** The folder for reports. */
  readonly reports?: string;
  /** Milliseconds for one exchange. */
  readonly timeout?: number;
  /** Cases at the same time. */
  readonly concurrency?: number;
  /** The API version, in place of `spec`. */
  readonly api?: string;
  /** Folders with sdk.yaml, driver and waivers, for the command `sdk`. */
  readonly sdks?: readonly string[];
  /** Seconds for the whole run. */
  readonly deadline?: number;
  /** Advice fails the run, too. */
  readonly strict?: boolean;
  /** Live targets by name. */
  readonly targets?: Readonly<Record<string, TargetConfig>>;
}

/** Gives a configuration in a `.js` or `.ts` file its types; returns it as it is. */
export function defineConfig(config: Config): Config {
  return config;
}
