import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * A folder with the sdk.yaml of a driver without an SDK, which does what `lie` says (suites/self-proof/drivers/lies.mjs).
 * It needs nothing to be installed, and takes any file as a local artefact. It is removed when the test ends.
 */
export function standInSdk(lie = 'honest', waivers = '[]'): string {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-sdk-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const driver = join(import.meta.dirname, '..', '..', '..', 'suites', 'self-proof', 'drivers', 'lies.mjs');
  const run = JSON.stringify([process.execPath, driver, lie]);
  writeFileSync(
    join(folder, 'sdk.yaml'),
    `name: stand-in
title: a driver without an SDK
language: none
toolchain: []
prepare: []
package: { accepts: any file, prepare: [] }
run: ${run}
ownErrors: [StandInError]
releases:
  - version: 1.0.0
    api: 2025-04
    sends: { server-error: 2, unavailable: 2, throttled: 2, reset: 1, cut-short: 1, malformed: 1, silent: 1, request-timeout: 1, retry-at-once: 2 }
`,
  );
  writeFileSync(join(folder, 'waivers.yaml'), `waivers: ${waivers}\n`);
  return folder;
}
