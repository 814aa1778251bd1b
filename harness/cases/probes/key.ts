import type { Credential } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import {
  type ProbeContext,
  exactly,
  headersAnd,
  needs,
  onOneConnection,
  type RoleResponse,
  type Probe,
  send,
  oneOfOr4xx,
} from './context.ts';

/** Keys that are nearly valid, valid keys in other places, and what may let a request in without any. */
export function keyProbes(
  context: ProbeContext,
  { name, type, in: place }: Credential,
  { unauthorized, missing }: { readonly unauthorized: RoleResponse; readonly missing: RoleResponse },
): readonly Probe[] {
  if (type !== 'apiKey' || place !== 'header') return [];
  const refusal = exactly(unauthorized);
  const steps = (shown: readonly Shown[]): Probe['steps'] =>
    shown.map(([what, headers, body]) =>
      onOneConnection(
        send(context, what, refusable.includes(what) ? oneOfOr4xx(unauthorized) : refusal, {
          credential: 'none',
          headers: headersAnd(context, ...headers),
          ...(body === undefined ? {} : { body }),
        }),
      ),
    );
  // Another alternative may declare the same key elsewhere.
  const headerCredentials = context.operation.security.flat().filter((credential) => credential.in === 'header');
  const declared = new Set(headerCredentials.map((credential) => credential.name.toLowerCase()));
  return [
    {
      name: 'near-keys',
      title: 'A key that is nearly the valid one is refused',
      requirement: 'Only the whole key opens, and only as it is.',
      needs: [needs(context, missing)],
      steps: steps(nearKeys.map(([what, value]) => [what, [[name, value]]])),
    },
    {
      name: 'key-elsewhere',
      title: `A key anywhere but in ${name} is refused`,
      requirement: `The document declares the key in the header ${name}, and in no other place.`,
      needs: [needs(context, missing)],
      steps: steps([
        ...elsewhere.map(([what, headers]): Shown => [
          what,
          headers.filter(([other]) => !declared.has(other.toLowerCase())),
        ]),
        ...(context.operation.requestBody === undefined ? [inBody] : []),
      ]),
    },
    {
      name: 'instead-of-a-key',
      title: 'Nothing replaces a key',
      requirement: 'A request without a key must be refused, wherever it says that it comes from.',
      needs: [needs(context, missing)],
      steps: steps(insteadOfKeys),
    },
  ];
}

type Shown = readonly [what: string, headers: readonly HeaderPair[], body?: string];

/** A header that may hold two, and a body that is not declared, may be refused before anybody looks for a key. */
const refusable = ['the key in a list of two', 'the key in the body'];

const nearKeys: readonly (readonly [what: string, value: string])[] = [
  ['a character before the key', '{api-key|prefixed}'],
  ['the key with another last character', '{api-key|last-changed}'],
  ['the key with another second half', '{api-key|half-changed}'],
  ['the key in quotes', '{api-key|quoted}'],
  ['the key percent-encoded', '{api-key|percent-encoded}'],
  ['the key after the word Bearer', 'Bearer {api-key}'],
  ['the key in a list of two', '{api-key}, pcsk_00000_another'],
  ['the word null as a key', 'null'],
  ['the word undefined as a key', 'undefined'],
  ['an asterisk as a key', '*'],
];

const otherNames = ['Apikey', 'X-Pinecone-Api-Key', 'X-Auth-Token', 'X-Access-Token', 'Access-Token', 'Token', 'Key'];

const elsewhere: readonly Shown[] = [
  ['the key in X-Api-Key', [['X-Api-Key', '{api-key}']]],
  [`the key in ${otherNames.join(', ')}`, otherNames.map((name): HeaderPair => [name, '{api-key}'])],
  ['the key alone in Authorization', [['Authorization', '{api-key}']]],
  ['the key as ApiKey in Authorization', [['Authorization', 'ApiKey {api-key}']]],
  ['the key as Token in Authorization', [['Authorization', 'Token {api-key}']]],
  ['the key as user of basic authentication', [['Authorization', 'Basic {api-key|basic}']]],
  ['the key in Proxy-Authorization', [['Proxy-Authorization', 'Bearer {api-key}']]],
];

const inBody: Shown = [
  'the key in the body',
  [['Content-Type', 'application/json']],
  JSON.stringify(
    Object.fromEntries(['api_key', 'apiKey', 'api-key', 'key', 'token'].map((name) => [name, '{api-key}'])),
  ),
];

const insteadOfKeys: readonly Shown[] = [
  ['an empty bearer token', [['Authorization', 'Bearer']]],
  ['a bearer token that is none', [['Authorization', 'Bearer null']]],
  [
    'a claim to come from inside',
    [
      ['X-Forwarded-For', '127.0.0.1'],
      ['X-Real-IP', '127.0.0.1'],
      ['X-Internal', 'true'],
      ['X-Admin', 'true'],
      ['Origin', 'http://localhost'],
    ],
  ],
];
