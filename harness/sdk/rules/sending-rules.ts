import { holdsSecret } from '../../wire/secrets/secret-forms.ts';
import type { Observed, SdkRule } from './rule.ts';
import type { ReceivedRequest, Reply } from '../server/script.ts';
import { targetIssue } from './target.ts';
import { keyHeader, valuesOf, versionHeader } from '../server/wire-headers.ts';

/** What must hold for the requests of a case together: how many, how alike, how soon, and where to. */
export const sendingRules: readonly SdkRule[] = [
  {
    name: 'sdk/sends',
    requirement: 'The request is sent exactly as often as this release is known to send it in this situation.',
    waivable: 'by-review',
    run: function* (o) {
      // A request that addressed the wrong thing is reported as that; the script could not go on.
      if (strays(o)) return;
      const { min, max } = o.case.sends;
      const count = o.requests.length;
      // A driver that gave no result may have ended before the SDK had sent all: only too many are the SDK's doing.
      if (count <= max && (count >= min || o.result === undefined)) return;
      yield {
        message:
          count > max
            ? 'The request was sent more often than expected.'
            : 'The request was sent less often than expected.',
        where: 'wire',
        expected: min === max ? String(min) : `${min} to ${max}`,
        actual: `${count}: ${o.requests.map(({ reply }) => (reply === undefined ? 'past the script' : `reply ${reply + 1}`)).join(', ') || 'nothing was sent'}`,
        hint:
          o.case.situation === undefined
            ? 'A DELETE that was answered is not sent again.'
            : `When the retry policy of the release changed, write the new number as sends.${o.case.situation} in sdk.yaml.`,
      };
    },
  },
  {
    name: 'sdk/same-again',
    requirement: 'A request that is sent again is the same: method, target, body, key and version.',
    waivable: 'by-review',
    run: function* (o) {
      const [first, ...again] = o.requests.map(essence);
      for (const [index, one] of again.entries()) {
        if (one === first) continue;
        yield {
          message: 'The request changed when it was sent again.',
          where: `request ${index + 2}`,
          expected: hide(first ?? '', o.key),
          actual: hide(one, o.key),
        };
      }
    },
  },
  {
    name: 'sdk/retry-after',
    requirement: 'A request is not sent again before the time that Retry-After asks for.',
    waivable: 'by-review',
    run: function* (o) {
      for (const [index, request] of o.requests.entries()) {
        const reply = request.reply === undefined ? undefined : o.case.replies[request.reply];
        const next = o.requests[index + 1];
        if (reply?.kind !== 'answer' || next === undefined) continue;
        const [seconds] = valuesOf(reply.headers, 'Retry-After');
        const waited = next.atMs - request.atMs;
        // 50 ms for timers that round down.
        if (seconds === undefined || waited >= Number(seconds) * 1000 - 50) continue;
        yield {
          message: 'The request was sent again too early.',
          where: `request ${index + 2}`,
          expected: `after ${seconds} s, as Retry-After says`,
          actual: `earlier than that`,
        };
      }
    },
  },
  {
    name: 'sdk/key-stays-home',
    requirement: 'No redirect makes the SDK send the key to another origin.',
    waivable: 'by-review',
    run: function* (o) {
      for (const { headers, method, target, body } of o.elsewhere) {
        const texts = [...headers.flat(), target, body];
        if (!texts.some((text) => holdsSecret(text, [o.key]))) continue;
        yield {
          message: isRedirect(o.case.reply)
            ? 'The key was sent to another origin, because a redirect pointed there.'
            : 'The key was sent to another origin than the one that the client was given.',
          where: 'wire',
          expected: 'no key at another origin',
          actual: `${method} to the other origin, with the key`,
          ...(isRedirect(o.case.reply)
            ? { hint: 'Do not follow redirects, or drop Api-Key when the origin changes.' }
            : {}),
        };
      }
    },
  },
  {
    name: 'sdk/loopback-only',
    requirement: 'The SDK connects to no host but the one that it was given.',
    waivable: 'never',
    run: function* (o) {
      for (const hit of new Set(o.outside)) {
        yield {
          message: 'The SDK tried to leave the machine.',
          where: 'wire',
          expected: 'only the host it was given',
          actual: hit,
        };
      }
    },
  },
];

function isRedirect(reply: Reply): boolean {
  return reply.kind === 'answer' && reply.status >= 300 && reply.status < 400;
}

function strays(o: Observed): boolean {
  const { operation, path, value } = o.case;
  return o.requests.some(
    ({ method, target, unreadable }) =>
      unreadable !== undefined || method !== operation.method || targetIssue(target, path, value) !== undefined,
  );
}

function essence({ method, target, headers, body }: ReceivedRequest): string {
  const fixed = [keyHeader, versionHeader].map((name) => `${name}: ${valuesOf(headers, name).join(' and ')}`);
  return [`${method} ${target}`, ...fixed, body].join('\n');
}

function hide(text: string, key: string): string {
  return text.replaceAll(key, '<api-key>');
}
