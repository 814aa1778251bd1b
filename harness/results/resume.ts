import { isDeepStrictEqual } from 'node:util';
import { packageVersion } from '../core/package-files.ts';
import { HarnessError } from '../core/errors.ts';
import type { CaseRecord, RunRecord } from '../model/record.ts';

/** What a run is that goes on where another one was cut off. */
type RunIdentity = Pick<RunRecord, 'operation' | 'document' | 'suite' | 'strict' | 'selection' | 'shard'> & {
  readonly options: readonly string[];
  /** As it was asked for; that of the other run is taken where it was not. */
  readonly seed?: number;
};

/**
 * The verdicts of a run that was cut off, for the run that goes on. Cases that ended in an error run again. Throws
 * `E_RESUME` where it is another run: its verdicts would say nothing about this one.
 */
export function takenOver(before: RunRecord, now: RunIdentity): readonly CaseRecord[] {
  for (const [what, was, is] of comparisons(before, now)) {
    if (isDeepStrictEqual(was, is)) continue;
    throw otherRun(what, shown(was), shown(is));
  }
  return before.cases.filter(({ status }) => status !== 'error').map(withoutWaiver);
}

/** The subject is known when the target is open. */
export function refuseOtherSubject(before: RunRecord, subject: { readonly kind: string; readonly name: string }): void {
  const { kind, name } = before.subject;
  if (kind === subject.kind && name === subject.name) return;
  throw otherRun('target', kind === name ? name : `${kind} ${name}`, `${subject.kind} ${subject.name}`);
}

function comparisons(before: RunRecord, now: RunIdentity): readonly (readonly [string, unknown, unknown])[] {
  return [
    ['version of pinecone-contract', before.tool.version, packageVersion],
    ['operation', before.operation.id, now.operation.id],
    ['document', `${before.document.source}, sha256 ${before.document.sha256}`, documentOf(before, now)],
    ['suite', before.suite, now.suite],
    ['shard', before.shard, now.shard],
    ['selection of cases', before.selection, now.selection],
    ['severity of advice (--strict)', before.strict, now.strict],
    ['options', before.options ?? [], now.options],
    ['seed', before.seed, now.seed ?? before.seed],
  ];
}

/** A document is the same wherever it is read from. */
function documentOf({ document }: RunRecord, now: RunIdentity): string {
  const source = document.sha256 === now.document.sha256 ? document.source : now.document.source;
  return `${source}, sha256 ${now.document.sha256}`;
}

function otherRun(what: string, was: string, is: string): HarnessError {
  return new HarnessError('E_RESUME', `the run that is to go on has another ${what}: it was ${was}, and is ${is} now`, {
    hint: 'Give the same command line as then, and --resume; or leave --resume out to run all cases.',
  });
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? 'none' : JSON.stringify(value);
}

/** Waivers are applied anew to the whole run. */
function withoutWaiver(record: CaseRecord): CaseRecord {
  const bare: { -readonly [K in keyof CaseRecord]: CaseRecord[K] } = { ...record };
  delete bare.waived;
  return bare;
}
