import type { CredentialVariant, Send } from '../../model/case.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import {
  asBrowser,
  type Bench,
  exactly,
  headersAnd,
  needs,
  needsUnknown,
  onOneConnection,
  type Part,
  pathWith,
  present,
  type Probe,
  queryAnd,
  refused,
  send,
  tolerated,
  versionHeader,
  withFirstLetter,
} from './context.ts';

/** Whoever has no key is told nothing, does nothing, and finds no way around. */
export function strangerProbes(bench: Bench, unauthorized: Part): readonly Probe[] {
  const { accepted, locked } = bench;
  return [
    ...(accepted === undefined ? [] : [beforeExistence(bench, unauthorized, accepted)]),
    ...(locked === undefined ? [] : [beforePrecondition(bench, unauthorized, locked)]),
    ...beforeFaults(bench, unauthorized),
    ...(accepted === undefined ? [] : [oddRequests(bench, unauthorized, accepted)]),
  ];
}

function beforeExistence(bench: Bench, unauthorized: Part, accepted: Part): Probe {
  return {
    name: 'before-existence',
    title: 'An existing id answers a stranger as an unknown one does',
    requirement: `${unauthorized.response.key} comes before any look at the resource, so that ids cannot be guessed.`,
    needs: [needs(bench, accepted), ...needsUnknown(bench)],
    steps: [
      send(bench, 'an existing id', exactly(unauthorized), { credential: 'none' }),
      ...unknownAlike(bench, unauthorized, { alike: 'an existing id', credential: 'none' }),
    ],
  };
}

function beforePrecondition(bench: Bench, unauthorized: Part, locked: Part): Probe {
  return {
    name: 'before-precondition',
    title: 'A locked resource answers a stranger as any other does',
    requirement: `${unauthorized.response.key} comes before ${locked.response.key}, and tells nothing of it.`,
    needs: [needs(bench, locked), ...needsUnknown(bench)],
    steps: [
      send(bench, 'a locked id', exactly(unauthorized), { credential: 'wrong' }),
      ...unknownAlike(bench, unauthorized, { alike: 'a locked id', credential: 'wrong' }),
    ],
  };
}

/** A server that fails for strangers has begun to work for them. */
function beforeFaults(bench: Bench, unauthorized: Part): readonly Probe[] {
  return bench.faults.map((fault) => ({
    name: `before-${fault.response.key}`,
    title: `A stranger does not get as far as ${fault.response.key}`,
    requirement: `${unauthorized.response.key} comes before the work that fails with ${fault.response.key}.`,
    needs: [needs(bench, fault)],
    steps: [
      send(bench, 'what fails, without a key', exactly(unauthorized), { credential: 'none' }),
      send(bench, 'what fails, with a wrong one', exactly(unauthorized), { credential: 'wrong' }),
    ],
    // Servers that can be made to fail on purpose may do so before they do anything else.
    severity: 'advice',
  }));
}

/** Refused in the same words: any difference would tell a stranger which ids there are. */
function unknownAlike(
  bench: Bench,
  unauthorized: Part,
  { alike, credential }: { readonly alike: string; readonly credential: CredentialVariant },
): readonly Send[] {
  if (bench.missing === undefined) return [];
  const path = pathWith(bench, '{unknown_id}');
  return [{ ...send(bench, 'an unknown id', exactly(unauthorized), { credential, path }), alike }];
}

/** What a server looks at before the key, and may then forget to look at it. */
function oddRequests(bench: Bench, unauthorized: Part, accepted: Part): Probe {
  const version = versionHeader(bench);
  const refusal = tolerated(unauthorized);
  const odd = (what: string, change: Parameters<typeof send>[3]): Send =>
    onOneConnection(send(bench, `without a key, ${what}`, refusal, { ...change, credential: 'none' }));
  const bearing = (...more: readonly HeaderPair[]): { readonly headers: readonly HeaderPair[] } => ({
    headers: headersAnd(bench, ...more),
  });
  return {
    name: 'odd-requests',
    title: 'No odd request gets around the key',
    requirement: 'A request without a key must be refused, whatever else is odd about it, and change nothing.',
    needs: [needs(bench, accepted)],
    steps: [
      ...(version === undefined
        ? []
        : [
            odd('nor a version', { headers: version.others }),
            odd('with a version nobody knows', { headers: [...version.others, [version.name, '1999-01']] }),
          ]),
      odd('with a wish for debugging', { query: queryAnd(bench, ['debug', 'true']), ...bearing(['X-Debug', 'true']) }),
      odd('as a browser', bearing(...asBrowser)),
      odd('as a question ahead of another', bearing(['Access-Control-Request-Method', bench.operation.method])),
      odd('with its method overridden', bearing(['X-HTTP-Method-Override', 'OPTIONS'], ['X-Original-Method', 'GET'])),
      odd('with its path rewritten', bearing(['X-Original-URL', '/'], ['X-Rewrite-URL', '/'])),
      odd('from a monitor', bearing(['User-Agent', 'kube-probe/1.30'], ['X-Health-Check', 'true'])),
      ...(bench.operation.requestBody === undefined
        ? [odd('with a body', { ...bearing(['Content-Type', 'application/json']), body: '{}' })]
        : []),
      onOneConnection(
        send(bench, 'without a key, on the path in percent-encoding', refused, {
          credential: 'none',
          path: withFirstLetter(bench, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
        }),
      ),
      present(bench.resource),
    ],
  };
}
