import { HarnessError } from '../../core/errors.ts';
import type { Operation } from '../../model/document.ts';
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
    const { replies, sends: allowed } = scriptOf(plan, sends);
    return { ...plan, operation, replies, sends: allowed };
  });
}

export function sdkPlans(operation: Operation): readonly SdkPlan[] {
  const value = ordinaryValue(operation);
  const accepted = replyOf(operation, (status) => status >= 200 && status < 300);
  return [
    ...declaredPlans(operation, value),
    ...idPlans(operation, accepted),
    ...replyPlans(operation, value),
    ...retryPlans(operation, value, {
      accepted,
      notFound: replyOf(operation, (status) => status === 404),
      fault: replyOf(operation, (status) => status >= 500),
    }),
  ];
}

function scriptOf(plan: SdkPlan, known: Release['sends']): { replies: readonly Reply[]; sends: Sends } {
  if (plan.situation === undefined) {
    return {
      replies: [plan.reply],
      sends: { min: plan.refusal === 'forbidden' ? 1 : 0, max: plan.refusal === 'required' ? 0 : 1 },
    };
  }
  const { min, max } = known[plan.situation];
  if (plan.afterwards === undefined)
    return { replies: Array.from({ length: max }, () => plan.reply), sends: { min, max } };
  const most = Math.min(2, max);
  return { replies: [plan.reply, plan.afterwards].slice(0, most), sends: { min: Math.min(min, most), max: most } };
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
    throw new HarnessError('E_SDK_OPERATION', `${operation.id} lacks a response that SDK cases are told with.`, {
      hint: 'SDK cases need a 2xx, a 404 and a 5xx declared for the operation.',
    });
  }
  const [media] = response.media;
  return declaredReply(operation, response, media, media?.examples[0]);
}
