import type { CredentialVariant, Send } from '../../model/case.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import {
  asBrowser,
  type ProbeContext,
  exactly,
  headersAnd,
  needs,
  needsUnknown,
  onOneConnection,
  type RoleResponse,
  pathWith,
  present,
  type Probe,
  queryAnd,
  rejected,
  send,
  oneOfOr4xx,
  versionHeader,
  withFirstLetter,
} from './context.ts';

/** Requests without a valid key disclose nothing, change nothing and do not bypass the check. */
export function unauthenticatedProbes(context: ProbeContext, unauthorized: RoleResponse): readonly Probe[] {
  const { accepted, locked } = context;
  return [
    ...(accepted === undefined ? [] : [beforeExistence(context, unauthorized, accepted)]),
    ...(locked === undefined ? [] : [beforePrecondition(context, unauthorized, locked)]),
    ...beforeFaults(context, unauthorized),
    ...(accepted === undefined ? [] : [oddRequests(context, unauthorized, accepted)]),
  ];
}

function beforeExistence(context: ProbeContext, unauthorized: RoleResponse, accepted: RoleResponse): Probe {
  return {
    name: 'before-existence',
    title: 'Without a key, an existing id is answered as an unknown one is',
    requirement: `${unauthorized.response.key} is decided before the resource is read, so that ids cannot be guessed.`,
    needs: [needs(context, accepted), ...needsUnknown(context)],
    steps: [
      send(context, 'an existing id', exactly(unauthorized), { credential: 'none' }),
      ...unknownAlike(context, unauthorized, { sameAnswerAs: 'an existing id', credential: 'none' }),
    ],
  };
}

function beforePrecondition(context: ProbeContext, unauthorized: RoleResponse, locked: RoleResponse): Probe {
  return {
    name: 'before-precondition',
    title: 'Without a valid key, a locked resource is answered as any other is',
    requirement: `${unauthorized.response.key} comes before ${locked.response.key}, and discloses nothing of it.`,
    needs: [needs(context, locked), ...needsUnknown(context)],
    steps: [
      send(context, 'a locked id', exactly(unauthorized), { credential: 'wrong' }),
      ...unknownAlike(context, unauthorized, { sameAnswerAs: 'a locked id', credential: 'wrong' }),
    ],
  };
}

/** A server that fails before it refuses has begun to work for a request without a key. */
function beforeFaults(context: ProbeContext, unauthorized: RoleResponse): readonly Probe[] {
  return context.faults.map((fault) => ({
    name: `before-${fault.response.key}`,
    title: `Without a valid key, no request gets as far as ${fault.response.key}`,
    requirement: `${unauthorized.response.key} comes before the work that fails with ${fault.response.key}.`,
    needs: [needs(context, fault)],
    steps: [
      send(context, 'what fails, without a key', exactly(unauthorized), { credential: 'none' }),
      send(context, 'what fails, with a wrong one', exactly(unauthorized), { credential: 'wrong' }),
    ],
    // Servers that can be made to fail on purpose may do so before they do anything else.
    severity: 'advice',
  }));
}

/** Refused in the same words: any difference would show which ids there are. */
function unknownAlike(
  context: ProbeContext,
  unauthorized: RoleResponse,
  { sameAnswerAs, credential }: { readonly sameAnswerAs: string; readonly credential: CredentialVariant },
): readonly Send[] {
  if (context.missing === undefined) return [];
  const path = pathWith(context, '{unknown_id}');
  return [{ ...send(context, 'an unknown id', exactly(unauthorized), { credential, path }), sameAnswerAs }];
}

/** What a server looks at before the key, and may then forget to look at it. */
function oddRequests(context: ProbeContext, unauthorized: RoleResponse, accepted: RoleResponse): Probe {
  const version = versionHeader(context);
  const refusal = oneOfOr4xx(unauthorized);
  const odd = (what: string, change: Parameters<typeof send>[3]): Send =>
    onOneConnection(send(context, `without a key, ${what}`, refusal, { ...change, credential: 'none' }));
  const bearing = (...more: readonly HeaderPair[]): { readonly headers: readonly HeaderPair[] } => ({
    headers: headersAnd(context, ...more),
  });
  return {
    name: 'odd-requests',
    title: 'No unusual request bypasses the key',
    requirement: 'A request without a key must be refused, whatever else is odd about it, and change nothing.',
    needs: [needs(context, accepted)],
    steps: [
      ...(version === undefined
        ? []
        : [
            odd('nor a version', { headers: version.others }),
            odd('with a version nobody knows', { headers: [...version.others, [version.name, '1999-01']] }),
          ]),
      odd('with debug flags', {
        query: queryAnd(context, ['debug', 'true']),
        ...bearing(['X-Debug', 'true']),
      }),
      odd('as a browser', bearing(...asBrowser)),
      odd('as a CORS preflight', bearing(['Access-Control-Request-Method', context.operation.method])),
      odd('with its method overridden', bearing(['X-HTTP-Method-Override', 'OPTIONS'], ['X-Original-Method', 'GET'])),
      odd('with its path rewritten', bearing(['X-Original-URL', '/'], ['X-Rewrite-URL', '/'])),
      odd('as a health check', bearing(['User-Agent', 'kube-probe/1.30'], ['X-Health-Check', 'true'])),
      ...(context.operation.requestBody === undefined
        ? [odd('with a body', { ...bearing(['Content-Type', 'application/json']), body: '{}' })]
        : []),
      onOneConnection(
        send(context, 'without a key, on the path in percent-encoding', rejected, {
          credential: 'none',
          path: withFirstLetter(context, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
        }),
      ),
      present(context.resource),
    ],
  };
}
