import type { CredentialVariant, Step } from '../../model.ts';
import { type Bench, exactly, needs, present, type Probe, send, tolerated } from './bench.ts';

/** The key: shown as the document says or not at all, judged before anything else, and forgotten at once. */
export function authProbes(bench: Bench): readonly Probe[] {
  const { unauthorized, missing, accepted, locked, resource } = bench;
  if (unauthorized === undefined) return [];
  const refusal = exactly(unauthorized);
  const header = bench.operation.security[0]?.name ?? 'the credential';
  const probes: Probe[] = [];

  if (missing !== undefined) {
    for (const [credential, how] of refusedVariants) {
      probes.push({
        name: nameOf(credential),
        title: `A key ${how} is refused`,
        requirement: `A request whose key is ${how} must be answered ${unauthorized.response.key}.`,
        needs: [needs(bench, missing)],
        steps: [send(bench, `with the key ${how}`, refusal, { credential })],
      });
    }
    probes.push({
      name: 'header-name-case',
      title: `The name ${header} counts in any letter case`,
      requirement: 'Header names are case-insensitive (RFC 9110 §5.1): another spelling must be accepted.',
      needs: [needs(bench, missing)],
      steps: [send(bench, 'with the name in another letter case', exactly(missing), { credential: 'other-spelling' })],
    });
    probes.push({
      name: 'doubled-key',
      title: 'A valid key beside a wrong one does not pass as two',
      requirement: 'Two keys in one request must not succeed or break the server.',
      needs: [needs(bench, missing)],
      steps: [
        send(bench, 'with a valid and a wrong key', tolerated(unauthorized, missing), {
          headers: [[header, 'pcsk_00000_another'], ...send(bench, '', refusal).request.headers],
        }),
      ],
    });
  }
  if (accepted !== undefined) {
    probes.push({
      name: 'nothing-happens',
      title: 'A refused key changes nothing',
      requirement: `After ${unauthorized.response.key}, the resource is still there.`,
      needs: [needs(bench, accepted)],
      steps: [
        ...refusedVariants.map(([credential, how]) => send(bench, `with the key ${how}`, refusal, { credential })),
        present(resource),
      ],
    });
  }
  if (accepted !== undefined && missing !== undefined) {
    const remembered: Step = {
      ...send(bench, 'a valid key first', exactly(missing), {
        path: bench.operation.path.replace(`{${resource}}`, '{unknown_id}'),
      }),
      connection: 'shared',
    };
    probes.push({
      name: 'key-not-remembered',
      title: 'A key shown earlier on a connection counts for nothing later',
      requirement: 'Each request must show its own key, also on a connection that has seen a valid one.',
      needs: [needs(bench, accepted), needs(bench, missing, { as: 'unknown_id' })],
      steps: [
        remembered,
        { ...send(bench, 'then none on the same connection', refusal, { credential: 'none' }), connection: 'shared' },
        present(resource),
      ],
    });
  }
  if (accepted !== undefined) {
    probes.push({
      name: 'before-existence',
      title: 'An existing id answers a stranger as an unknown one does',
      requirement: `${unauthorized.response.key} comes before any look at the resource, so that ids cannot be guessed.`,
      needs: [needs(bench, accepted), ...(missing === undefined ? [] : [needs(bench, missing, { as: 'unknown_id' })])],
      steps: [
        send(bench, 'an existing id', refusal, { credential: 'none' }),
        ...(missing === undefined
          ? []
          : [
              send(bench, 'an unknown id', refusal, {
                credential: 'none',
                path: bench.operation.path.replace(`{${resource}}`, '{unknown_id}'),
              }),
            ]),
      ],
    });
  }
  if (locked !== undefined) {
    probes.push({
      name: 'before-precondition',
      title: 'A locked resource answers a stranger as any other does',
      requirement: `${unauthorized.response.key} comes before ${locked.response.key}.`,
      needs: [needs(bench, locked)],
      steps: [send(bench, 'a locked id', refusal, { credential: 'wrong' })],
    });
  }
  return probes;
}

const refusedVariants: readonly (readonly [CredentialVariant, string])[] = [
  ['none', 'left out'],
  ['empty', 'left empty'],
  ['wrong', 'unknown'],
  ['truncated', 'one character short'],
  ['extended', 'one character long'],
  ['other-case', 'in another letter case'],
  ['over-long', 'thousands of characters long'],
  ['in-query', 'in the query'],
  ['in-cookie', 'in a cookie'],
  ['as-bearer', 'a bearer token'],
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
