import { describeCheck, properReply, reply } from '../../testing/describe-check.ts';
import { charsetCheck } from './charset.ts';

const labelled = (type: string | undefined): string => properReply(404, { 'Content-Type': type });

describeCheck(charsetCheck, [
  ['accepts UTF-8', { answer: labelled('application/json; charset=UTF-8') }, []],
  ['accepts it quoted', { answer: labelled('application/json; charset="Utf-8"') }, []],
  ['does not apply without a charset', { answer: labelled('application/json') }, 'does not apply'],
  [
    'does not apply to text',
    { answer: reply(404, 'x', { 'Content-Type': 'text/html; charset=latin1' }), also: ['media-type'] },
    'does not apply',
  ],
  [
    'finds Latin-1',
    { answer: labelled('application/json; charset=iso-8859-1') },
    ['violation in header content-type: the JSON is labelled charset=iso-8859-1'],
  ],
  [
    'finds UTF-16',
    { answer: labelled('application/json;charset=utf-16') },
    ['violation in header content-type: the JSON is labelled charset=utf-16'],
  ],
  [
    'finds what nobody knows',
    { answer: labelled('application/json; charset=none') },
    ['violation in header content-type: the JSON is labelled charset=none'],
  ],
  [
    'mentions a name that is not registered',
    { answer: labelled('application/json; charset=utf8') },
    ['advice in header content-type: the JSON is labelled charset=utf8'],
  ],
  [
    'finds what only begins like UTF-8',
    { answer: labelled('application/json; charset=utf-8-x') },
    ['violation in header content-type: the JSON is labelled charset=utf-8-x'],
  ],
  [
    'finds what only ends like UTF-8',
    { answer: labelled('application/json; charset=x-utf-8') },
    ['violation in header content-type: the JSON is labelled charset=x-utf-8'],
  ],
  [
    'takes no longer name for a slip',
    { answer: labelled('application/json; charset=utf8mb4') },
    ['violation in header content-type: the JSON is labelled charset=utf8mb4'],
  ],
  [
    'takes no other name for a slip',
    { answer: labelled('application/json; charset=csutf8') },
    ['violation in header content-type: the JSON is labelled charset=csutf8'],
  ],
  [
    'does not apply to what is no media type',
    { answer: labelled('json; charset=latin1'), also: ['media-type'] },
    'does not apply',
  ],
  ['does not apply without a label', { answer: labelled(undefined), also: ['media-type'] }, 'does not apply'],
  [
    'does not apply to an answer that broke off',
    {
      answer: reply(404, '{', { 'Content-Type': 'application/json; charset=latin1', 'Content-Length': '9' }),
      also: ['framing'],
    },
    'does not apply',
  ],
]);
