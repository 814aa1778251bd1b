import { describeCheck, properReply, reply } from '../../testing/describe-check.ts';
import { getThing } from '../../testing/servers/shop-responses.ts';
import { redirectCheck } from './redirect.ts';

const get = { method: 'GET', path: '/things/t-1' };

describeCheck(redirectCheck, [
  ['accepts an answer that leads nowhere', { answer: properReply(404) }, []],
  ['does not apply without an answer', { answer: [{ close: 'end' }], also: ['transport'] }, 'does not apply'],
  [
    'finds a redirect to another path',
    { answer: reply(308, '', { Location: '/backups/b-1234567/' }), promise: '202' },
    ['violation in status: the answer redirects to another path'],
  ],
  [
    'finds a redirect to another host, which would get the key',
    { answer: reply(302, '', { Location: 'https://login.example/' }), promise: '404' },
    ['violation in status: the answer redirects to another host'],
  ],
  [
    'finds a redirect without a place',
    { answer: reply(301), promise: ['202', '404'] },
    ['violation in status: the answer redirects'],
  ],
  [
    'only mentions a redirect where nothing had to happen',
    { answer: reply(301, '', { Location: '/' }), promise: 'rejected' },
    ['advice in status: the answer redirects to another path'],
  ],
  [
    'mentions a place that an error leads to',
    { answer: properReply(404, { Location: '/' }) },
    ['advice in header location: a 404 has a Location header, which means nothing there'],
  ],
  ['accepts the place of something accepted', { answer: reply(202, '', { Location: '/jobs/1' }), promise: '202' }, []],
  [
    'accepts a declared redirect',
    { operation: getThing, request: get, answer: reply(302, '', { Location: '/x' }), promise: '3XX' },
    [],
  ],
  [
    'leaves a declared redirect that was not promised to the status check',
    { operation: getThing, request: get, answer: reply(302, '', { Location: '/x' }), promise: '404', also: ['status'] },
    [],
  ],
]);
