import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { matchesGlob } from '../cases/select.ts';
import { HarnessError } from '../core/errors.ts';
import type { CaseRecord } from '../model/record.ts';
import type { Finding } from '../model/verdict.ts';
import { checkedData } from '../openapi/data.ts';
import { readYaml } from '../openapi/document/yaml.ts';
import { ruleNamed } from './rules/rules.ts';

/** A known failure of some releases. */
export interface SdkWaiver {
  readonly versions: readonly string[];
  readonly cases: readonly string[];
  readonly check: string;
  /** How the finding's actual value must begin, so that a different failure is not covered. */
  readonly actual?: string;
  readonly reason: string;
  readonly evidence: string;
  readonly issue?: string;
  readonly since: string;
  readonly expires: string;
  /** Where it stands: `suites/sdks/js/waivers.yaml:12`. */
  readonly at: string;
}

/** The waivers of one SDK's folder; none where there is no file. */
export function readWaivers(folder: string): readonly SdkWaiver[] {
  const file = join(folder, 'waivers.yaml');
  if (!existsSync(file)) return [];
  const yaml = readYaml(file);
  const data = checkedData<{ waivers: readonly Omit<SdkWaiver, 'at'>[] }>(yaml, 'sdk-waivers');
  return data.waivers.map((waiver, index) => {
    const place = yaml.placeOf(`/waivers/${index}`);
    const at = `${place.file}:${place.line}`;
    const rule = ruleNamed(waiver.check);
    if (rule === undefined || rule.waivable === 'never') {
      throw new HarnessError(
        'E_WAIVER',
        `${at} waives ${waiver.check}, ${rule === undefined ? 'which is no rule' : 'which nothing excuses'}.`,
        {
          hint: 'The names of the rules are in suites/sdks/RULES.md.',
        },
      );
    }
    return { ...waiver, at };
  });
}

/**
 * Apply the waivers of one release to its records. Problems are waivers that no longer say the truth: expired, or
 * covering a case that ran and does not break the rule any more. Then the release got better, and the file must say so.
 */
export function applyWaivers(options: {
  readonly records: readonly CaseRecord[];
  readonly waivers: readonly SdkWaiver[];
  readonly version: string;
  /** ISO date. */
  readonly today: string;
}): { readonly records: readonly CaseRecord[]; readonly problems: readonly string[] } {
  const { records, version, today } = options;
  const mine = options.waivers.filter(({ versions }) => versions.includes(version));
  const live = mine.filter(({ expires }) => expires >= today);
  const expired = mine
    .filter(({ expires }) => expires < today)
    .map(
      ({ at, check, expires }) =>
        `${at}: the waiver of ${check} for ${version} expired on ${expires}. Look again, then renew or remove it.`,
    );
  const stale = live.flatMap((waiver) => staleness(waiver, records, version));
  return { records: records.map((record) => waived(record, live)), problems: [...expired, ...stale] };
}

function waived(record: CaseRecord, waivers: readonly SdkWaiver[]): CaseRecord {
  if (record.status !== 'fail') return record;
  const covering = record.findings.map((finding) => waivers.find((waiver) => covers(waiver, record.id, finding)));
  const found = covering.filter((waiver) => waiver !== undefined);
  if (found.length < covering.length) return record;
  const unique = [...new Set(found)];
  return {
    ...record,
    waived: {
      reason: unique.map(({ reason }) => reason).join(' '),
      issue: [...new Set(unique.map(({ issue, at }) => issue ?? at))].join(' '),
      expires: unique.map(({ expires }) => expires).sort()[0] ?? '',
    },
  };
}

function covers(waiver: SdkWaiver, id: string, finding: Finding): boolean {
  return (
    waiver.check === finding.check &&
    finding.actual.startsWith(waiver.actual ?? '') &&
    waiver.cases.some((glob) => matchesGlob(id, glob))
  );
}

function staleness(waiver: SdkWaiver, records: readonly CaseRecord[], version: string): readonly string[] {
  const judged = records.filter(({ status }) => status === 'pass' || status === 'fail');
  return waiver.cases.flatMap((glob) =>
    judged
      .filter(({ id, findings }) => matchesGlob(id, glob) && !findings.some((finding) => covers(waiver, id, finding)))
      .map(
        ({ id }) =>
          `${waiver.at}: ${version} no longer breaks ${waiver.check} in ${id}. Take the case out of the waiver.`,
      ),
  );
}
