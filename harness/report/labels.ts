import type { Severity } from '../model/case.ts';
import type { CaseRecord, Counts, RunRecord } from '../model/record.ts';
import type { CoverageStatus, Finding, VerdictStatus } from '../model/verdict.ts';
import { printable } from '../core/text/printable.ts';

/** The outcome of a case in the run: its verdict, or `waived` for a failure that a waiver covers. */
export type CaseOutcome = VerdictStatus | 'waived';

export function outcomeLabelOf(record: CaseRecord): CaseOutcome {
  return record.waived === undefined ? record.status : 'waived';
}

/** A word and a shape for each outcome, so that nothing depends on colour. */
export const outcomeLabels: Readonly<Record<CaseOutcome, { readonly word: string; readonly mark: string }>> = {
  pass: { word: 'passed', mark: '✔' },
  fail: { word: 'failed', mark: '✘' },
  error: { word: 'error', mark: '!' },
  skip: { word: 'skipped', mark: '–' },
  waived: { word: 'waived', mark: '~' },
};

/** A shape for each state of a declared response; the word is the state itself. */
export const coverageMarks: Readonly<Record<CoverageStatus, string>> = {
  proved: outcomeLabels.pass.mark,
  violated: outcomeLabels.fail.mark,
  unproved: '?',
  exempt: outcomeLabels.skip.mark,
  waived: outcomeLabels.waived.mark,
};

/** What stands before a finding, so that its severity is read first; a violation needs no word. */
const severityWords: Readonly<Record<Severity, string>> = { violation: '', hazard: 'hazard: ', advice: 'advice: ' };

/** The rule and what is wrong, in one line: `hazard: sdk/hidden-error: The user is told ...`. */
export function findingWords({ severity, check, message }: Finding): string {
  return `${severityWords[severity]}${check}: ${message}`;
}

/** Whether the user of the subject is misled. */
export function isHazard({ severity }: Finding): boolean {
  return severity === 'hazard';
}

/** Where only some of many are listed, hazards are among them. */
export function hazardsFirst(records: readonly CaseRecord[]): readonly CaseRecord[] {
  const rank = ({ findings }: CaseRecord): number => (findings.some(isHazard) ? 0 : 1);
  return [...records].sort((a, b) => rank(a) - rank(b));
}

/** The subject as a person says it: `mock`, `python 7.3.0`. */
export function subjectWords(run: RunRecord): string {
  const { name, version } = run.subject;
  return printable(version === undefined ? name : `${name} ${version}`);
}

/** The part of a case id after the operation; the ids of SDK cases have a word before it. */
export function restOfId(run: RunRecord, id: string): string {
  const prefix = [`${run.operation.id}/`, `sdk/${run.operation.id}/`].find((each) => id.startsWith(each)) ?? '';
  return id.slice(prefix.length);
}

/** What was promised at the step of a finding: `step 2 of 2, "it goes": the resource is gone`. */
export function promisedWords(record: CaseRecord, finding = pointingFinding(record)): string {
  const { steps = [], promise } = record;
  const place = steps.findIndex(({ name }) => name === finding?.step);
  const step = steps[place];
  if (step === undefined) return promise;
  return printable(`step ${place + 1} of ${steps.length}, "${step.name}": ${step.promise}`);
}

/** The first finding that says which exchange shows it. */
function pointingFinding(record: CaseRecord): Finding | undefined {
  return record.findings.find((finding) => finding.exchange !== undefined);
}

/**
 * What came back, in one line: the response that a finding points at, and which of several requests got it; else the
 * last one.
 */
export function cameWords(record: CaseRecord, finding = pointingFinding(record)): string {
  const pointed = finding?.exchange;
  const exchange = record.exchanges[pointed ?? record.exchanges.length - 1];
  if (exchange === undefined) return driverWords(record);
  const { response, fault } = exchange;
  const parts: string[] = [];
  if (response !== undefined) {
    parts.push(`${response.status} ${response.reason}`.trim());
    const type = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
    parts.push(response.bodyBytes === 0 ? 'no body' : `${type ?? 'no content type'}, ${bytes(response.bodyBytes)}`);
  }
  if (response?.stopped !== undefined) parts.push(response.stopped.message);
  if (fault !== undefined) parts.push(`${fault.kind}: ${fault.message}`);
  if (parts.length === 0) parts.push('no answer');
  // What was not measured, as between an SDK and its scripted server, is not said.
  if (exchange.ms > 0) parts.push(`in ${milliseconds(exchange.ms)}`);
  if (pointed !== undefined && record.exchanges.length > 1) {
    const { method, url } = exchange.request;
    parts.push(`to request ${pointed + 1} of ${record.exchanges.length}, ${method} ${pathOf(url)}`);
  }
  return printable(parts.join(', '));
}

/** Without the origin, which the heading of every report has. */
function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '');
}

function driverWords(record: CaseRecord): string {
  if (record.driver === undefined) return 'nothing was sent';
  const { output, exit } = record.driver;
  return printable(output === undefined ? `no result; the driver ended with ${exit}` : JSON.stringify(output));
}

/** `specs/api.yaml:12`, which editors and terminals make a link of. */
export function placeWords(at: Finding['at']): string {
  return printable(at.line > 0 ? `${at.file}:${at.line}` : at.file);
}

export function milliseconds(ms: number): string {
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`;
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `1 case`, `2 cases`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function bytes(count: number): string {
  return counted(count, 'byte');
}

/** The numbers of a run in one line; what did not occur is left out. */
export function countsWords(counts: Counts): string {
  return [
    counted(counts.cases, 'case'),
    `${counts.pass} passed`,
    `${counts.fail} failed`,
    ...(counts.error > 0 ? [counted(counts.error, 'error')] : []),
    ...(counts.waived > 0 ? [`${counts.waived} waived`] : []),
    ...(counts.skip > 0 ? [`${counts.skip} skipped`] : []),
    ...(counts.hazards === undefined ? [] : [counted(counts.hazards, 'hazard')]),
    ...(counts.advice > 0 ? [`${counts.advice} advice`] : []),
  ].join(', ');
}

/** What was done about a server that had too much; undefined where it had not. */
export function throttledWords({ throttled }: RunRecord): string | undefined {
  if (throttled === undefined) return undefined;
  const { refused, ranAgain, waitedMs, slowest } = throttled;
  const again = ranAgain === 0 ? [] : [`cases ran again ${counted(ranAgain, 'time')}`];
  const waited = [`nothing was sent for ${milliseconds(waitedMs)}`];
  const rate = slowest === undefined ? [] : [`at the slowest ${counted(slowest, 'request')} a second were sent`];
  return `throttled: the server refused ${counted(refused, 'request')} for now; ${[...again, ...waited, ...rate].join(', ')}`;
}
