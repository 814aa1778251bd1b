import type { Json } from '../../model/document.ts';
import type { Exposed, Raised } from '../driver/protocol.ts';
import { holdsSecret } from '../../wire/secrets/secret-forms.ts';
import { lastReply } from './last-reply.ts';
import type { RuleViolation, Observed, SdkRule } from './rule.ts';
import type { Meaning } from '../server/script.ts';
import { replyInWords } from '../server/script.ts';

/** What the user of the SDK must get to see, whatever the wire did. */
export const outcomeRules: readonly SdkRule[] = [
  {
    name: 'sdk/supported',
    requirement: 'The driver can make the SDK perform the operation.',
    waivable: 'never',
    run: function* (o) {
      if (o.result?.outcome === 'unsupported')
        yield outcome('The driver says that the SDK has no such operation.', 'a call', o);
    },
  },
  {
    name: 'sdk/settles',
    requirement: 'The call returns or raises in good time, even when the server is silent.',
    waivable: 'by-review',
    run: function* (o) {
      if (o.result?.outcome === 'unsettled') {
        yield outcome('The call neither returned nor raised.', `an end within ${o.case.deadlineMs / 1000} s`, o);
      } else if (o.result !== undefined && endedByItself(o)) {
        const seconds = o.case.deadlineMs / 1000;
        yield {
          message: 'The call did not end when it was cancelled, but later by itself.',
          where: 'outcome',
          expected: `an end within ${seconds} s`,
          actual: `unsettled after ${seconds} s, and ${o.result.outcome} later`,
        };
      }
    },
  },
  {
    name: 'sdk/returns-on-success',
    requirement: 'When the last answer is a success, the call returns.',
    waivable: 'by-review',
    run: function* (o) {
      if (o.result?.outcome !== 'raised' || lastReply(o)?.means.kind !== 'success') return;
      yield outcome('The deletion was accepted, but the user sees an error.', 'the call returns', o);
    },
  },
  {
    name: 'sdk/raises-on-error',
    requirement: 'When the last answer is no success, the call raises.',
    waivable: 'by-review',
    run: function* (o) {
      if (o.result?.outcome !== 'returned') return;
      const reply = lastReply(o);
      if (o.requests.length === 0) {
        yield outcome('Nothing was sent, but the call returned as if the backup were deleted.', 'an error', o);
      } else if (reply === undefined || reply.means.kind !== 'success') {
        const answer = reply === undefined ? 'the 418 of an unexpected request' : replyInWords(reply);
        yield outcome(`The answer was ${answer}, but the call returned as if the backup were deleted.`, 'an error', o);
      }
    },
  },
  {
    name: 'sdk/own-type',
    requirement: "An error that comes from an exchange is of the SDK's own type.",
    waivable: 'by-review',
    run: function* (o) {
      const raised = afterExchange(o);
      if (raised === undefined) return;
      const own = o.manifest.ownErrors;
      if (raised.lineage.some((type) => own.some((begins) => type.startsWith(begins)))) return;
      yield surface(
        "The error is not of the SDK's own type: who catches that does not catch this.",
        `one of ${own.join('*, ')}*`,
        raised.class,
      );
    },
  },
  {
    name: 'sdk/status',
    requirement: 'The HTTP status can be read from the error as a field.',
    waivable: 'by-review',
    run: function* (o) {
      const error = httpError(o);
      if (error === undefined || error.raised.status.value === error.means.status) return;
      yield surface(
        'The HTTP status is not to be read.',
        String(error.means.status),
        exposedInWords(error.raised.status),
      );
    },
  },
  {
    name: 'sdk/code',
    requirement: "The server's error code can be read from the error as a field.",
    waivable: 'by-review',
    run: function* (o) {
      const error = httpError(o);
      if (error?.means.code === undefined || error.raised.code.value === error.means.code) return;
      yield surface("The server's code is not to be read.", error.means.code, exposedInWords(error.raised.code));
    },
  },
  {
    name: 'sdk/message',
    requirement: "The server's message can be read from the error.",
    waivable: 'by-review',
    run: function* (o) {
      const error = httpError(o);
      if (error?.means.message === undefined) return;
      const { message, body, display } = error.raised;
      if ([message.value, body.value, display].some((shown) => holds(shown, error.means.message ?? ''))) return;
      yield surface(
        "The server's message is nowhere to be read.",
        error.means.message,
        `message ${exposedInWords(message)}`,
      );
    },
  },
  {
    name: 'sdk/text',
    requirement: 'An error has a text.',
    waivable: 'by-review',
    run: function* (o) {
      // What a user gets who cancels is what the language has for that.
      if (o.case.use?.cancelAfterMs !== undefined) return;
      if (o.result?.outcome === 'raised' && o.result.raised.display.trim() === '') {
        yield surface('The error has no text.', 'a sentence', 'an empty text');
      }
    },
  },
  {
    name: 'sdk/key-not-shown',
    requirement: 'The key is in nothing that the SDK shows, raises or logs.',
    waivable: 'by-review',
    run: function* (o) {
      const shown = o.result !== undefined && holdsSecret(JSON.stringify(o.result), [o.key]);
      // The line that the driver writes is on the standard output.
      const logged = o.leaks.filter((stream) => !(shown && stream === 'standard output'));
      const places = [
        ...(shown ? ['the error or the returned value'] : []),
        ...logged.map((stream) => `the ${stream}`),
      ];
      for (const place of places) {
        yield { message: 'The key is shown.', where: 'outcome', expected: 'no key', actual: `the key, in ${place}` };
      }
    },
  },
];

/**
 * The driver is given more time than the case has, for the sake of slow machines. What ends a cancelled call in that time is
 * a time-out of the client, which shows that it was not cancelled.
 */
function endedByItself({ case: one, endedAfterMs = 0 }: Observed): boolean {
  return one.use?.cancelAfterMs !== undefined && endedAfterMs > one.deadlineMs;
}

/** The error, if it comes from an exchange. What a user gets who cancels the call is what the language has for that. */
function afterExchange(o: Observed): Raised | undefined {
  if (o.result?.outcome !== 'raised' || o.case.use?.cancelAfterMs !== undefined) return undefined;
  if (o.handshakes > 0 && o.requests.length === 0) return o.result.raised;
  const reply = lastReply(o);
  return reply !== undefined && reply.means.kind !== 'success' ? o.result.raised : undefined;
}

function httpError(o: Observed): { raised: Raised; means: Meaning & { readonly kind: 'error' } } | undefined {
  const raised = afterExchange(o);
  const means = lastReply(o)?.means;
  return raised !== undefined && means?.kind === 'error' ? { raised, means } : undefined;
}

/** As text, or inside JSON text, where quotes and non-ASCII letters may be escaped; or in a parsed body. */
function holds(shown: Json, message: string): boolean {
  if (typeof shown !== 'string') return shown !== null && JSON.stringify(shown).includes(inJson(message));
  return shown.includes(message) || shown.includes(inJson(message)) || shown.includes(inJson(inJson(message)));
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function outcome(message: string, expected: string, o: Observed): RuleViolation {
  const { result } = o;
  const actual = result?.outcome === 'raised' ? `raised ${result.raised.class}` : (result?.outcome ?? 'no result');
  return { message, where: 'outcome', expected, actual };
}

function surface(message: string, expected: string, actual: string): RuleViolation {
  return { message, where: 'error', expected, actual };
}

function exposedInWords({ value, via }: Exposed): string {
  if (via === null) return 'not exposed';
  const text = JSON.stringify(value);
  return `${text.length > 160 ? `${text.slice(0, 157)}...` : text} (${via})`;
}
