import { allowCheck } from './allow.ts';
import { bannerCheck } from '../disclosure/banner.ts';
import { describeCheck, properReply, reply, type Row } from '../../testing/describe-check.ts';
import { cacheableErrorCheck } from '../disclosure/cacheable-error.ts';
import { corsCheck } from '../disclosure/cors.ts';
import { retryAfterCheck } from './retry-after.ts';
import { setCookieCheck } from '../disclosure/set-cookie.ts';
import { getThing } from '../../testing/servers/shop-responses.ts';

const thing = { operation: getThing, request: { method: 'GET', path: '/things/t-1' }, promise: '200' };
const none = { answer: [{ close: 'end' }], also: ['transport'] } as const;
const with404 = (headers: Readonly<Record<string, string | readonly string[]>>): { readonly answer: string } => ({
  answer: properReply(404, headers),
});

describeCheck(setCookieCheck, [
  ['accepts none', { answer: properReply(404) }, []],
  ['does not apply without an answer', none, 'does not apply'],
  [
    'does not apply where it is declared',
    { ...thing, answer: reply(200, '{"name":"x"}', { 'X-Count': '1', 'Set-Cookie': 'a=b' }) },
    'does not apply',
  ],
  [
    'finds a session',
    with404({ 'Set-Cookie': 'session=abc; HttpOnly' }),
    ['violation in header set-cookie: the answer sets the cookie session'],
  ],
  [
    'finds each',
    with404({ 'Set-Cookie': ['a=1', 'b=2'] }),
    [
      'violation in header set-cookie: the answer sets the cookie a',
      'violation in header set-cookie: the answer sets the cookie b',
    ],
  ],
  [
    'only mentions those of what stands in front',
    with404({ 'Set-Cookie': '__cf_bm=abc; Path=/' }),
    ['advice in header set-cookie: the answer sets the cookie __cf_bm'],
  ],
  [
    'names a cookie without what is around its name',
    with404({ 'Set-Cookie': 'a =1; Path=/' }),
    ['violation in header set-cookie: the answer sets the cookie a'],
  ],
  [
    'names a cookie without a value',
    with404({ 'Set-Cookie': 'flag; Path=/' }),
    ['violation in header set-cookie: the answer sets the cookie flag'],
  ],
]);

const earlier = 'Tue, 03 Feb 2026 10:00:00 GMT';
const later = 'Tue, 03 Feb 2026 11:00:00 GMT';

describeCheck(cacheableErrorCheck, [
  ['accepts nothing about caches', { answer: properReply(404) }, []],
  ['accepts no-store', with404({ 'Cache-Control': 'no-store, max-age=60' }), []],
  ['accepts private', with404({ 'Cache-Control': 'private, max-age=60' }), []],
  ...[
    'no-cache, max-age=9',
    'max-age=9,no-store',
    'private="x", public',
    'max-age="0"',
    'max-age=000',
    'min-age=9',
    'max-aged=9',
  ].map((text): Row => [`accepts ${text}`, with404({ 'Cache-Control': text }), []]),
  ...(
    [
      ['x-no-store, max-age=9', 'max-age=9'],
      ['no-stores, max-age=9', 'max-age=9'],
      ['a,  PUBLIC ', 'public'],
      ['max-age = 9', 'max-age = 9'],
      ['max-age=010', 'max-age=010'],
      ['s-maxage=9', 's-maxage=9'],
    ] as const
  ).map(([text, kept]): Row => [
    `finds ${text}`,
    with404({ 'Cache-Control': text }),
    [`violation in header cache-control: caches may keep this error: ${kept}`],
  ]),
  [
    'accepts a later date that Cache-Control overrules',
    with404({ 'Cache-Control': 'max-age=0', Date: earlier, Expires: later }),
    [],
  ],
  ['accepts the date of the answer', with404({ Date: earlier, Expires: earlier }), []],
  ['accepts a date where there is none to hold it against', with404({ Expires: later }), []],
  ['accepts an age of 0', with404({ 'Cache-Control': 'max-age=0, must-revalidate' }), []],
  ['accepts a date that has passed', with404({ Date: 'Tue, 03 Feb 2026 10:00:00 GMT', Expires: '0' }), []],
  [
    'does not apply to success',
    { answer: reply(202, '', { 'Cache-Control': 'public' }), promise: '202' },
    'does not apply',
  ],
  [
    'finds public',
    with404({ 'Cache-Control': 'Public' }),
    ['violation in header cache-control: caches may keep this error: public'],
  ],
  [
    'finds an age',
    with404({ 'Cache-Control': ['must-revalidate', 'max-age=300'] }),
    ['violation in header cache-control: caches may keep this error: max-age=300'],
  ],
  [
    'finds an age for shared caches',
    with404({ 'Cache-Control': 's-maxage="60"' }),
    ['violation in header cache-control: caches may keep this error: s-maxage="60"'],
  ],
  [
    'finds a date to come',
    with404({ Date: 'Tue, 03 Feb 2026 10:00:00 GMT', Expires: 'Tue, 03 Feb 2026 11:00:00 GMT' }),
    ['violation in header expires: caches may keep this error: it expires later than it was sent'],
  ],
]);

describeCheck(corsCheck, [
  ['accepts nothing about origins', { answer: properReply(404) }, []],
  [
    'finds an origin that is allowed because it asks',
    {
      ...with404({ 'Access-Control-Allow-Origin': 'https://evil.example', 'Access-Control-Allow-Credentials': 'true' }),
      request: { headers: [['Origin', 'https://evil.example']] },
    },
    ['violation in header access-control-allow-origin: credentials are allowed to whatever origin asks'],
  ],
  [
    'mentions that every page may send the key',
    with404({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'content-type, api-key' }),
    ['advice in header access-control-allow-origin: every web page may send the key'],
  ],
  [
    'mentions that every header may be sent',
    with404({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }),
    ['advice in header access-control-allow-origin: every web page may send the key'],
  ],
  [
    'accepts other headers from everywhere',
    with404({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'content-type,x-api-key' }),
    [],
  ],
  [
    'accepts the key from a named origin',
    with404({ 'Access-Control-Allow-Origin': 'https://app.pinecone.io', 'Access-Control-Allow-Headers': 'Api-Key' }),
    [],
  ],
  ...['trueish', 'untrue', 'false'].map((text): Row => [
    `accepts credentials: ${text}`,
    with404({ 'Access-Control-Allow-Origin': 'null', 'Access-Control-Allow-Credentials': text }),
    [],
  ]),
  ['accepts every origin without credentials', with404({ 'Access-Control-Allow-Origin': '*' }), []],
  [
    'accepts one origin with credentials',
    with404({ 'Access-Control-Allow-Origin': 'https://app.pinecone.io', 'Access-Control-Allow-Credentials': 'true' }),
    [],
  ],
  ['does not apply without an answer', none, 'does not apply'],
  [
    'finds every origin with credentials',
    with404({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Credentials': 'true' }),
    ['violation in header access-control-allow-origin: credentials are allowed to every origin'],
  ],
  [
    'finds the null origin with credentials',
    with404({ 'Access-Control-Allow-Origin': 'null', 'Access-Control-Allow-Credentials': 'true' }),
    ['violation in header access-control-allow-origin: credentials are allowed to every sandboxed page'],
  ],
]);

describeCheck(bannerCheck, [
  ['accepts a name', with404({ Server: 'nginx' }), []],
  ['does not apply without an answer', none, 'does not apply'],
  [
    'mentions a version',
    with404({ Server: 'nginx/1.25.3', 'X-Powered-By': 'PHP/8.2' }),
    ['advice in header server: server names a version', 'advice in header x-powered-by: x-powered-by names a version'],
  ],
]);

describeCheck(retryAfterCheck, [
  ['accepts seconds', with404({ 'Retry-After': '120' }), []],
  ...[
    'Wed, 21 Oct 2026 07:28:00 GMT',
    'Wednesday, 21-Oct-26 07:28:00 GMT',
    'Wed Oct 21 07:28:00 2026',
    'Sun Nov  6 08:49:37 1994',
  ].map((date): Row => [`accepts ${date}`, with404({ 'Retry-After': date }), []]),
  ...[
    'in Wed, 21 Oct 2026 07:28:00 GMT',
    'Wed, 21 Oct 2026 07:28:00 GMT or so',
    'Wed, 21 Oct 2026 07:28:00 UTC',
    'Wed, 21 Oct 26 07:28:00 GMT',
    'wed, 21 oct 2026 07:28:00 gmt',
    'Wed, 1 Oct 2026 07:28:00 GMT',
    'Wednesday, 21-Oct-2026 07:28:00 GMT',
    'Wed Oct 21 07:28:00 2026 GMT',
    'Wed Oct 21 2026',
    'Wed, 21 Xyz 2026 07:28:00 GMT',
    'Wed, 21 Oct 2026 99:99:99 GMT',
    '12 s',
    's 12',
    '+12',
  ].map((text): Row => [
    `finds that ${text} is neither`,
    with404({ 'Retry-After': text }),
    ['violation in header retry-after: Retry-After is neither seconds nor a date'],
  ]),
  ['does not apply without', { answer: properReply(404) }, 'does not apply'],
  [
    'finds a word',
    with404({ 'Retry-After': 'soon' }),
    ['violation in header retry-after: Retry-After is neither seconds nor a date'],
  ],
  [
    'finds a negative number',
    with404({ 'Retry-After': '-1' }),
    ['violation in header retry-after: Retry-After is neither seconds nor a date'],
  ],
  [
    'finds a fraction',
    with404({ 'Retry-After': '1.5' }),
    ['violation in header retry-after: Retry-After is neither seconds nor a date'],
  ],
  [
    'finds a date of another form',
    with404({ 'Retry-After': '2026-10-21T07:28:00Z' }),
    ['violation in header retry-after: Retry-After is neither seconds nor a date'],
  ],
  [
    'finds two',
    with404({ 'Retry-After': ['1', '2'] }),
    ['violation in header retry-after: Retry-After is there more than once'],
  ],
]);

const refused = { promise: 'rejected', request: { method: 'POST' } };

describeCheck(allowCheck, [
  ['accepts the declared methods', { ...refused, answer: reply(405, '', { Allow: 'GET, DELETE, OPTIONS' }) }, []],
  ['does not apply to another status', { answer: properReply(404) }, 'does not apply'],
  [
    'mentions that it is missing',
    { ...refused, answer: reply(405) },
    ['advice in header allow: a 405 has no Allow header'],
  ],
  [
    'mentions the refused method in it',
    { ...refused, answer: reply(405, '', { Allow: 'POST, DELETE' }) },
    ['advice in header allow: the 405 refuses POST and allows it'],
  ],
  [
    'mentions a declared one that it leaves out',
    { ...refused, answer: reply(405, '', { Allow: 'GET' }) },
    ['advice in header allow: the Allow header leaves out a declared method'],
  ],
]);
