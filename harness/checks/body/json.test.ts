import { expect, test } from 'vitest';
import { describeCheck, errorBody, proper, reply } from '../../testing/describe-check.ts';
import { jsonCheck } from './json.ts';
import { jsonProblem } from '../reading/json/json-problem.ts';

const said = proper(404);
const text = (body: string | Uint8Array): { readonly answer: string } => ({ answer: reply(404, body) });
const utf16 = (big: boolean, mark: boolean): Buffer => {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${said}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

describeCheck(jsonCheck, [
  ['accepts JSON', text(said), []],
  ['accepts white space around and inside', text(`\r\n\t ${JSON.stringify(JSON.parse(said), undefined, 4)}\n\n`), []],
  ['accepts escapes', text(said.replace('Backup', '\\u0042ackup').replace('not', '\\/ not')), []],
  ['accepts characters beyond the first plane', text(errorBody(404, 'NOT_FOUND', 'Backup 🗄 not found, naïve')), []],
  ['accepts the same as a pair of escapes', text(said.replace('Backup', '\\ud83d\\uDDC4')), []],
  ['accepts a backslash before what looks like an escape', text(errorBody(404, 'NOT_FOUND', 'No \\ud800 here')), []],
  ['accepts the replacement character', text(errorBody(404, 'NOT_FOUND', 'No \ufffd here')), []],
  ['does not apply where no content is declared', { answer: reply(202), promise: '202' }, 'does not apply'],
  ['does not apply to HEAD', { answer: reply(404), request: { method: 'HEAD' } }, 'does not apply'],
  [
    'does not apply to what is labelled as something else',
    { answer: reply(404, 'No', { 'Content-Type': 'text/plain' }), also: ['media-type'] },
    'does not apply',
  ],
  [
    'finds nothing',
    { answer: reply(404, '', { 'Content-Type': 'application/json' }) },
    ['violation in body: the body is empty'],
  ],
  ['finds white space only', text(' \n'), ['violation in body: the body is white space only']],
  ['finds a byte order mark', text(`\ufeff${said}`), ['violation in body: the body begins with a byte order mark']],
  [
    'finds Latin-1',
    text(Buffer.from(errorBody(404, 'NOT_FOUND', 'Introuvable é'), 'latin1')),
    ['violation in body: the body is not valid UTF-8'],
  ],
  [
    'says which byte is wrong, past what only looks wrong',
    text(Buffer.from('"\xef\xbf\xbd\xc3\xa9\xff"', 'latin1')),
    ['violation in body: the body is not valid UTF-8'],
  ],
  [
    'finds an overlong encoding',
    text(Buffer.from(said.replace('Backup', '\xc0\xaf'), 'latin1')),
    ['violation in body: the body is not valid UTF-8'],
  ],
  [
    'finds a surrogate in UTF-8',
    text(Buffer.from(said.replace('Backup', '\xed\xa0\x80'), 'latin1')),
    ['violation in body: the body is not valid UTF-8'],
  ],
  ['finds UTF-16', text(utf16(false, false)), ['violation in body: the body is UTF-16']],
  ['finds UTF-16 of the other byte order', text(utf16(true, false)), ['violation in body: the body is UTF-16']],
  ['finds UTF-16 with a mark', text(utf16(false, true)), ['violation in body: the body is UTF-16']],
  [
    'finds UTF-16 of the other byte order with a mark',
    text(utf16(true, true)),
    ['violation in body: the body is UTF-16'],
  ],
  [
    'finds half a surrogate pair',
    text(said.replace('Backup', '\\ud83d')),
    ['violation in body: a string in the body holds half of a surrogate pair, which is no character'],
  ],
  [
    'finds half a pair in a name',
    text(said.replace('{', '{"\\udc00":1,')),
    ['violation in body: a string in the body holds half of a surrogate pair, which is no character'],
  ],
  ['finds text after the document', text(`${said}OK`), ['violation in body: text follows the JSON document']],
  ['finds two documents', text(`${said}\n${said}`), ['violation in body: the body holds two JSON documents']],
  ['finds NaN', text(said.replace('404', 'NaN')), ['violation in body: the body has NaN, which is not JSON']],
  [
    'finds Infinity',
    text(said.replace('404', '-Infinity')),
    ['violation in body: the body has Infinity, which is not JSON'],
  ],
  [
    'finds values of Python',
    text(said.replace('404', 'None')),
    ['violation in body: the body has None, which is not JSON'],
  ],
  [
    'finds a trailing comma',
    text(said.replace(/\}$/, ',}')),
    ['violation in body: the body has a comma before a closing bracket'],
  ],
  ['finds a document that breaks off', text(said.slice(0, -5)), ['violation in body: the JSON document breaks off']],
  [
    'finds one that breaks off in a string',
    text(said.slice(0, 30)),
    ['violation in body: the JSON document breaks off'],
  ],
  [
    'finds JSON inside of a string',
    text(JSON.stringify(said)),
    ['violation in body: the body is JSON inside of a JSON string: it was encoded twice'],
  ],
  [
    'finds a page',
    text('<!DOCTYPE html><p>NaN,}</p>'),
    ['violation in body: the body is a page of HTML or XML, not JSON'],
  ],
  ['finds a sentence', text('Not found'), ['violation in body: the body is not valid JSON']],
  ['finds single quotes', text(said.replaceAll('"', "'")), ['violation in body: the body is not valid JSON']],
  ['finds a comment', text(`/* x */${said}`), ['violation in body: the body is not valid JSON']],
  [
    'finds a line break in a string',
    text(said.replace('Backup', 'Back\nup')),
    ['violation in body: the body is not valid JSON'],
  ],
  ['finds leading zeros', text(said.replace('404', '0404')), ['violation in body: the body is not valid JSON']],
  ['finds a prefix against inclusion', text(`)]}',\n${said}`), ['violation in body: the body is not valid JSON']],
  [
    'finds a depth that breaks parsers',
    text(`${'['.repeat(5000)}${']'.repeat(5000)}`),
    ['violation in body: the body nests deeper than 256 levels'],
  ],
  [
    'speaks of a body without a label too',
    { answer: reply(404, said.slice(0, -1), { 'Content-Type': undefined }), also: ['media-type'] },
    ['violation in body: the JSON document breaks off'],
  ],
]);

test('the byte that is no UTF-8 is named', () => {
  const bytes = Buffer.from('"\xef\xbf\xbd\xc3\xa9\xff"', 'latin1');
  expect(jsonProblem(bytes, undefined, 9)?.actual).toBe('byte 0xff at offset 6');
});
