import { HarnessError } from '../core/errors.ts';
import type { Case, Property, Send } from '../model/case.ts';
import type { Exchange, FaultKind } from '../model/exchange.ts';
import type { Check, Subject } from '../model/target.ts';
import type { Finding } from '../model/verdict.ts';
import { expectedResponses, matchResponse, statusKeyMatches } from '../openapi/match-response.ts';
import { isRefusal } from '../wire/refusal.ts';
import { askedBy, Refused } from './throttling.ts';

/** Faults that say nothing about the contract: the target could not be asked. */
const unreachable: Partial<Record<FaultKind, string>> = {
  refused: 'Is the server running, and is this its port?',
  dns: 'Check the host name of --target.',
  tls: 'Trust its certificate with NODE_EXTRA_CA_CERTS=FILE, or replace it; certificate errors are never ignored.',
  proxy: 'Check HTTPS_PROXY and NO_PROXY.',
  blocked: 'Nothing may reach the network here.',
  'own-machine': 'Give this machine more time or resources: --timeout MS, --concurrency 1, ulimit -n.',
};

interface Examined {
  readonly findings: readonly Finding[];
  readonly advice: readonly Finding[];
}

/** Run every check over one exchange. Throws where the exchange says nothing about the contract: unreachable, throttled. */
export function examine(options: {
  readonly checks: readonly Check[];
  readonly case: Case;
  readonly step: Send | Property;
  readonly exchange: Exchange;
  /** Which of the verdict's exchanges it is. */
  readonly number: number;
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** The case runs again if this request is refused: so a 503 with Retry-After is not judged, either. */
  readonly again?: boolean;
}): Examined {
  const { checks, step, exchange, number, values, secrets, again = false } = options;
  const asked = askedBy(options.case, step);
  refuseToJudge(exchange, { asked, throttling: !promises429(step), unavailable: again && !takes503(step) });
  const subject: Subject = {
    case: options.case,
    step,
    exchange,
    values,
    secrets,
    ...matchResponse(step.expectation, exchange),
  };
  const examined = { findings: [] as Finding[], advice: [] as Finding[] };
  for (const check of checks) {
    if (!check.appliesTo(subject)) continue;
    for (const violation of check.run(subject)) {
      const severity = options.case.severity === 'advice' ? 'advice' : (violation.severity ?? check.severity);
      const at = subject.response?.at ?? options.case.at;
      const remedy = check.remedy === undefined ? {} : { hint: check.remedy };
      const finding = { check: check.name, at, step: step.name, exchange: number, ...remedy, ...violation, severity };
      (severity === 'advice' ? examined.advice : examined.findings).push(finding);
    }
  }
  return examined;
}

/**
 * Throws where an exchange says nothing about the contract. `throttling`: 429 is such an answer; `unavailable`: so is 503
 * with Retry-After.
 */
export function refuseToJudge(
  exchange: Exchange,
  how: { readonly asked: string; readonly throttling: boolean; readonly unavailable?: boolean },
): void {
  const { request, fault, response } = exchange;
  const hint = fault === undefined ? undefined : unreachable[fault.kind];
  if (fault !== undefined && hint !== undefined) {
    throw new HarnessError('E_TARGET_UNREACHABLE', fault.message, {
      kind: 'target',
      hint,
    });
  }
  const called = `${request.method} ${request.url}`;
  if (how.throttling && response?.status === 429) throw new Refused(how.asked, 429, `${called} was throttled (429)`);
  if (how.unavailable === true && response?.status === 503 && isRefusal(response)) {
    throw new Refused(how.asked, 503, `${called} was put off (503 with Retry-After)`);
  }
}

/** Whether 503 is among what the step promises or lets pass. */
function takes503({ expectation }: Send | Property): boolean {
  return expectedResponses(expectation).some(({ key }) => statusKeyMatches(key, 503));
}

function promises429({ expectation }: Send | Property): boolean {
  return expectation.kind === 'declared' && expectation.response.key === '429';
}
