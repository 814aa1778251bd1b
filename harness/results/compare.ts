import type { Json } from '../model/document.ts';
import type { CaseRecord, ExchangeRecord, RunRecord } from '../model/record.ts';

/** One way in which a case behaves differently in two runs. */
export interface Drift {
  /** The id of the case. */
  readonly case: string;
  /** What differs: the verdict, a finding, or a part of an exchange. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/**
 * What drifted from one run to another: verdicts, findings, and for each exchange the status, the headers that matter and
 * the shape of the body. Values that change by nature (ids, dates, request ids, wording) are no drift.
 */
export function compareRuns(before: RunRecord, after: RunRecord): readonly Drift[] {
  const now = new Map(after.cases.map((one) => [one.id, one]));
  const was = new Map(before.cases.map((one) => [one.id, one]));
  return [
    ...before.cases.flatMap((one) => {
      const other = now.get(one.id);
      return other === undefined ? missing(one, 'present', 'absent') : driftOf(one, other);
    }),
    ...after.cases.filter((one) => !was.has(one.id)).flatMap((one) => missing(one, 'absent', 'present')),
  ];
}

/** The cases that both runs tried, so that a comparison of nothing does not look like agreement. */
export function comparedCases(before: RunRecord, after: RunRecord): number {
  const tried = new Set(after.cases.filter(wasTried).map((one) => one.id));
  return before.cases.filter((one) => wasTried(one) && tried.has(one.id)).length;
}

function wasTried(one: CaseRecord): boolean {
  return one.status === 'pass' || one.status === 'fail';
}

/** A declared case that only one run has is drift; a probe is not, for fixtures have none. */
function missing(one: CaseRecord, before: string, after: string): readonly Drift[] {
  return one.kind === 'declared' ? [{ case: one.id, what: 'case', before, after }] : [];
}

function driftOf(before: CaseRecord, after: CaseRecord): readonly Drift[] {
  if (!wasTried(before) || !wasTried(after)) return [];
  const differing = (what: string, was: string, is: string): readonly Drift[] =>
    was === is ? [] : [{ case: before.id, what, before: was, after: is }];
  return [
    ...differing('verdict', before.status, after.status),
    ...differing('findings', findingsOf(before), findingsOf(after)),
    ...before.exchanges.flatMap((exchange, place) => {
      const other = after.exchanges.find((each) => each.step === exchange.step) ?? after.exchanges[place];
      return other === undefined
        ? differing(`${exchange.step}: exchange`, 'present', 'absent')
        : [
            ...differing(`${exchange.step}: status`, statusOf(exchange), statusOf(other)),
            ...differing(`${exchange.step}: headers`, headersOf(exchange), headersOf(other)),
            ...differing(`${exchange.step}: body`, shapeOf(exchange), shapeOf(other)),
          ];
    }),
  ];
}

function findingsOf(one: CaseRecord): string {
  const names = [...one.findings, ...one.advice].map((finding) => `${finding.check} (${finding.severity})`);
  return names.length === 0 ? 'none' : [...new Set(names)].sort().join(', ');
}

function statusOf({ response, fault }: ExchangeRecord): string {
  return fault === undefined ? String(response?.status ?? 'none') : `${response?.status ?? 'none'} (${fault.kind})`;
}

/** Headers whose value is part of the contract; the rest is the business of servers and proxies. */
const contractHeaders = [
  'content-type',
  'content-encoding',
  'location',
  'allow',
  'www-authenticate',
  'retry-after',
  'cache-control',
];

function headersOf({ response }: ExchangeRecord): string {
  const shown = (response?.headers ?? [])
    .filter(([name]) => contractHeaders.includes(name.toLowerCase()))
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`);
  return shown.length === 0 ? 'none' : shown.sort().join(', ');
}

function shapeOf({ response }: ExchangeRecord): string {
  if (response === undefined || response.bodyBytes === 0) return 'empty';
  if (!('text' in response.body)) return 'bytes that are no text';
  try {
    return shape(JSON.parse(response.body.text) as Json);
  } catch {
    return 'text that is no JSON';
  }
}

/** The value with each leaf replaced by its type, but for numbers and codes, which carry meaning. */
function shape(value: Json, key = ''): string {
  if (Array.isArray(value))
    return `[${[...new Set((value as readonly Json[]).map((item) => shape(item)))].sort().join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, item]) => `${name}: ${shape(item, name)}`).join(', ')}}`;
  }
  if (key === 'code' || key === 'status') return JSON.stringify(value);
  return value === null ? 'null' : typeof value;
}
