import { holdsSecret } from '../../wire/secrets/secret-forms.ts';
import type { CallOutcome, Raised } from '../driver/protocol.ts';
import { secondKeyOf } from '../second-key.ts';
import type { Meaning } from '../server/script.ts';
import { keyHeader, valuesOf, versionHeader } from '../server/wire-headers.ts';
import type { Observed, RuleViolation, SdkRule } from './rule.ts';

/** What must hold however a client is made and used: what it refuses, what the user adds, and who else is calling. */
export const clientRules: readonly SdkRule[] = [
  {
    name: 'sdk/refusal-type',
    requirement:
      "An error that comes before anything was sent is of the SDK's own type, or of the one that the language has for wrong arguments.",
    waivable: 'by-review',
    run: function* (o) {
      const { ownErrors, argumentErrors = [] } = o.manifest;
      const raised = refusalIn(o);
      if (raised === undefined || isOneOf(raised, [...ownErrors, ...argumentErrors])) return;
      yield {
        message: 'The error says nothing of the argument: it is one from the inside of the client.',
        where: 'error',
        expected: `one of ${[...ownErrors, ...argumentErrors].join('*, ')}*`,
        actual: raised.class,
        hint: 'Look at the id and the options first, and refuse what cannot be sent.',
      };
    },
  },
  {
    name: 'sdk/no-plain-text',
    requirement: 'A host that is given without http:// is spoken to with TLS: the key does not go out in plain text.',
    waivable: 'by-review',
    run: function* (o) {
      if (o.case.use?.base !== 'bare-host' || o.requests.length === 0) return;
      yield {
        message: 'The key went out in plain text to a host that was given without a scheme.',
        where: 'request 1',
        expected: 'TLS, or a refusal',
        actual: 'a request without TLS',
        hint: 'Put https:// before a host that has no scheme.',
      };
    },
  },
  {
    name: 'sdk/additional-headers',
    requirement: 'A header that the user adds arrives once, as it was given.',
    waivable: 'by-review',
    run: function* (o) {
      const added = Object.entries(o.case.use?.headers ?? {}).filter(([name]) => !isOwn(name));
      for (const [name, value] of added) {
        const wrong = o.requests
          .map(({ headers }) => valuesOf(headers, name))
          .find((values) => values.join() !== value);
        if (wrong === undefined) continue;
        yield {
          message: 'A header that the user adds does not arrive.',
          where: 'wire',
          expected: `${name}: ${value}`,
          actual: wrong.length === 0 ? `no ${name}` : `${name}: ${wrong.join(' and ')}`,
        };
      }
    },
  },
  {
    name: 'sdk/calls-apart',
    requirement: 'Of two calls of one client each ends as its own answer says.',
    waivable: 'by-review',
    run: function* (o) {
      const [first] = o.result?.also ?? [];
      if (o.case.use?.again === undefined || first === undefined) return;
      yield* endOf('The first call of the client', first, o.case.reply.means);
    },
  },
  {
    name: 'sdk/clients-apart',
    requirement: 'Of two clients at the same time each sends its own key, and gets the answer to its own request.',
    waivable: 'by-review',
    run: function* (o) {
      const [other] = o.result?.also ?? [];
      const { beside } = o.case.use ?? {};
      if (beside === undefined || other === undefined) return;
      if (o.beside.length !== 1) {
        yield {
          message: 'The request of the second client was not sent exactly once.',
          where: 'wire',
          expected: '1',
          actual: String(o.beside.length),
        };
      }
      const key = secondKeyOf(o.key);
      const isRight = o.beside.every(({ headers }) => {
        const others = headers.filter(([name]) => name.toLowerCase() !== keyHeader.toLowerCase());
        const keys = valuesOf(headers, keyHeader);
        return keys.length === 1 && keys[0] === key && !holdsSecret(JSON.stringify(others), [o.key]);
      });
      if (!isRight) {
        yield {
          message: 'The second client does not send its own key, or not only that.',
          where: 'wire',
          expected: 'one Api-Key header with the key of the second client',
          actual: 'another key, or more than one',
        };
      }
      yield* endOf('The call of the second client', other, beside.reply.means);
    },
  },
];

/** The error of a call of which nothing reached a server. What ends a call that was cancelled is no refusal. */
function refusalIn(o: Observed): Raised | undefined {
  const reached = o.requests.length + o.beside.length + o.elsewhere.length + o.handshakes > 0;
  if (reached || o.outside.length > 0 || o.case.use?.cancelAfterMs !== undefined) return undefined;
  return o.result?.outcome === 'raised' ? o.result.raised : undefined;
}

function isOneOf({ lineage }: Raised, beginnings: readonly string[]): boolean {
  return lineage.some((type) => beginnings.some((begins) => type.startsWith(begins)));
}

function isOwn(name: string): boolean {
  return [keyHeader, versionHeader].some((own) => own.toLowerCase() === name.toLowerCase());
}

function* endOf(who: string, call: CallOutcome, means: Meaning): Iterable<RuleViolation> {
  const expected = means.kind === 'success' ? 'returned' : 'raised';
  if (call.outcome === expected) return;
  const actual = call.outcome === 'raised' ? `raised ${call.raised.class}` : call.outcome;
  yield { message: `${who} did not end as its answer says.`, where: 'outcome', expected, actual };
}
