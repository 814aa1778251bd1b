import type { Severity } from '../../model/case.ts';
import type { Release, SdkManifest } from '../releases/manifest.ts';
import type { OutputStream } from '../driver/captured-output.ts';
import type { DriverResult } from '../driver/protocol.ts';
import type { ReceivedRequest } from '../server/script.ts';
import type { SdkCase } from '../cases/sdk-case.ts';

/** Everything that one case brought to light: the wire on one side, the user's view on the other. */
export interface Observed {
  readonly case: SdkCase;
  readonly manifest: SdkManifest;
  readonly api: Release['api'];
  /** What the User-Agent must contain; empty: nothing is asked of it. */
  readonly userAgent: string;
  readonly key: string;
  /** What came to the scripted server, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** What a second client sent to it. */
  readonly beside: readonly ReceivedRequest[];
  /** How often TLS was asked for, where the case allows that. */
  readonly handshakes: number;
  /** What came to the other origin that redirects point to. */
  readonly elsewhere: readonly ReceivedRequest[];
  /** First lines of what came to the proxy that leads nowhere, and what was tried to be reached without it. */
  readonly outside: readonly string[];
  /** The streams of the driver on which the key was written, in any form. */
  readonly leaks: readonly OutputStream[];
  /** How long after its first request came the call had ended, by the clock of the harness. */
  readonly endedAfterMs?: number;
  /** Absent when the driver gave none that can be used: then only what reached the servers is judged. */
  readonly result?: DriverResult;
}

/** What a rule found; the judge adds the rule's name and the place in the document. */
export interface RuleViolation {
  readonly message: string;
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
  readonly hint?: string;
  readonly severity?: Severity;
}

/** One promise that an SDK keeps in every case to which it applies. */
export interface SdkRule {
  readonly name: string;
  /** The sentence that must hold. */
  readonly requirement: string;
  /** `never`: not even a reviewed known failure excuses it, because then something else is being judged. */
  readonly waivable: 'by-review' | 'never';
  /** Of what it finds, unless that says otherwise; `violation` where absent. */
  readonly severity?: Severity;
  run(observed: Observed): Iterable<RuleViolation>;
}
