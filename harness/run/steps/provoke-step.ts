import { randomUUID } from 'node:crypto';
import { uniqueValues } from '../../cases/defaults/fresh.ts';
import type { Attempt, Provoke, Send } from '../../model/case.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Target } from '../../model/target.ts';
import { satisfies, parseMediaType } from '../../openapi/media-type.ts';
import { responseFor } from '../../openapi/match-response.ts';
import { cleanUp, whyNotToCreate } from './clean-up.ts';
import { type Sending, sendOf } from './sending.ts';
import type { StepContext } from './step-context.ts';

/**
 * Makes the attempts one after another until one gets the wanted response, which is then judged in full. An attempt that
 * gets another response is judged by that one. Where none gets it, the case is a skip that says what came.
 */
export async function provoke(step: Provoke, sending: Sending, context: StepContext): Promise<void> {
  const { target } = context.run;
  const unique = uniqueValues(randomUUID());
  const values = { ...unique, ...sending.values };
  const exchanges: Exchange[] = [];
  const send = async (each: Send): Promise<Exchange> => {
    const exchange = await sending.send(each, values);
    exchanges.push(exchange);
    return exchange;
  };
  try {
    await makeAttempts(step, { ...sending, send }, context);
  } finally {
    if (target.kind === 'live') {
      const how = { target, values, unique: [...Object.values(unique), ...sending.unique], send: sending.send };
      for (const exchange of exchanges) await cleanUp(step.cleanUp, exchange, how);
    }
  }
}

async function makeAttempts(
  step: Provoke,
  sending: Omit<Sending, 'send'> & { send(step: Send): Promise<Exchange> },
  { case: one, run, log, withoutState }: StepContext,
): Promise<void> {
  const { target } = run;
  const { response, media } = step.wanted;
  const came: string[] = withoutState === undefined ? [] : [withoutState];
  for (const attempt of attemptsOn(step, target.kind)) {
    if (withoutState !== undefined && attempt.stateless !== true) continue;
    const refused = whyNotToCreate(attempt.request, target);
    if (refused !== undefined) {
      came.push(`not sent ${attempt.name}, for ${refused}`);
      continue;
    }
    const statuses: string[] = [];
    for (const before of attempt.before ?? []) {
      const first = sendOf(`before: ${attempt.name}`, before, { kind: 'one-of', responses: one.operation.responses });
      const exchange = await sending.send(first);
      statuses.push(statusOf(exchange));
      sending.judge(first, exchange);
      if (log.findings.length > 0) return;
    }
    const plain = sendOf(attempt.name, attempt.request, attempt.or);
    const exchange = await sending.send(plain);
    const status = exchange.response?.status;
    const matched = status === undefined ? undefined : responseFor(one.operation.responses, status);
    const inMedia = media === undefined || response.media.length < 2 || isIn(exchange, media.type);
    const got = matched?.key === response.key && inMedia;
    sending.judge(got ? { ...plain, expectation: step.wanted } : plain, exchange);
    if (got || log.findings.length > 0) return;
    came.push(`${[...statuses, statusOf(exchange)].join(' and then ')} came ${attempt.name}`);
  }
  const said =
    came.length === 0
      ? `nothing in the document says how to get ${response.key}`
      : `${response.key} was not provoked: ${came.slice(0, 3).join('; ')}`;
  log.unseen.push(`${said}; ${step.remedy}`);
  log.unproved = true;
}

function statusOf({ response }: Exchange): string {
  return String(response?.status ?? 'no response');
}

/** The attempts that are made on such a target. */
export function attemptsOn({ attempts }: Provoke, kind: Target['kind']): readonly Attempt[] {
  return attempts.filter(({ on }) => on === undefined || on.includes(kind));
}

/** Whether a response came in the media type that is wanted: a server may choose another one that is declared. */
function isIn({ response }: Exchange, type: string): boolean {
  const given = response?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const parsed = given === undefined ? undefined : parseMediaType(given);
  return parsed !== undefined && satisfies(parsed, type);
}
