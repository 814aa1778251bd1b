import { HarnessError } from '../../core/errors.ts';
import type { Operation } from '../../model/document.ts';
import { clientPlans } from './client-plans.ts';
import { basePath } from './client-use.ts';
import { declaredPlans, declaredReply } from './declared-plans.ts';
import { idPlans } from './id-plans.ts';
import type { Release, Sends } from '../releases/manifest.ts';
import { replyPlans } from './reply-plans.ts';
import { retryPlans } from './retry-plans.ts';
import type { Reply } from '../server/script.ts';
import type { SdkCase, SdkPlan } from './sdk-case.ts';

/** Every case for SDKs, settled for one release: how often its client sends decides how long each script is. */
export function sdkCases(operation: Operation, sends: Release['sends']): readonly SdkCase[] {
  return sdkPlans(operation).map((plan) => {
    const path = `${basePath(plan.use?.base)}${operation.path}`;
    return { ...plan, operation, path, ...scriptOf(plan, sends) };
  });
}

export function sdkPlans(operation: Operation): readonly SdkPlan[] {
  const value = ordinaryValue(operation);
  const accepted = replyOf(operation, (status) => status >= 200 && status < 300);
  const notFound = replyOf(operation, (status) => status === 404);
  return [
    ...declaredPlans(operation, value),
    ...idPlans(operation, accepted),
    ...replyPlans(operation, value),
    ...retryPlans(operation, value, { accepted, notFound, fault: replyOf(operation, (status) => status >= 500) }),
    ...clientPlans(operation, value, { accepted, notFound }),
  ];
}

type Script = Pick<SdkCase, 'replies' | 'sends' | 'skip'>;

function scriptOf(plan: SdkPlan, known: Release['sends']): Script {
  const { situation, use } = plan;
  const sends = situation === undefined ? sendsOnce(plan) : known[situation];
  if (sends === undefined) {
    const skip = `sdk.yaml does not say how often this release sends the request then: write it as sends.${situation ?? ''}`;
    return { replies: [plan.reply], sends: { min: 1, max: 1 }, skip };
  }
  if (use?.again !== undefined) return repeated(plan.reply, use.again, sends);
  if (use?.beside !== undefined) return { replies: [plan.reply, use.beside.reply], sends };
  if (situation === undefined) return { replies: [plan.reply], sends };
  const { min, max } = sends;
  if (plan.afterwards === undefined) return { replies: Array.from({ length: max }, () => plan.reply), sends };
  const most = Math.min(2, max);
  return { replies: [plan.reply, plan.afterwards].slice(0, most), sends: { min: Math.min(min, most), max: most } };
}

function sendsOnce({ refusal }: SdkPlan): Sends {
  return { min: refusal === 'forbidden' ? 1 : 0, max: refusal === 'required' ? 0 : 1 };
}

/** All that the first call gets, and then what the second call of the same client gets. */
function repeated(first: Reply, again: Reply, { min, max }: Sends): Script {
  const replies = [...Array.from({ length: max }, () => first), again];
  const sends = { min: min + 1, max: max + 1 };
  if (min === max) return { replies, sends };
  return {
    replies,
    sends,
    skip: `the first call sends the request ${min} to ${max} times: which request is of the second call is unknown`,
  };
}

function ordinaryValue(operation: Operation): string {
  const parameter = operation.parameters.find((one) => one.in === 'path');
  if (typeof parameter?.example === 'string') return parameter.example;
  throw new HarnessError('E_SDK_OPERATION', `${operation.id} has no path parameter with an example.`, {
    hint: 'Give the path parameter an example in the document: it becomes the ordinary id of the cases.',
  });
}

function replyOf(operation: Operation, wanted: (status: number) => boolean): Reply {
  const response = operation.responses.find(({ key }) => wanted(Number(key)));
  if (response === undefined) {
    throw new HarnessError('E_SDK_OPERATION', `${operation.id} lacks a response that SDK cases need.`, {
      hint: 'SDK cases need a 2xx, a 404 and a 5xx declared for the operation.',
    });
  }
  const [media] = response.media;
  return declaredReply(operation, response, media, media?.examples[0]);
}
