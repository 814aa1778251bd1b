import type { CaseRecord } from '../model/record.ts';
import type { Finding } from '../model/verdict.ts';

/** A reason that explains findings of different kinds. */
export interface LikelyCause {
  readonly words: string;
  readonly explains: (record: CaseRecord, finding: Finding) => boolean;
}

/** What most likely has to be corrected: named only where every case that could refute it confirms it. */
export function likelyCauses(cases: readonly CaseRecord[]): readonly LikelyCause[] {
  return [acceptedKey(cases), keptResource(cases)].filter((each) => each !== undefined);
}

const wrongKeys = ['wrong-key', 'truncated-key', 'extended-key', 'other-case-key', 'over-long-key', 'near-keys'];
const noKeys = ['no-key', 'empty-key'];

/** Requests without a valid key are answered as those with one. */
function acceptedKey(cases: readonly CaseRecord[]): LikelyCause | undefined {
  const wrong = allFailed(cases, 'auth', wrongKeys, isAcceptance);
  const none = allFailed(cases, 'auth', noKeys, isAcceptance);
  if (!wrong || !letsIn(cases)) return undefined;
  return {
    words: none ? 'no API key is needed: requests without one are accepted' : 'a wrong API key is accepted',
    explains: (record, finding) =>
      isAcceptance(finding) && (isProbe(record, 'auth') || /\bkey (wrong|none|empty)\b/.test(record.state)),
  };
}

/**
 * A server without the route, and one that always fails, answer 404 or 500 to every request, whatever its key: another answer, or
 * a declared response that passed, shows that requests get beyond the check of the key.
 */
function letsIn(cases: readonly CaseRecord[]): boolean {
  return cases.some(
    (record) =>
      (record.kind === 'declared' && record.status === 'pass' && /^[24](?!0[13])/.test(record.response ?? '')) ||
      (isProbe(record, 'auth') &&
        record.findings.some((finding) => isAcceptance(finding) && !/^(?:404|405|5\d\d)\b/.test(finding.actual))),
  );
}

/** A refusal of another kind, a redirect and throttling are no acceptance. */
function isAcceptance({ check, expected, actual }: Finding): boolean {
  return check === 'status' && /^40[13]\b/.test(expected) && !/^(?:3\d\d|400|401|403|407|429)\b/.test(actual);
}

/** Each of these deletes once and looks whether the resource goes. */
const deletions = ['goes', 'leaves-the-list', 'lasts', 'second-delete-after-it-went', 'two-deletes-together'];

/** A deletion is accepted and nothing goes. */
function keptResource(cases: readonly CaseRecord[]): LikelyCause | undefined {
  const stays = ({ check, expected }: Finding): boolean => check === 'effect-gone' && expected !== 'gone for good';
  if (!allFailed(cases, 'effect', deletions, stays)) return undefined;
  return {
    words: 'a deletion is accepted and deletes nothing',
    explains: (record, finding) =>
      stays(finding) ||
      (record.id.endsWith('/probe/effect/second-delete-in-the-end') &&
        finding.check === 'status' &&
        /^2\d\d\b/.test(finding.actual)),
  };
}

/** At least two of these probes ran, and each that ran has such a finding. */
function allFailed(
  cases: readonly CaseRecord[],
  group: string,
  names: readonly string[],
  is: (finding: Finding) => boolean,
): boolean {
  const ran = cases.filter(
    ({ id, status }) => names.some((name) => id.endsWith(`/probe/${group}/${name}`)) && /^(pass|fail)$/.test(status),
  );
  return ran.length >= 2 && ran.every(({ findings }) => findings.some(is));
}

function isProbe({ id }: CaseRecord, group: string): boolean {
  return id.includes(`/probe/${group}/`);
}
