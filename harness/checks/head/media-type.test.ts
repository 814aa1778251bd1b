import { describeCheck, proper, properReply, reply } from '../../testing/describe-check.ts';
import { getThing } from '../../testing/servers/shop-responses.ts';
import { mediaTypeCheck } from './media-type.ts';

const labelled = (type: string | undefined): string => properReply(404, { 'Content-Type': type });
const get = { operation: getThing, request: { method: 'GET', path: '/things/t-1' } };

describeCheck(mediaTypeCheck, [
  ['accepts the declared type', { answer: labelled('application/json') }, []],
  ['accepts it with a charset', { answer: labelled('application/json; charset=UTF-8') }, []],
  ['accepts it with a quoted charset', { answer: labelled('application/json;charset="utf-8"') }, []],
  ['accepts it in other letter case', { answer: labelled('Application/JSON ; Charset=utf-8 ;') }, []],
  ['accepts it with other parameters', { answer: labelled('application/json; profile="a;b"') }, []],
  ['does not apply where no content is declared', { answer: reply(202), promise: '202' }, 'does not apply'],
  ['does not apply to an answer of another status', { answer: reply(500), also: ['status'] }, 'does not apply'],
  ['does not apply to HEAD', { answer: reply(404), request: { method: 'HEAD' } }, 'does not apply'],
  [
    'finds a wrong type',
    { answer: labelled('text/plain') },
    ['violation in header content-type: the body is labelled text/plain, not application/json'],
  ],
  [
    'finds a problem document where none is declared',
    { answer: labelled('application/problem+json') },
    ['violation in header content-type: the body is labelled application/problem+json, not application/json'],
  ],
  [
    'finds a page of HTML, and says nothing more of it',
    { answer: reply(404, '<!doctype html><h1>Not Found</h1>', { 'Content-Type': 'text/html' }) },
    ['violation in header content-type: the body is labelled text/html, not application/json'],
  ],
  [
    'finds no type',
    { answer: labelled(undefined) },
    ['violation in header content-type: the body has no Content-Type'],
  ],
  [
    'finds what is no type at all',
    { answer: labelled('json') },
    ['violation in header content-type: the body is labelled json, not application/json'],
  ],
  [
    'finds parameters that cannot be read',
    { answer: labelled('application/json; charset') },
    ['violation in header content-type: the body is labelled application/json; charset, not application/json'],
  ],
  [
    'leaves two types to the check of that',
    {
      answer: reply(404, proper(404), { 'Content-Type': ['application/json', 'text/html'] }),
      also: ['content-type-once'],
    },
    [],
  ],
  [
    'knows a parameter that the document asks for',
    { ...get, promise: '200', answer: reply(200, '{"name":"x"}', { 'X-Count': '1' }) },
    [],
  ],
  [
    'accepts any of several types',
    { ...get, promise: ['206'], answer: reply(206, 'x', { 'Content-Type': 'text/plain' }) },
    [],
  ],
  [
    'accepts a type of a declared range',
    { ...get, promise: ['206'], answer: reply(206, '{}', { 'Content-Type': 'application/cbor' }) },
    [],
  ],
  [
    'finds a type of no declared range',
    { ...get, promise: ['206'], answer: reply(206, 'x', { 'Content-Type': 'text/html' }) },
    ['violation in header content-type: the body is labelled text/html, not text/plain'],
  ],
  [
    'accepts the parameter that is declared',
    { ...get, promise: '410', answer: reply(410, '{}', { 'Content-Type': 'application/vnd.shop+json; V="2"; x=y' }) },
    [],
  ],
  [
    'finds another value of it',
    { ...get, promise: '410', answer: reply(410, '{}', { 'Content-Type': 'application/vnd.shop+json; v=1' }) },
    [
      'violation in header content-type: the body is labelled application/vnd.shop+json; v=1, not application/vnd.shop+json;v=2',
    ],
  ],
  [
    'finds it missing',
    { ...get, promise: '410', answer: reply(410, '{}', { 'Content-Type': 'application/vnd.shop+json' }) },
    [
      'violation in header content-type: the body is labelled application/vnd.shop+json, not application/vnd.shop+json;v=2',
    ],
  ],
]);
