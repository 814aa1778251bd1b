import type { HeaderPair } from '../../model/exchange.ts';
import {
  asBrowser,
  type ProbeContext,
  not5xx,
  headersAnd,
  needs,
  neighbour,
  pathWith,
  present,
  type Probe,
  queryAnd,
  send,
  oneOfOr4xx,
  versionHeader,
} from './context.ts';
import { sendsOf, stillDeletable } from './still-deletable.ts';

/** The shape of the request: what the contract does not ask for changes nothing. */
export function requestProbes(context: ProbeContext): readonly Probe[] {
  return [...besides(context), ...baggage(context), ...negotiation(context), ...origins(context), ...versions(context)];
}

/** A body, a query or a header that names another resource, or asks for force. */
function besides(context: ProbeContext): readonly Probe[] {
  const { accepted, missing, locked, resource } = context;
  const probes: Probe[] = [];
  if (accepted !== undefined) {
    const other = needs(context, accepted, { as: neighbour });
    const own = needs(context, accepted, { consumes: true });
    const naming = (change: Parameters<typeof send>[3], what: string): Probe['steps'] => [
      send(context, what, oneOfOr4xx(accepted), change),
      present(neighbour, 'the one it names stays'),
    ];
    if (context.operation.requestBody === undefined) {
      probes.push({
        name: 'body',
        title: 'A body changes nothing',
        requirement: 'No request body is declared: one that names another resource must be ignored or refused.',
        needs: [own, other],
        steps: naming(
          {
            headers: headersAnd(context, ['Content-Type', 'application/json']),
            body: JSON.stringify({ [resource]: `{${neighbour}}`, id: `{${neighbour}}`, ids: [`{${neighbour}}`] }),
          },
          'a body that names another',
        ),
      });
    }
    probes.push(
      {
        name: 'unknown-query',
        title: 'An unknown query parameter changes nothing',
        requirement: 'No query parameter is declared: one that names another resource must be ignored or refused.',
        needs: [own, other],
        steps: naming(
          {
            query: queryAnd(
              context,
              ...[resource, 'id', 'ids', 'backupId', 'name'].map((name): HeaderPair => [name, `{${neighbour}}`]),
            ),
          },
          'a query that names another',
        ),
      },
      {
        name: 'unknown-header',
        title: 'An unknown header changes nothing',
        requirement: 'A header that the document does not declare must be ignored.',
        needs: [own, other],
        steps: naming(
          {
            headers: headersAnd(
              context,
              ['X-Backup-Id', `{${neighbour}}`],
              ['X-Resource-Id', `{${neighbour}}`],
              ...['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Uri', 'X-Forwarded-Path', 'Content-Location'].map(
                (name): HeaderPair => [name, pathWith(context, `{${neighbour}}`)],
              ),
            ),
          },
          'headers that name another',
        ),
      },
    );
    // The first of them may delete the case's own, so that the others may find nothing.
    const expectation = oneOfOr4xx(accepted, missing);
    probes.push(
      stillDeletable(context, accepted, {
        name: 'named-one-still-deletable',
        after: 'After requests for another that name it in body, query and headers',
        what: neighbour,
        needs: [own],
        sends: sendsOf(probes).map((each) => ({ ...each, expectation })),
      }),
    );
  }
  if (accepted !== undefined && missing !== undefined && context.operation.requestBody === undefined) {
    probes.push({
      name: 'body-on-unknown',
      title: 'An id in the body does not replace the id in the path',
      requirement: 'The path names the resource: a body must not delete another one.',
      needs: [needs(context, missing, { as: 'unknown_id' }), needs(context, accepted)],
      steps: [
        send(context, 'an unknown id, a body that names an existing one', oneOfOr4xx(missing), {
          path: pathWith(context, '{unknown_id}'),
          headers: headersAnd(context, ['Content-Type', 'application/json']),
          body: JSON.stringify({ [resource]: `{${resource}}` }),
        }),
        present(resource),
      ],
    });
  }
  if (locked !== undefined) {
    probes.push({
      name: 'force',
      title: 'No parameter or header overrides the precondition',
      requirement: `Undeclared parameters must not lift the precondition behind ${locked.response.key}.`,
      needs: [needs(context, locked)],
      steps: [
        send(context, 'with force in query and headers', oneOfOr4xx(locked), {
          query: queryAnd(context, ...forcing.map((name): HeaderPair => [name, 'true'])),
          headers: headersAnd(
            context,
            ['If-Match', '*'],
            ...['X-Force', 'X-Force-Delete', 'Force', 'X-Override', 'X-Confirm', 'X-Admin'].map((name): HeaderPair => [
              name,
              'true',
            ]),
          ),
        }),
        ...(context.operation.requestBody === undefined
          ? [
              send(context, 'with force in a body', oneOfOr4xx(locked), {
                headers: headersAnd(context, ['Content-Type', 'application/json']),
                body: JSON.stringify({ force: true, cascade: true }),
              }),
            ]
          : []),
        present(resource),
      ],
    });
  }
  return probes;
}

const forcing = ['force', 'cascade', 'override', 'confirm', 'purge', 'permanent', 'recursive', 'ignore_pending'];

/** What a request for an unknown id may carry, which must neither break the server nor weaken its protection. */
function baggage(context: ProbeContext): readonly Probe[] {
  const { missing } = context;
  if (missing === undefined) return [];
  const json: HeaderPair = ['Content-Type', 'application/json'];
  const carried: readonly (readonly [name: string, what: string, change: Parameters<typeof send>[3]])[] = [
    [
      'debug',
      'debug flags',
      {
        query: queryAnd(context, ['debug', 'true'], ['trace', '1']),
        headers: headersAnd(context, ['X-Debug', 'true'], ['X-Forwarded-For', '127.0.0.1'], ['Pragma', 'trace']),
      },
    ],
    [
      'conditions',
      'a range and conditions',
      {
        headers: headersAnd(
          context,
          ['Range', 'bytes=0-0'],
          ['If-None-Match', '"none"'],
          ['If-Modified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
        ),
      },
    ],
    [
      'other-credentials',
      'a cookie and another scheme beside the key',
      { headers: headersAnd(context, ['Cookie', 'session=0; a="b'], ['Authorization', 'Basic Og==']) },
    ],
    ...(context.operation.requestBody === undefined
      ? ([
          ['body-broken', 'a body of broken JSON', { headers: headersAnd(context, json), body: '{"ids": [' }],
          [
            'body-untyped',
            'a body of no known type',
            { headers: headersAnd(context, ['Content-Type', ';;']), body: '\u0001' },
          ],
        ] as const)
      : []),
  ];
  return carried.map(([name, what, change]) => ({
    name,
    title: `A request with ${what} is answered as declared, or refused`,
    requirement: `A request with ${what} must be answered ${missing.response.key} as declared, or refused; it must neither break the server nor weaken its protection.`,
    needs: [needs(context, missing)],
    steps: [send(context, `with ${what}`, oneOfOr4xx(missing), change)],
  }));
}

function negotiation(context: ProbeContext): readonly Probe[] {
  const { missing } = context;
  if (missing === undefined) return [];
  const odd: readonly (readonly [name: string, what: string, headers: readonly HeaderPair[]])[] = [
    ['accept-html', 'the Accept of a browser', asBrowser],
    ['accept-nothing', 'an Accept that refuses everything', [['Accept', '*/*;q=0']]],
    ['accept-broken', 'an Accept that cannot be read', [['Accept', ';;,/']]],
    [
      'accept-others',
      'an Accept that asks for anything but JSON',
      [['Accept', 'application/problem+json, application/xml, text/plain']],
    ],
    ['accept-language', 'an unknown language', [['Accept-Language', 'xx-XX, *;q=0']]],
  ];
  return odd.map(([name, what, headers]) => ({
    name,
    title: `A request with ${what} is answered as declared, or refused`,
    requirement: `A request with ${what} must be answered ${missing.response.key} as declared, or refused.`,
    needs: [needs(context, missing)],
    steps: [send(context, `with ${what}`, oneOfOr4xx(missing), { headers: headersAnd(context, ...headers) })],
  }));
}

/** What a web page of another origin is allowed (CORS): it must not read with the credentials of its visitor. */
function origins(context: ProbeContext): readonly Probe[] {
  const { missing, operation } = context;
  if (missing === undefined) return [];
  const origin: HeaderPair = ['Origin', 'https://another.example'];
  const asked = operation.security
    .flat()
    .filter((credential) => credential.in === 'header')
    .map(({ name }) => name);
  return [
    {
      name: 'foreign-origin',
      title: 'A web page of another origin is not let in with credentials',
      requirement:
        'A request with an unknown Origin must be answered as any other, and no answer may let that origin send credentials.',
      needs: [needs(context, missing)],
      steps: [
        send(context, 'from another origin', oneOfOr4xx(missing), { headers: headersAnd(context, origin) }),
        send(context, 'a CORS preflight', not5xx, {
          method: 'OPTIONS',
          credential: 'none',
          headers: [
            origin,
            ['Access-Control-Request-Method', operation.method],
            ...(asked.length === 0
              ? []
              : [['Access-Control-Request-Headers', asked.join(', ').toLowerCase()] as const]),
          ],
        }),
      ],
    },
  ];
}

/** The version header: missing, unknown, doubled. */
function versions(context: ProbeContext): readonly Probe[] {
  const { missing } = context;
  const header = versionHeader(context);
  if (missing === undefined || header === undefined) return [];
  const { name, value, others } = header;
  const variants: readonly (readonly [name: string, what: string, headers: readonly HeaderPair[]])[] = [
    ['version-missing', 'without a version header', others],
    ['version-unknown', 'with an unknown version', [...others, [name, '1999-01']]],
    ['version-empty', 'with an empty version', [...others, [name, '']]],
    ['version-unstable', 'with the version unstable', [...others, [name, 'unstable']]],
    ['version-nonsense', 'with a malformed version', [...others, [name, `'"<>;--`]]],
    ['version-doubled', 'with two versions', headersAnd(context, [name, value === '2025-04' ? '2025-10' : '2025-04'])],
  ];
  return variants.map(([probe, what, headers]) => ({
    name: probe,
    title: `A request ${what} is answered as declared, or refused`,
    requirement: `A request ${what} must be answered ${missing.response.key} as declared, or refused; it must not break the server.`,
    needs: [needs(context, missing)],
    steps: [send(context, what, oneOfOr4xx(missing), { headers })],
  }));
}
