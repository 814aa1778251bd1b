import { contradiction } from '../../mock/generic/answer/marks.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Target } from '../../model/target.ts';
import type { Finding } from '../../model/verdict.ts';

/**
 * The embedded mock marks a response for which the document lets no conforming body be made, such as a `oneOf` of two equal
 * schemas. That its body departs from the schema is a fault of the document, which the mock cannot answer any better: the
 * case is then a skip that says so.
 */
export function withoutContradictions(
  findings: readonly Finding[],
  { response }: Exchange,
  { kind }: Pick<Target, 'kind'>,
): { readonly findings: readonly Finding[]; readonly contradictions: readonly string[] } {
  const [name, value] = contradiction;
  const marked = kind === 'mock' && response?.headers.some((each) => each[0] === name && each[1] === value) === true;
  if (!marked) return { findings, contradictions: [] };
  return {
    findings: findings.filter(({ check }) => !ofBody.has(check)),
    contradictions: findings.filter(({ check }) => ofBody.has(check)).map(reasonOf),
  };
}

/** The checks that hold a body against what the document declares for it. */
const ofBody = new Set(['schema', 'json', 'items', 'undeclared-properties']);

function reasonOf({ at, message }: Finding): string {
  return `no body was found that fits what ${at.file}:${at.line} declares (${message}); correct the schema, or give it an example that conforms`;
}
