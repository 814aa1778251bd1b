import { HarnessError } from '../core/errors.ts';
import type { Case, Property, Send } from '../model/case.ts';
import type { Exchange, FaultKind } from '../model/exchange.ts';
import type { Check, Subject } from '../model/target.ts';
import type { Finding } from '../model/verdict.ts';
import { matchResponse } from '../openapi/match-response.ts';

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
}): Examined {
  const { checks, step, exchange, number, values, secrets } = options;
  refuseToJudge(exchange, { throttling: !promises429(step) });
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

/** Throws where an exchange says nothing about the contract. `throttling`: 429 is such an answer. */
export function refuseToJudge(exchange: Exchange, { throttling }: { readonly throttling: boolean }): void {
  const { request, fault, response } = exchange;
  const hint = fault === undefined ? undefined : unreachable[fault.kind];
  if (fault !== undefined && hint !== undefined) {
    throw new HarnessError('E_TARGET_UNREACHABLE', fault.message, {
      kind: 'target',
      hint,
    });
  }
  if (throttling && response?.status === 429) {
    throw new HarnessError('E_TARGET_THROTTLED', `${request.method} ${request.url} was throttled (429)`, {
      kind: 'target',
      hint: 'Ask more slowly: --rate N (requests a second), --concurrency 1.',
    });
  }
}

function promises429({ expectation }: Send | Property): boolean {
  return expectation.kind === 'declared' && expectation.response.key === '429';
}
