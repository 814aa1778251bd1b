import { describeCheck, properReply, reply } from './bench.test-support.ts';
import { charsetCheck } from './charset.ts';

const labelled = (type: string): string => properReply(404, { 'Content-Type': type });

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
]);
