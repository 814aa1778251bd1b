import type { ContractOptions } from '../../contract.ts';
import type { ReportingOptions } from '../options/reporting.ts';
import type { MissingToolchain } from '../../sdk/releases/not-judged.ts';

/** The options of `pinecone-contract sdk`. */
export interface SdkOptions extends ContractOptions, ReportingOptions {
  readonly sdk: readonly string[];
  readonly version?: string;
  readonly package?: string;
  readonly case: readonly string[];
  readonly reports: string;
  readonly concurrency?: number;
  readonly isolation: boolean;
  readonly missingToolchain: MissingToolchain;
}
