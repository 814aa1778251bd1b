import type { Otherwise } from './fault.ts';

/** A way in which servers of create_index may differ without departing from its document: nothing may fail. */
interface CreateVariation extends Otherwise {
  readonly name: string;
  readonly says: string;
  /** Declared responses that such a server has no reason to give. */
  readonly unproved?: readonly string[];
}

const all = /^/;
const refusals = [400, 401, 409, 415, 422];
const answers = [201, ...refusals];

export const createVariations: readonly CreateVariation[] = [
  { name: 'as-it-is', says: 'The independent server, as it is' },
  {
    name: 'behind-a-front',
    says: 'The same behind a front that changes nothing',
    on: { method: all },
    tamper: { do: 'header', name: 'Via', value: '1.1 front' },
  },
  varied(
    'more-properties',
    'The index has more properties than are declared',
    [201],
    [
      { do: 'json', at: '/created_at', to: '2026-01-01T00:00:00Z' },
      { do: 'json', at: '/vector_type', to: 'dense' },
    ],
  ),
  varied('errors-with-more', 'Errors have more properties than are declared', refusals, {
    do: 'json',
    at: '/request_id',
    to: 'r-1',
  }),
  varied('details', 'Errors have details', refusals, { do: 'json', at: '/error/details', to: { field: 'metric' } }),
  varied('reversed', 'Properties come in the other order', answers, { do: 'encode', as: 'reversed' }),
  varied('pretty', 'Bodies are spread over many lines', answers, { do: 'encode', as: 'pretty' }),
  varied('escaped', 'Every character of a text is escaped', answers, { do: 'encode', as: 'ascii' }),
  varied('chunked', 'Bodies come in chunks', answers, { do: 'frame', as: 'chunked' }),
  varied('until-close', 'Bodies end where the connection does', answers, { do: 'frame', as: 'none' }),
  varied('closes', 'Each connection is closed after its answer', answers, { do: 'close' }),
  varied('in-pieces', 'The answer comes in pieces', answers, {
    do: 'play',
    acts: [{ send: '{head}' }, { wait: 5 }, { send: '{half}' }, { wait: 5 }, { send: '{rest}' }],
  }),
  varied('gzip-unasked', 'Bodies are compressed, which nothing forbids (RFC 9110 §12.5.3)', answers, [
    { do: 'encode', as: 'gzip' },
    { do: 'header', name: 'Content-Encoding', value: 'gzip' },
  ]),
  varied('lower-case-names', 'Header names are in lower case', answers, { do: 'header-names', as: 'lower-case' }),
  varied('charset', 'The label names the charset', answers, {
    do: 'header',
    name: 'Content-Type',
    value: 'application/json; charset=utf-8',
  }),
  varied('more-headers', 'There are more headers than are declared', answers, [
    { do: 'header', name: 'X-Request-Id', value: '6f1c1e2a' },
    { do: 'header', name: 'Strict-Transport-Security', value: 'max-age=31536000' },
    { do: 'header', name: 'RateLimit', value: '"default";r=50;t=30' },
  ]),
  varied('old-date', 'Date is in the form of RFC 850, which receivers must read', answers, {
    do: 'header',
    name: 'Date',
    value: 'Sunday, 06-Nov-94 08:49:37 GMT',
  }),
  varied('no-date', 'A server without a clock sends no Date', answers, { do: 'no-header', name: 'Date' }),
  varied('interim', 'An interim answer comes first', answers, {
    do: 'play',
    acts: [{ send: 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n{head}{body}' }],
  }),
  varied('tags-null', 'The tags are null, which they may be', [201], { do: 'json', at: '/tags', to: null }),
  varied('no-tags', 'The tags are left out, which are not required', [201], { do: 'without', at: '/tags' }),
  varied('initializing', 'The new index is not ready yet', [201], {
    do: 'json',
    at: '/status',
    to: { ready: false, state: 'Initializing' },
  }),
  varied('long-host', 'The host is long', [201], {
    do: 'json',
    at: '/host',
    to: `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`,
  }),
  varied('other-words', 'Errors are worded otherwise', refusals, {
    do: 'json',
    at: '/error/message',
    to: 'Das geht so nicht: siehe https://example.com/hilfe',
  }),
  varied('challenge', '401 says how to log in', [401], {
    do: 'header',
    name: 'WWW-Authenticate',
    value: 'ApiKey realm="indexes"',
  }),
  done(
    '422-for-all',
    'Wrong values are answered 422 and not 400, and both are declared',
    {
      refusesBy: {
        'name-short': 422,
        'name-long': 422,
        'name-pattern': 422,
        'dimension-small': 422,
        'dimension-large': 422,
        'metric-listed': 422,
        'protection-listed': 422,
        'cloud-listed': 422,
      },
    },
    ['400'],
  ),
  done(
    '400-for-all',
    'What cannot be read is answered 400 and not 422',
    {
      refusesBy: Object.fromEntries(
        (
          [
            'body',
            'json',
            'object',
            'name-missing',
            'dimension-missing',
            'metric-missing',
            'spec-missing',
            'serverless-missing',
            'cloud-missing',
            'region-missing',
            'name-type',
            'dimension-type',
            'metric-type',
            'protection-type',
            'tags-type',
            'tag-type',
            'spec-type',
            'serverless-type',
            'dimension-whole',
            'spec-extra',
            'serverless-extra',
          ] as const
        ).map((rule) => [rule, 400]),
      ),
    },
    ['422'],
  ),
  done('415-as-400', 'A media type that is not read is a bad request', { refusesBy: { 'media-type': 400 } }, ['415']),
  done('soon', 'What was made can be read a moment later', { readableAfterMs: 60 }),
  done('trimmed', 'Texts are kept without blanks around them, and the tag in lower case', {
    stores: (asked) => ({ ...asked, tags: { team: 'FILMS ' } }),
  }),
  done('ready-later', 'Reading tells another state than 201 did', {
    stores: (asked) => ({ ...asked, status: { ready: false, state: 'Initializing' } }),
  }),
];

function varied(
  name: string,
  says: string,
  status: readonly number[],
  tamper: Otherwise['tamper'] & object,
): CreateVariation {
  return { name, says, on: { status }, tamper };
}

function done(
  name: string,
  says: string,
  behaviour: Otherwise['behaviour'] & object,
  unproved: readonly string[] = [],
): CreateVariation {
  return { name, says, behaviour, unproved };
}
