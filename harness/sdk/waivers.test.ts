import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CaseRecord } from '../model/record.ts';
import type { Finding } from '../model/verdict.ts';
import { applyWaivers } from '../results/waivers/apply.ts';
import type { Release } from './releases/manifest.ts';
import { readSdkWaivers, type SdkWaiver, waiversFor, waiversOfRelease } from './waivers.ts';

const place = { file: 'spec.yaml', pointer: '', line: 1 };
const finding = (check: string, actual: string): Finding => ({
  check,
  severity: 'violation',
  message: '',
  where: 'error',
  expected: '',
  actual,
  at: place,
  step: 'call',
});
const record = (id: string, ...findings: readonly Finding[]): CaseRecord => ({
  id,
  kind: 'sdk',
  title: '',
  requirement: '',
  severity: 'violation',
  promise: '',
  state: '',
  at: place,
  excerpt: [],
  excerptLine: 1,
  status: findings.length === 0 ? 'pass' : 'fail',
  findings,
  advice: [],
  exchanges: [],
  ms: 0,
});
const waiver = (over: Partial<SdkWaiver> = {}): SdkWaiver => ({
  versions: ['1.0.0'],
  cases: ['sdk/op/404/**'],
  check: 'sdk/status',
  actual: 'not exposed',
  reason: 'There is no field.',
  evidence: 'Seen.',
  since: '2026-01-01',
  expires: '2027-01-01',
  place: 'waivers.yaml:2',
  ...over,
});
const apply = (records: readonly CaseRecord[], waivers: readonly SdkWaiver[], today = '2026-06-01') =>
  applyWaivers({
    cases: records,
    waivers: waiversOfRelease(waivers, '1.0.0'),
    known: ['sdk/op/404/x', 'sdk/op/404/y', 'sdk/op/412/x'],
    today,
  });

describe('a waiver', () => {
  test('of a failure that comes and goes covers it, and is not out of date where it does not show', () => {
    const comes = record('sdk/op/404/x', finding('sdk/status', 'not exposed'));
    const waivers = [waiver({ intermittent: true })];
    expect(apply([comes, record('sdk/op/404/y')], waivers)).toMatchObject({
      cases: [{ waived: { reason: 'There is no field.' } }, { status: 'pass' }],
      problems: [],
    });
    expect(apply([comes, record('sdk/op/404/y')], [waiver()]).problems).toHaveLength(1);
  });

  const broken = record('sdk/op/404/x', finding('sdk/status', 'not exposed'));

  test('covers the failure that it describes', () => {
    const { cases: records, problems } = apply([broken], [waiver()]);
    expect(records[0]?.waived?.reason).toBe('There is no field.');
    expect(problems).toEqual([]);
  });

  test.each([
    ['another release', waiver({ versions: ['2.0.0'] })],
    ['another case', waiver({ cases: ['sdk/op/412/**'] })],
    ['another rule', waiver({ check: 'sdk/code' })],
    ['another failure of the same rule', waiver({ actual: 'null (status)' })],
  ])('does not cover %s', (_, one) => {
    expect(apply([broken], [one]).cases[0]?.waived).toBeUndefined();
  });

  test('does not cover a case that breaks one more rule', () => {
    const worse = record('sdk/op/404/x', finding('sdk/status', 'not exposed'), finding('sdk/path', '/'));
    expect(apply([worse], [waiver()]).cases[0]?.waived).toBeUndefined();
  });

  test('does not cover, and is a problem, after its last day', () => {
    const { cases: records, problems } = apply([broken], [waiver()], '2027-01-02');
    expect(records[0]?.waived).toBeUndefined();
    expect(problems).toEqual([
      'waivers.yaml:2: the waiver of sdk/status in sdk/op/404/** expired on 2027-01-01: fix the failure, or extend the waiver and say why',
    ]);
  });

  test('is a problem for each case that got better', () => {
    const { problems } = apply([broken, record('sdk/op/404/y')], [waiver()]);
    expect(problems).toEqual([
      'waivers.yaml:2: the waiver of sdk/status in sdk/op/404/** is no longer needed for sdk/op/404/y, where that check passes: name only the cases that fail',
    ]);
  });

  test('says nothing about a case that did not run', () => {
    const skipped: CaseRecord = { ...record('sdk/op/404/x'), status: 'skip', reason: 'no toolchain' };
    expect(apply([skipped], [waiver()]).problems).toEqual([]);
  });
});

describe('a waivers.yaml', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'waivers-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const text = (check: string): string =>
    `waivers:\n  - versions: [1.0.0]\n    cases: ['sdk/**']\n    check: ${check}\n    reason: ten letters\n    evidence: ten letters\n    since: 2026-01-01\n    expires: 2027-01-01\n`;

  test('need not be there', () => {
    expect(readSdkWaivers(folder)).toEqual([]);
  });

  test('is read with the line of each waiver', () => {
    writeFileSync(join(folder, 'waivers.yaml'), text('sdk/status'));
    expect(readSdkWaivers(folder)[0]?.place).toMatch(/waivers\.yaml:2$/);
  });

  test.each([
    ['an unknown rule', 'sdk/statsu', 'there is no rule of that name'],
    ['a rule that nothing excuses', 'sdk/user-agent', 'may never be waived'],
  ])('is refused with %s', (_, check, why) => {
    writeFileSync(join(folder, 'waivers.yaml'), text(check));
    expect(() => readSdkWaivers(folder)).toThrow(why);
  });

  test('is refused with a release that sdk.yaml does not list: its waiver would never be judged', () => {
    writeFileSync(join(folder, 'waivers.yaml'), text('sdk/status'));
    const release = { version: '1.0.0', api: '2025-04', sends: {} } as Release;
    const sdk = { folder, file: 'sdk.yaml', releases: [release] };
    expect(waiversFor(sdk, '1.0.0')).toHaveLength(1);
    expect(() => waiversFor({ ...sdk, releases: [{ ...release, version: '2.0.0' }] }, '2.0.0')).toThrow(
      /waivers\.yaml:2 waives sdk\/status of release 1\.0\.0, which sdk\.yaml does not list$/,
    );
  });

  test('is refused with a member that is not known', () => {
    writeFileSync(join(folder, 'waivers.yaml'), `${text('sdk/status')}    because: x\n`);
    expect(() => readSdkWaivers(folder)).toThrow(/because/);
  });
});
