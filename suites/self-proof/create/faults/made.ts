import type { CreateFault, Otherwise } from '../fault.ts';
import { inAnswer, inProbe } from './row.ts';

/** What is said of a new index, and what becomes of it. */
export const madeFaults: readonly CreateFault[] = [
  // the answer
  told('empty', 'json', '201 comes without a body', { do: 'body', text: '' }),
  told('cut', 'json', 'The body is cut off', { do: 'body', text: '{"name": "movie' }),
  told('rubbish-after', 'json', 'Something comes after the JSON', { do: 'around', after: '\nOK' }),
  told('list', 'schema', 'The index is in a list', { do: 'around', before: '[', after: ']' }),
  told('envelope', 'schema', 'The index is in an envelope', { do: 'around', before: '{"data":', after: '}' }),
  told('error', 'schema', 'An error comes under 201', {
    do: 'body',
    text: '{"error":{"code":"UNKNOWN","message":"no"},"status":500}',
  }),
  told('no-status', 'schema', 'The status is missing', { do: 'without', at: '/status' }),
  told('no-host', 'schema', 'The host is missing', { do: 'without', at: '/host' }),
  told('no-ready', 'schema', 'The status does not say whether it is ready', { do: 'without', at: '/status/ready' }),
  told('host-null', 'schema', 'The host is null, which it may not be', { do: 'json', at: '/host', to: null }),
  told('ready-text', 'schema', 'Ready is a text', { do: 'json', at: '/status/ready', to: 'true' }),
  told('state-unlisted', 'schema', 'The state is none of the listed ones', {
    do: 'json',
    at: '/status/state',
    to: 'Warming',
  }),
  told('dimension-text', 'schema', 'The dimension is a text', { do: 'json', at: '/dimension', to: '1536' }),
  told('metric-unlisted', 'schema', 'The metric is none of the listed ones', {
    do: 'json',
    at: '/metric',
    to: 'COSINE',
  }),
  told('spec-missing', 'schema', 'The spec is missing', { do: 'without', at: '/spec' }),
  told('spec-extra', 'schema', 'The spec has a property that is forbidden', { do: 'json', at: '/spec/pod', to: {} }),
  told('tags-list', 'schema', 'The tags are a list', { do: 'json', at: '/tags', to: ['films'] }),
  told('twice-a-name', 'duplicate-keys', 'The name stands twice in the body', {
    do: 'replace',
    text: '{',
    by: '{"name":"x","name":"y",',
  }),
  told('utf-16', 'json', 'The body is in UTF-16', { do: 'encode', as: 'utf-16le' }),
  told('labelled-gzip', 'content-encoding', 'The body is labelled as gzip and is none', {
    do: 'header',
    name: 'Content-Encoding',
    value: 'gzip',
  }),
  told('text', 'media-type', 'The body is labelled as text', {
    do: 'header',
    name: 'Content-Type',
    value: 'text/plain',
  }),
  told('no-label', 'media-type', 'The body has no label', { do: 'no-header', name: 'Content-Type' }),
  told('no-location', 'declared-headers', 'Location is missing', { do: 'no-header', name: 'Location' }),
  told('location-elsewhere', 'declared-headers', 'Location leads elsewhere', {
    do: 'header',
    name: 'Location',
    value: '/v2/index/1',
  }),
  told('200', 'status', '200 comes, which is not declared', { do: 'status', status: 200 }),
  told('202', 'status', '202 comes, which is not declared', { do: 'status', status: 202 }),
  told('204', 'status', '204 comes, which is not declared', { do: 'answer', status: 204 }),
  told('redirect', 'redirect', '303 leads to the new index', { do: 'status', status: 303 }),
  told('cut-length', 'framing', 'The connection ends before the body', {
    do: 'play',
    acts: [{ send: '{head}{half}' }, { then: 'end' }],
  }),
  told('own-key', 'leaked-key', 'The new index tells the key', { do: 'json', at: '/tags', to: { owner: '{key}' } }),

  // what was asked for
  ...(
    [
      ['name', { name: 'another-name' }, 'The index has another name than the one that was asked for'],
      ['dimension', { dimension: 768 }, 'The index has another dimension'],
      ['metric', { metric: 'euclidean' }, 'The index has another metric'],
      ['protection', { deletion_protection: 'enabled' }, 'The index has a protection that nobody asked for'],
      ['tags', { tags: { team: 'music' } }, 'The index has another tag'],
      ['region', { spec: { serverless: { cloud: 'aws', region: 'eu-west-1' } } }, 'The index is in another region'],
    ] as const
  ).map(([name, change, says]) =>
    inProbe('effect/can-be-read', {
      name: `made/other-${name}-read`,
      says: `${says}, as reading it tells`,
      check: 'effect-echo',
      behaviour: { stores: (asked) => ({ ...asked, ...change }) },
    }),
  ),
  ...(
    [
      ['dimension', '/dimension', 768],
      ['metric', '/metric', 'dotproduct'],
      ['cloud', '/spec/serverless/cloud', 'gcp'],
    ] as const
  ).map(([name, at, to]) =>
    inProbe('effect/can-be-read', {
      name: `made/other-${name}-told`,
      says: `201 tells another ${name} than the one that was asked for`,
      check: 'effect-echo',
      on: { status: [201] },
      tamper: { do: 'json', at, to },
    }),
  ),

  // what can be read
  read('lost', 'effect-created', 'What was made is not stored', { behaviour: { stores: () => undefined } }),
  read('another', 'effect-echo', 'Reading gives the index that was made first', {
    behaviour: { reads: (name, all) => (all.has(name) ? { ...all.get(name), name: 'first-of-all' } : undefined) },
  }),
  read('unfit', 'schema', 'Reading gives an index without a status', {
    on: { method: 'GET', status: [200] },
    tamper: { do: 'without', at: '/status' },
  }),
  read('500', 'status', 'Reading what was made breaks the server', {
    on: { method: 'GET', status: [200] },
    tamper: { do: 'status', status: 500 },
  }),
  read('401', 'effect-created', 'Reading what was made is refused', {
    on: { method: 'GET', status: [200] },
    tamper: { do: 'answer', status: 401, json: { status: 401, error: { code: 'UNAUTHENTICATED', message: 'no' } } },
  }),
  read('late', 'effect-created', 'What was made can be read only an hour later', {
    behaviour: { readableAfterMs: 3_600_000 },
  }),
];

function told(name: string, check: string, says: string, tamper: Otherwise['tamper'] & object): CreateFault {
  return inAnswer(201, { name: `made/${name}`, says, check, tamper });
}

function read(name: string, check: string, says: string, otherwise: Otherwise): CreateFault {
  return inProbe('effect/can-be-read', { name: `made/read-${name}`, says, check, ...otherwise });
}
