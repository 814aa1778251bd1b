import { casesOf } from '../cases/cases.ts';
import { operationOf, removeItem, suiteOf } from './shop-suite.ts';
import type { Case } from '../model/case.ts';
import type { Exchange, HeaderPair } from '../model/exchange.ts';
import type { Finding, Verdict } from '../model/verdict.ts';
import { finding, place } from './sample-run.ts';

/** Verdicts made by hand, for what only looks at them. */
const cases = casesOf(operationOf(removeItem), suiteOf());

export function caseNamed(end: string): Case {
  const found = cases.find((one) => one.id.endsWith(end));
  if (found === undefined) throw new Error(`no case ${end}`);
  return found;
}

export function answer(status: number, body = '', headers: readonly HeaderPair[] = []): Exchange {
  return {
    request: { method: 'DELETE', url: 'http://127.0.0.1:1/items/item-1', headers: [['Api-Key', '<api-key>']] },
    response: { status, reason: '', httpVersion: '1.1', headers, body: new TextEncoder().encode(body) },
    notes: [],
    ms: 3.14159,
  };
}

export const noAnswer: Exchange = {
  request: { method: 'DELETE', url: 'http://127.0.0.1:1/items/item-1', headers: [] },
  fault: { kind: 'reset', message: 'the connection was reset' },
  notes: [],
  ms: 1,
};

type Common = Omit<Verdict, 'status'>;

/** What all verdicts have; one exchange for each step of the case that has one. */
function common(one: Case, exchanges: readonly Exchange[], over: Partial<Common>): Common {
  const names = one.steps.flatMap((step) =>
    step.kind === 'together' ? step.sends.map(({ name }) => name) : [step.name],
  );
  const seen = exchanges.map((exchange, place) => ({ step: names[place] ?? 'another step', exchange }));
  return { case: one, ms: 12.3456, exchanges: seen, values: {}, advice: [], ...over };
}

export function passed(end: string, exchanges: readonly Exchange[] = [], over: Partial<Common> = {}): Verdict {
  return { ...common(caseNamed(end), exchanges, over), status: 'pass' };
}

export function failed(
  end: string,
  exchanges: readonly Exchange[] = [],
  over: Partial<Common> = {},
  first: Finding = finding({ at: place }),
): Verdict {
  return { ...common(caseNamed(end), exchanges, over), status: 'fail', findings: [first] };
}

export function errored(end: string, message = 'the result is unknown', over: Partial<Common> = {}): Verdict {
  return { ...common(caseNamed(end), [], over), status: 'error', error: { code: 'E_X', message } };
}

export function skipped(end: string, reason = 'there is no state', over: Partial<Common> = {}): Verdict {
  return { ...common(caseNamed(end), [], over), status: 'skip', reason };
}

/** How a case ended, in a line. */
export function summary(verdict: Verdict): string {
  switch (verdict.status) {
    case 'pass':
      return 'pass';
    case 'fail':
      return `fail: ${verdict.findings.map((finding) => finding.check).join(', ')}`;
    case 'error':
      return `error: ${verdict.error.message}`;
    case 'skip':
      return `skip: ${verdict.reason}`;
    default:
      return verdict satisfies never;
  }
}
