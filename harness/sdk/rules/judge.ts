import type { Finding } from '../../model/verdict.ts';
import type { Observed } from './rule.ts';
import { sdkRules } from './rules.ts';

/** Hold what a case brought to light against every rule. */
export function judge(observed: Observed): {
  readonly findings: readonly Finding[];
  readonly advice: readonly Finding[];
} {
  const all = sdkRules.flatMap((rule) =>
    [...rule.run(observed)].map((breach): Finding => ({
      check: rule.name,
      severity: breach.severity ?? rule.severity ?? 'violation',
      message: breach.message,
      where: breach.where,
      expected: breach.expected,
      actual: breach.actual,
      ...(breach.hint === undefined ? {} : { hint: breach.hint }),
      at: observed.case.at,
      step: 'call',
      ...exchangeOf(breach.where),
    })),
  );
  return {
    findings: all.filter(({ severity }) => severity !== 'advice'),
    advice: all.filter(({ severity }) => severity === 'advice'),
  };
}

function exchangeOf(where: string): { exchange?: number } {
  const number = /^request (\d+)$/.exec(where)?.[1];
  return number === undefined ? {} : { exchange: Number(number) - 1 };
}
