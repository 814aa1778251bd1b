import type { Case, Send } from '../../model/case.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Finding, Seen } from '../../model/verdict.ts';

/**
 * Whether an answer says what the answer to an earlier step said, but for ids, numbers and the like. Headers are not
 * compared, for what stands in front of a server adds some as it likes.
 */
export function differsFrom(
  one: Case,
  step: Send,
  values: Readonly<Record<string, string>>,
  seen: readonly Seen[],
): Finding | undefined {
  const earlier = seen.find((each) => each.step === step.sameAnswerAs)?.exchange;
  const later = seen.at(-1)?.exchange;
  if (earlier === undefined || later === undefined) return undefined;
  const [expected, actual] = [earlier, later].map((exchange) => sayingOf(exchange, Object.values(values)));
  if (expected === undefined || actual === undefined || expected === actual) return undefined;
  return {
    check: 'effect-alike',
    severity: one.severity,
    message: `"${step.name}" has a different answer than "${step.sameAnswerAs ?? ''}", so the two can be distinguished`,
    where: 'body',
    expected,
    actual,
    at: one.at,
    step: step.name,
    exchange: seen.length - 1,
  };
}

/** The status and the text of an answer, with a dot for everything that may differ. */
function sayingOf({ response }: Exchange, ids: readonly string[]): string | undefined {
  if (response === undefined) return undefined;
  const text = ids.reduce((rest, id) => rest.replaceAll(id, '·'), Buffer.from(response.body).toString('utf8'));
  const words = text.replace(/[\w-]*\d[\w-]*/g, '·').replace(/\s+/g, ' ');
  return `${response.status} ${words}`.slice(0, 300);
}
