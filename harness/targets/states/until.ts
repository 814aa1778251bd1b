import { isDeepStrictEqual } from 'node:util';
import { parsedJson } from '../../core/parsed-json.ts';
import { waitUnlessAborted } from '../../core/abort.ts';
import type { ArrangeStep } from '../../model/case.ts';
import type { Exchange } from '../../model/exchange.ts';
import { member, partsOf } from '../../openapi/document/pointer.ts';

/** Sends a request again until its answer is as the step says; `lacking`: what it was to the end, where it never was. */
export async function sendUntil(
  send: () => Promise<Exchange>,
  { until, operation }: Pick<ArrangeStep, 'until' | 'operation'>,
  signal?: AbortSignal,
): Promise<{ readonly exchange: Exchange; readonly lacking?: string }> {
  if (until === undefined) return { exchange: await send() };
  const end = performance.now() + until.withinMs;
  for (let wait = 50; ; wait = Math.min(wait * 2, 2000)) {
    const exchange = await send();
    const lacking = lackingIn(exchange, until);
    if (lacking === undefined) return { exchange };
    const left = end - performance.now();
    const called = `${operation.method} ${operation.path}`;
    if (left <= 0)
      return { exchange, lacking: `${called} was to the end of ${until.withinMs} ms answered with ${lacking}` };
    await waitUnlessAborted(Math.min(wait, left), signal, `waiting for ${called}`);
  }
}

/** What of an answer is not as it is to be: `/status/ready false, not true`. */
function lackingIn(
  { response, fault }: Exchange,
  { status, body = {} }: NonNullable<ArrangeStep['until']>,
): string | undefined {
  if (response === undefined) return fault?.message ?? 'nothing';
  const isExpected =
    status === undefined ? response.status >= 200 && response.status < 300 : response.status === status;
  if (!isExpected) return `${response.status}, not ${status ?? '2xx'}`;
  const told = parsedJson(Buffer.from(response.body).toString('utf8'));
  for (const [pointer, expected] of Object.entries(body)) {
    const value = partsOf(pointer).reduce<unknown>(member, told);
    if (isDeepStrictEqual(value, expected)) continue;
    const is = value === undefined ? `no ${pointer}` : `${pointer} ${JSON.stringify(value)}`;
    return `${is}, not ${JSON.stringify(expected)}`;
  }
  return undefined;
}
