import type { CredentialVariant, Expectation } from '../../model/case.ts';
import { mainCredential } from '../../openapi/operation/security.ts';
import type { Credential } from '../../model/document.ts';
import {
  type ProbeContext,
  exactly,
  needs,
  onOneConnection,
  type RoleResponse,
  pathWith,
  present,
  type Probe,
  send,
  oneOfOr4xx,
} from './context.ts';
import { forbiddenProbes } from './forbidden.ts';
import { keyProbes } from './key.ts';
import { stillDeletable } from './still-deletable.ts';
import { unauthenticatedProbes } from './unauthenticated.ts';

/** The key: shown as the document says or not at all, judged before anything else, and forgotten at once. */
export function authProbes(context: ProbeContext): readonly Probe[] {
  const { unauthorized, missing, accepted, resource } = context;
  const shown = mainCredential(context.operation);
  if (unauthorized === undefined || shown === undefined) return [];
  const refusal = exactly(unauthorized);
  // Front ends refuse headers that are too long for them (RFC 6585 §5) before anybody looks for a key.
  const refusalOf = (variant: CredentialVariant): Expectation =>
    variant === 'over-long' ? oneOfOr4xx(unauthorized) : refusal;
  const proper = context.operation.security.flat().map(properVariant);
  const variants = refusedVariants.filter(([variant]) => !proper.includes(variant));
  const probes: Probe[] = [];

  if (missing !== undefined) {
    for (const [credential, how, title] of variants) {
      probes.push({
        name: nameOf(credential),
        title: `${title} is refused`,
        requirement: `A request whose key is ${how} must be answered ${unauthorized.response.key}.`,
        needs: [needs(context, missing)],
        steps: [send(context, `with the key ${how}`, refusalOf(credential), { credential })],
      });
    }
    if (shown.in === 'header' && shown.type !== 'mutualTLS')
      probes.push(...inHeader(context, shown.name, unauthorized, missing));
    probes.push(...keyProbes(context, shown, { unauthorized, missing }));
  }
  if (accepted !== undefined) {
    probes.push({
      name: 'nothing-happens',
      title: 'A refused key changes nothing',
      requirement: `After ${unauthorized.response.key}, the resource is still there.`,
      needs: [needs(context, accepted)],
      steps: [
        ...variants.map(([credential, how]) =>
          send(context, `with the key ${how}`, refusalOf(credential), { credential }),
        ),
        present(resource),
      ],
    });
  }
  if (accepted !== undefined) {
    probes.push(
      stillDeletable(context, accepted, {
        name: 'still-deletable',
        after: 'After refused keys',
        sends: variants.map(([credential, how]) =>
          send(context, `with the key ${how}`, refusalOf(credential), { credential }),
        ),
      }),
    );
  }
  if (accepted !== undefined && missing !== undefined) {
    const remembered = onOneConnection(
      send(context, 'a valid key first', exactly(missing), { path: pathWith(context, '{unknown_id}') }),
    );
    probes.push({
      name: 'key-not-remembered',
      title: 'A key shown earlier on a connection counts for nothing later',
      requirement: 'Each request must show its own key, also on a connection that has seen a valid one.',
      needs: [needs(context, accepted), needs(context, missing, { as: 'unknown_id' })],
      steps: [
        remembered,
        onOneConnection(send(context, 'then none on the same connection', refusal, { credential: 'none' })),
        onOneConnection(send(context, 'then a wrong one', refusal, { credential: 'wrong' })),
        present(resource),
      ],
    });
  }
  return [...probes, ...unauthenticatedProbes(context, unauthorized), ...forbiddenProbes(context)];
}

/** What only a key in a header can show. */
function inHeader(
  context: ProbeContext,
  header: string,
  unauthorized: RoleResponse,
  missing: RoleResponse,
): readonly Probe[] {
  return [
    {
      name: 'header-name-case',
      title: `The name ${header} counts in any letter case`,
      requirement: 'Header names are case-insensitive (RFC 9110 §5.1): another spelling must be accepted.',
      needs: [needs(context, missing)],
      steps: [
        send(context, 'with the name in another letter case', exactly(missing), { credential: 'other-spelling' }),
      ],
    },
    {
      name: 'doubled-key',
      title: 'A valid key beside a wrong one does not pass as two',
      requirement: 'Two keys in one request must not succeed or break the server.',
      needs: [needs(context, missing)],
      steps: [
        send(context, 'with a valid and a wrong key', oneOfOr4xx(unauthorized, missing), {
          headers: [[header, 'pcsk_00000_another'], ...context.request.headers],
        }),
      ],
    },
  ];
}

/** The way in which the key belongs there, so that it is no reason to refuse it. */
function properVariant({ in: place, type }: Credential): CredentialVariant {
  if (place !== 'header') return place === 'query' ? 'in-query' : 'in-cookie';
  return type === 'apiKey' ? 'valid' : 'as-bearer';
}

const refusedVariants: readonly (readonly [CredentialVariant, how: string, title: string])[] = [
  ['none', 'left out', 'A request without a key'],
  ['empty', 'left empty', 'An empty key'],
  ['wrong', 'unknown', 'An unknown key'],
  ['truncated', 'one character short', 'A key without its last character'],
  ['extended', 'one character longer', 'A key with one character more'],
  ['other-case', 'in another letter case', 'A key in another letter case'],
  ['over-long', 'thousands of characters long', 'A key of thousands of characters'],
  ['in-query', 'in the query', 'A key in the query'],
  ['in-cookie', 'in a cookie', 'A key in a cookie'],
  ['as-bearer', 'a bearer token', 'A key shown as a bearer token'],
];

function nameOf(variant: CredentialVariant): string {
  switch (variant) {
    case 'none':
      return 'no-key';
    case 'in-query':
    case 'in-cookie':
    case 'as-bearer':
      return `key-${variant}`;
    default:
      return `${variant}-key`;
  }
}
