import type { CaseRecord, Cause } from '../model/record.ts';
import type { Finding } from '../model/verdict.ts';
import { causeKey, errorKey } from './cause-key.ts';
import { likelyCauses, type LikelyCause } from './likely-causes.ts';

/** Findings of red cases that have the same key. */
interface Group {
  readonly key: string;
  readonly likely?: string;
  readonly members: Map<CaseRecord, number[]>;
}

/**
 * What the red cases have in common: findings with the same check, place and difference are one cause, whatever ids and
 * texts are in them; so are differences of one response that always come together. In the order in which corrections turn most
 * cases green.
 */
export function causesOf(cases: readonly CaseRecord[]): readonly Cause[] {
  const red = cases.filter(({ status, waived }) => (status === 'fail' && waived === undefined) || status === 'error');
  const groups = united(grouped(red, likelyCauses(cases)));
  return mostHelpfulFirst(groups.map((group) => named(group, cases))).map(causeOf);
}

function grouped(red: readonly CaseRecord[], likely: readonly LikelyCause[]): readonly Group[] {
  const groups = new Map<string, Group>();
  const put = (key: string, record: CaseRecord, finding: readonly number[], words?: string): void => {
    const empty: Group = { key, ...(words === undefined ? {} : { likely: words }), members: new Map() };
    const group = groups.get(key) ?? empty;
    groups.set(key, group);
    group.members.set(record, [...(group.members.get(record) ?? []), ...finding]);
  };
  for (const record of red) {
    if (record.status === 'error') put(`error ${errorKey(record)}`, record, []);
    for (const [number, finding] of record.findings.entries()) {
      const reason = likely.find((each) => each.explains(record, finding));
      if (reason === undefined) put(causeKey(record, finding), record, [number]);
      else put(`likely ${reason.words}`, record, [number], reason.words);
    }
  }
  return [...groups.values()];
}

/** Checks of the status and of the body: another response than the declared one departs in several places. */
const responseChecks = new Set([
  'status',
  'schema',
  'error-code',
  'error-message',
  'body-status',
  'undeclared-properties',
]);

/** Differences of one response that the same cases show are one cause. */
function united(groups: readonly Group[]): readonly Group[] {
  const kept = new Map<string, Group>();
  for (const group of groups) {
    const [[record, numbers] = []] = group.members;
    const finding = record?.findings[numbers?.[0] ?? -1];
    const united = group.likely === undefined && finding !== undefined && responseChecks.has(finding.check);
    const same = united ? `response of ${[...group.members.keys()].map(({ id }) => id).join(' ')}` : group.key;
    const known = kept.get(same);
    if (known === undefined) kept.set(same, group);
    else
      for (const [each, more] of group.members) known.members.set(each, [...(known.members.get(each) ?? []), ...more]);
  }
  return [...kept.values()];
}

/** One wrong body in every error response has one author, who has to correct one place. */
function named(group: Group, cases: readonly CaseRecord[]): Group {
  const found = [...group.members].flatMap(([record, numbers]) =>
    numbers.flatMap((number) => (record.findings[number] ? [{ record, finding: record.findings[number] }] : [])),
  );
  if (group.likely !== undefined || !found.every(({ finding }) => finding.check === 'schema')) return group;
  const statuses = new Set(
    found.map(({ record, finding }) => record.exchanges[finding.exchange ?? 0]?.response?.status),
  );
  const declaredErrors = cases.filter(({ kind, response = '' }) => kind === 'declared' && /^[45]/.test(response));
  const none = declaredErrors.every(({ status }) => status !== 'pass');
  if (statuses.size < 2 || !none || [...statuses].some((status = 0) => status < 400)) return group;
  return { ...group, likely: 'the error responses have another body than the document declares' };
}

/** Each time the group that turns most cases green, together with the groups before it; then the largest. */
function mostHelpfulFirst(groups: readonly Group[]): readonly Group[] {
  const groupsOf = new Map<CaseRecord, Set<Group>>();
  for (const group of groups) {
    for (const record of group.members.keys()) groupsOf.set(record, (groupsOf.get(record) ?? new Set()).add(group));
  }
  const green = new Map(
    groups.map((group) => [group, [...group.members.keys()].filter((each) => groupsOf.get(each)?.size === 1).length]),
  );
  const ordered: Group[] = [];
  while (green.size > 0) {
    const [best] = [...green].reduce((a, b) => ((b[1] - a[1] || b[0].members.size - a[0].members.size) > 0 ? b : a));
    green.delete(best);
    ordered.push(best);
    for (const record of best.members.keys()) {
      const others = groupsOf.get(record);
      others?.delete(best);
      for (const last of others?.size === 1 ? others : []) green.set(last, (green.get(last) ?? 0) + 1);
    }
  }
  return ordered;
}

/** The first case that has nothing else wrong with it shows a cause best. */
function causeOf({ likely, members }: Group): Cause {
  const all = [...members];
  const shown = all.find(([record, numbers]) => numbers.length === record.findings.length) ?? all[0];
  if (shown === undefined) throw new RangeError('a group is never empty');
  const [first, numbers] = shown;
  const finding: Finding | undefined = first.findings[numbers[0] ?? -1];
  const rest = all.map(([record]) => record.id).filter((id) => id !== first.id);
  return {
    status: first.status === 'error' ? 'error' : 'fail',
    check: finding?.check ?? first.error?.code ?? 'E_UNKNOWN',
    where: finding?.where ?? '',
    message: finding?.message ?? first.error?.message ?? '',
    ...(likely === undefined ? {} : { likely }),
    cases: [first.id, ...rest],
    findings: numbers,
  };
}
