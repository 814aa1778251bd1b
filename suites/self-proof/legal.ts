import { all, errors } from './faults/row.ts';
import { newestVariations } from './legal-2026-07.ts';
import { itemVariations, problemVariations } from './legal-documents.ts';
import type { Otherwise } from './server/faulty-server.ts';
import type { Variation } from './variation.ts';

const any = /^/;
/** The answers of the operation itself. */
const answers = { status: all };
const bodies = { status: errors };
const accepted = { status: [202] };
const missing = { status: [404] };
const inPlainText = [
  { do: 'header', name: 'Content-Type', value: 'text/plain' },
  { do: 'body', text: 'refused' },
] as const;

export const variations: readonly Variation[] = [
  ...newestVariations,
  ...problemVariations,
  ...itemVariations,
  // the connection
  varied('as-it-is', 'The mock behind its front, as it is', answers, []),
  varied('by-provider', 'States come from a provider by HTTP, with UUIDs as ids', answers, [], { states: 'http' }),
  varied('chunked', 'Bodies come in chunks (RFC 9112 §7.1)', answers, { do: 'frame', as: 'chunked' }),
  varied('chunk-extensions', 'Chunks have extensions, and a trailer follows them (RFC 9112 §7.1.1)', bodies, [
    { do: 'frame', as: 'chunked' },
    { do: 'play', acts: [{ send: '{head}{hex};name="value"\r\n{plain}\r\n0\r\nX-Checksum: 1\r\n\r\n' }] },
  ]),
  varied('chunked-nothing', 'A 202 without content is chunked, with no chunk but the last', accepted, {
    do: 'frame',
    as: 'chunked',
  }),
  varied('no-length-of-nothing', 'A 202 without content has no length: the closed connection tells it', accepted, {
    do: 'frame',
    as: 'none',
  }),
  varied('until-close', 'Bodies end where the connection closes (RFC 9112 §6.3)', bodies, { do: 'frame', as: 'none' }),
  varied('http-1.0', 'The server speaks HTTP/1.0 with lengths', answers, [
    { do: 'status-line', text: 'HTTP/1.0 {status} {reason}' },
  ]),
  varied('http-1.0-until-close', 'The server speaks HTTP/1.0 and closes after each answer', answers, [
    { do: 'status-line', text: 'HTTP/1.0 {status} {reason}' },
    { do: 'frame', as: 'none' },
  ]),
  varied('always-closes', 'The server closes each connection after its answer', { method: 'DELETE' }, [
    { do: 'close' },
  ]),
  varied('no-reason', 'The status line has no reason phrase (RFC 9112 §4)', answers, {
    do: 'status-line',
    text: 'HTTP/1.1 {status} ',
  }),
  varied('own-reason', 'The status line has a reason of its own', answers, {
    do: 'status-line',
    text: 'HTTP/1.1 {status} As You Wish',
  }),
  varied('interim', 'An interim answer comes before the final one (RFC 9110 §15.2)', answers, {
    do: 'play',
    acts: [{ send: 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n{head}{body}' }],
  }),
  varied('continue', 'A 100 that nobody waits for comes first', answers, {
    do: 'play',
    acts: [{ send: 'HTTP/1.1 100 Continue\r\n\r\n{head}{body}' }],
  }),
  varied('in-pieces', 'The answer comes in many small pieces', missing, {
    do: 'play',
    acts: [{ send: '{head}' }, { wait: 15 }, { send: '{half}' }, { wait: 15 }, { send: '{rest}' }],
  }),
  varied('ten-a-second', 'More than 10 requests a second are answered 429 (RFC 6585 §4)', answers, [], {
    mock: { rateLimit: 10 },
  }),
  varied('slow', 'Each answer takes 200 ms', answers, [], { mock: { latencyMs: 200 } }),

  // the head
  varied('lower-case-names', 'Header names are in lower case (RFC 9110 §5.1)', answers, {
    do: 'header-names',
    as: 'lower-case',
  }),
  varied('upper-case-names', 'Header names are in upper case', answers, { do: 'header-names', as: 'upper-case' }),
  varied('other-order', 'Headers come in another order', answers, { do: 'header-names', as: 'reversed' }),
  varied('no-space', 'Nothing stands between the colon and the value (RFC 9112 §5)', answers, {
    do: 'lines',
    lines: ['X-Tight:yes', 'X-Wide: \t yes \t '],
  }),
  varied('charset', 'The label names the charset, in capitals', bodies, {
    do: 'header',
    name: 'Content-Type',
    value: 'application/json; charset=UTF-8',
  }),
  varied('charset-quoted', 'The charset is quoted and nothing follows the semicolon but it', bodies, {
    do: 'header',
    name: 'Content-Type',
    value: 'application/json;charset="utf-8"',
  }),
  varied('type-in-capitals', 'Media types are case-insensitive (RFC 9110 §8.3.1)', bodies, {
    do: 'header',
    name: 'Content-Type',
    value: 'Application/JSON',
  }),
  varied('type-with-parameter', 'The label has a parameter more', bodies, {
    do: 'header',
    name: 'Content-Type',
    value: 'application/json; profile="https://example.com/errors"',
  }),
  varied('request-id', 'Each answer has a request id and timings', answers, [
    { do: 'header', name: 'X-Request-Id', value: '6f1c1e2a-6a9b-4d9b-9a51-0a7c2b0f8a11' },
    { do: 'header', name: 'x-pinecone-request-latency-ms', value: '12' },
    { do: 'header', name: 'Server-Timing', value: 'db;dur=3.2' },
    { do: 'header', name: 'traceparent', value: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
  ]),
  varied('version-told', 'Each response names the API version', answers, {
    do: 'header',
    name: 'X-Pinecone-Api-Version',
    value: '2025-04',
  }),
  varied('cloud-front', 'A gateway adds its own headers', answers, [
    { do: 'header', name: 'Server', value: 'cloudflare' },
    { do: 'header', name: 'CF-RAY', value: '8f2d1c0b9a7e6f5d-FRA' },
    { do: 'header', name: 'Via', value: '1.1 google' },
    { do: 'header', name: 'Alt-Svc', value: 'h3=":443"; ma=2592000' },
    { do: 'header', name: 'X-Cloud-Trace-Context', value: '105445aa7843bc8bf206b12000100000/1;o=1' },
  ]),
  varied('sober-headers', 'Date and Server without a version are there', answers, [
    { do: 'header', name: 'Date', value: 'Sun, 06 Nov 1994 08:49:37 GMT' },
    { do: 'header', name: 'Server', value: 'pinecone' },
  ]),
  varied('no-date', 'A server without a clock sends no Date (RFC 9110 §6.6.1)', answers, {
    do: 'no-header',
    name: 'Date',
  }),
  varied('security-headers', 'Security headers are there', answers, [
    { do: 'header', name: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
    { do: 'header', name: 'X-Content-Type-Options', value: 'nosniff' },
    { do: 'header', name: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" },
    { do: 'header', name: 'Referrer-Policy', value: 'no-referrer' },
  ]),
  varied('one-origin', 'One web origin is let in, with credentials', answers, [
    { do: 'header', name: 'Access-Control-Allow-Origin', value: 'https://app.pinecone.io' },
    { do: 'header', name: 'Access-Control-Allow-Credentials', value: 'true' },
    { do: 'header', name: 'Vary', value: 'Origin, Accept-Encoding' },
  ]),
  varied('every-origin', 'Every web origin is let in, without credentials', answers, {
    do: 'header',
    name: 'Access-Control-Allow-Origin',
    value: '*',
  }),
  varied('no-store', 'Nothing may be kept', answers, [
    { do: 'header', name: 'Cache-Control', value: 'no-store, no-cache, must-revalidate, max-age=0' },
    { do: 'header', name: 'Pragma', value: 'no-cache' },
    { do: 'header', name: 'Expires', value: '0' },
  ]),
  varied('private', 'Only the asker may keep it, and must ask again', answers, {
    do: 'header',
    name: 'Cache-Control',
    value: 'private, max-age=0, must-revalidate',
  }),
  varied(
    'challenge',
    'A 401 tells how to show a key (RFC 9110 §11.6.1)',
    { status: [401] },
    {
      do: 'header',
      name: 'WWW-Authenticate',
      value: 'ApiKey realm="pinecone"',
    },
  ),
  varied(
    'retry-after',
    'A 500 and a 412 say when to try again',
    { status: [412, 500] },
    {
      do: 'header',
      name: 'Retry-After',
      value: '30',
    },
  ),
  varied('rate-limits', 'Each answer tells what is left of the limit', answers, [
    { do: 'header', name: 'RateLimit-Limit', value: '100' },
    { do: 'header', name: 'RateLimit-Remaining', value: '99' },
  ]),
  varied('vary-twice', 'A list header is there twice (RFC 9110 §5.3)', answers, [
    { do: 'second-header', name: 'Vary', value: 'Accept' },
    { do: 'second-header', name: 'Vary', value: 'Origin' },
  ]),
  varied('identity', 'The content coding is identity', bodies, {
    do: 'header',
    name: 'Content-Encoding',
    value: 'identity',
  }),
  ...(['gzip', 'deflate', 'br'] as const).map((coding) =>
    varied(`unasked-${coding}`, `Bodies are coded as ${coding}, which nobody forbade (RFC 9110 §12.5.3)`, bodies, [
      { do: 'header', name: 'Content-Encoding', value: coding },
      { do: 'header', name: 'Vary', value: 'Accept-Encoding' },
      { do: 'encode', as: coding },
    ]),
  ),
  varied('gzip-chunked', 'Compressed bodies come in chunks', bodies, [
    { do: 'header', name: 'Content-Encoding', value: 'gzip' },
    { do: 'encode', as: 'gzip' },
    { do: 'frame', as: 'chunked' },
  ]),
  varied('where-it-goes', 'A 202 tells where to look how it goes', accepted, {
    do: 'header',
    name: 'Location',
    value: '/operations/17',
  }),

  // the body
  varied('pretty', 'Bodies are indented', bodies, { do: 'encode', as: 'pretty' }),
  varied('white-space', 'White space stands before and after the JSON', bodies, {
    do: 'around',
    before: ' \r\n\t',
    after: '\n\n',
  }),
  varied('escapes', 'Every letter is an escape', bodies, { do: 'encode', as: 'ascii' }),
  varied('other-key-order', 'Properties come in another order', bodies, { do: 'encode', as: 'reversed' }),
  varied('details-empty', 'The details are there, and empty', bodies, { do: 'json', at: '/error/details', to: {} }),
  varied('details', 'The details say more', bodies, {
    do: 'json',
    at: '/error/details',
    to: { documentation: 'https://docs.pinecone.io/errors', attempt: 1, nested: { list: [null, true, 1.5] } },
  }),
  varied('own-request-ids', 'Each error tells the number of its request', bodies, {
    do: 'json',
    at: '/error/details',
    to: { request: 'r-{n}', instance: 'replica-{n}' },
  }),
  varied('more-properties', 'Bodies have properties that the document does not forbid', bodies, [
    { do: 'json', at: '/request_id', to: 'b7f0c1' },
    { do: 'json', at: '/error/type', to: 'about:blank' },
  ]),
  varied('status-as-float', 'The status is written 404.0, which is the same number', missing, {
    do: 'replace',
    text: '"status":404',
    by: '"status":404.0',
  }),
  varied('other-404', 'The 404 is worded otherwise and names no id', missing, {
    do: 'json',
    at: '/error/message',
    to: 'The requested resource does not exist, or you have no access to it.',
  }),
  varied('quoted-404', 'The 404 quotes the id in another sentence', missing, {
    do: 'json',
    at: '/error/message',
    to: 'Resource «backup» with this id could not be found in project default.',
  }),
  varied(
    'other-401',
    'The 401 is worded otherwise',
    { status: [401] },
    {
      do: 'json',
      at: '/error/message',
      to: 'Unauthorized: please provide a valid key in the header Api-Key. See https://docs.pinecone.io.',
    },
  ),
  varied(
    'other-412',
    'The 412 is worded otherwise and names no job',
    { status: [412] },
    {
      do: 'json',
      at: '/error/message',
      to: 'Backup is in use by 1 pending restore job(s).',
    },
  ),
  varied(
    'other-500',
    'The 500 is worded otherwise',
    { status: [500] },
    {
      do: 'json',
      at: '/error/message',
      to: 'Something went wrong on our side. Quote request 8f14e45f-ceea-467f-a0e6-1d2b3c4d5e6f to support.',
    },
  ),
  varied(
    'internal-500',
    'The 500 has the code INTERNAL, which the document lists',
    { status: [500] },
    { do: 'json', at: '/error/code', to: 'INTERNAL' },
  ),
  varied(
    'permission-401',
    'The 401 has the code PERMISSION_DENIED, which the document lists',
    { status: [401] },
    { do: 'json', at: '/error/code', to: 'PERMISSION_DENIED' },
  ),
  varied('other-language', 'Messages are in another language', bodies, {
    do: 'json',
    at: '/error/message',
    to: '请求无法完成。',
  }),

  // what takes its time
  varied('asynchronous', 'A deletion takes 300 ms, and until then the backup is there', answers, [], {
    mock: { asyncDeleteMs: 300 },
  }),
  varied(
    'asynchronous-404',
    'A deletion takes 300 ms, and deleting again is answered 404 meanwhile',
    { again: true },
    {
      do: 'answer',
      status: 404,
      json: { error: { code: 'NOT_FOUND', message: 'Backup {id} not found.' }, status: 404 },
    },
    { mock: { asyncDeleteMs: 300 } },
  ),
  varied(
    'terminating',
    'A backup that is being deleted says so for 300 ms',
    { method: 'GET', again: true, status: [200] },
    {
      do: 'json',
      at: '/status',
      to: 'Terminating',
    },
    { mock: { asyncDeleteMs: 300 } },
  ),
  varied(
    'gone-is-410',
    'A backup that was deleted is shown as 410',
    { method: 'GET', again: true, status: [404] },
    {
      do: 'status',
      status: 410,
    },
  ),

  // where the contract is silent
  varied(
    'other-methods-404',
    'Methods that are not declared are answered 404',
    { method: any, status: [405] },
    {
      do: 'status',
      status: 404,
    },
  ),
  varied(
    'other-methods-501',
    'Methods that the server does not know are answered 501 (RFC 9110 §15.6.2)',
    { method: /^(PURGE|PUT|PATCH|POST)$/ },
    [{ do: 'status', status: 501 }, ...inPlainText],
  ),
  varied('options-204', 'OPTIONS is answered 204 with what web pages may do', { method: 'OPTIONS' }, [
    { do: 'answer', status: 204 },
    { do: 'frame', as: 'none' },
    { do: 'header', name: 'Access-Control-Allow-Origin', value: '*' },
    { do: 'header', name: 'Access-Control-Allow-Methods', value: 'GET, DELETE' },
    { do: 'header', name: 'Access-Control-Allow-Headers', value: 'Api-Key' },
  ]),
  varied('options-200', 'OPTIONS is answered 200 with Allow', { method: 'OPTIONS' }, [
    { do: 'answer', status: 200 },
    { do: 'header', name: 'Allow', value: 'GET, HEAD, OPTIONS, DELETE' },
  ]),
  varied('head-200', 'HEAD is answered as GET is, without the body', { method: 'HEAD' }, [
    { do: 'status', status: 200 },
    { do: 'header', name: 'Content-Type', value: 'application/json' },
    { do: 'frame', as: 'none' },
    { do: 'lines', lines: ['Content-Length: 312'] },
  ]),
  varied('slash-redirects', 'A path with a slash after it is redirected', { path: /[^/]\/$/ }, [
    { do: 'status', status: 308 },
    { do: 'header', name: 'Location', value: '/backups/somewhere' },
  ]),
  varied('slashes-400', 'Empty segments in a path are a bad request', { path: /\/\// }, [
    { do: 'status', status: 400 },
    ...inPlainText,
  ]),
  varied(
    'dots-resolved',
    'Dot segments are resolved before anything else (RFC 3986 §5.2.4)',
    { path: /\/\.\.?(\/|$)/ },
    {
      do: 'read-path',
      as: 'without-dot-segments',
    },
  ),
  varied('dots-400', 'Dot segments in a path are a bad request', { path: /\/(\.|%2e){1,2}(\/|$)/i }, [
    { do: 'status', status: 400 },
    ...inPlainText,
  ]),
  varied(
    'broken-escapes-400',
    'A broken percent-escape is a bad request (RFC 3986 §2.1)',
    { path: /%(?![0-9a-f]{2})/i },
    [{ do: 'status', status: 400 }, ...inPlainText],
  ),
  varied(
    'control-characters-400',
    'Control characters in a path are refused by the front end',
    { path: /%([01][0-9a-f]|7f)/i },
    [{ do: 'status', status: 400 }, ...inPlainText],
  ),
  varied(
    'control-characters-404',
    'Control characters in a path lead nowhere, in words of the front end',
    { path: /%([01][0-9a-f]|7f)/i },
    [{ do: 'status', status: 404 }, ...inPlainText],
  ),
  varied('invalid-utf-8-400', 'Bytes in a path that are no UTF-8 are a bad request', { path: /%FF/ }, [
    { do: 'status', status: 400 },
    ...inPlainText,
  ]),
  varied('encoded-slashes-404', 'Encoded slashes are refused by the front end', { path: /%(2f|5c)/i }, [
    { do: 'status', status: 404 },
    ...inPlainText,
  ]),
  varied(
    'long-key-431',
    'A key of thousands of characters is too large for the front end',
    { header: ['api-key', /.{1000}/] },
    [{ do: 'status', status: 431 }, ...inPlainText],
  ),
  varied('two-keys-400', 'Two keys in one request are a bad request', { header: ['api-key', /, /] }, [
    { do: 'status', status: 400 },
    ...inPlainText,
  ]),
  varied('body-400', 'A body on DELETE is a bad request (RFC 9110 §9.3.5)', { body: true }, [
    { do: 'refuse-request' },
    {
      do: 'answer',
      status: 400,
      json: { error: { code: 'INVALID_ARGUMENT', message: 'No body is allowed here.' }, status: 400 },
    },
  ]),
  varied('body-415', 'A body on DELETE has no media type that is supported', { body: true }, [
    { do: 'refuse-request' },
    { do: 'answer', status: 415 },
  ]),
  varied('query-400', 'An unknown query parameter is a bad request', { path: /\?/, header: ['api-key', /./] }, [
    { do: 'refuse-request' },
    { do: 'answer', status: 400 },
  ]),
  varied('accept-406', 'What the client would not accept is answered 406', { header: ['accept', /html|q=0|;;/] }, [
    { do: 'refuse-request' },
    { do: 'answer', status: 406 },
  ]),
  varied(
    'version-400',
    'An unknown version is a bad request',
    { header: ['x-pinecone-api-version', /^$|^1999|<|, /] },
    [
      { do: 'refuse-request' },
      {
        do: 'answer',
        status: 400,
        json: { error: { code: 'INVALID_ARGUMENT', message: 'Unknown version.' }, status: 400 },
      },
    ],
  ),

  // what cannot be seen
  varied('no-get', 'No backup can be looked at: GET is answered 404', answers, [], { blind: 404 }),
  varied('no-get-405', 'No backup can be looked at: GET is answered 405', answers, [], { blind: 405 }),
  varied('no-get-501', 'No backup can be looked at: GET is answered 501', answers, [], { blind: 501 }),
  varied(
    'small-pages',
    'Lists come in pages of three',
    { method: 'GET', path: /^\/backups\?/ },
    {
      do: 'small-pages',
      size: 3,
    },
  ),
  varied('no-list', 'There is no list', { method: 'GET', path: /^\/backups\?/ }, [
    { do: 'status', status: 404 },
    ...inPlainText,
  ]),
];

function varied(
  name: string,
  says: string,
  on: Otherwise['on'],
  tamper: Otherwise['tamper'],
  more: Pick<Variation, 'mock' | 'states' | 'blind'> = {},
): Variation {
  return { name, says, on, tamper, ...more };
}
