import { contentTypeOnceCheck } from './content-type-once.ts';
import { describeCheck, properReply, reply } from '../../testing/describe-check.ts';

const labelled = (...types: readonly string[]): string => properReply(404, { 'Content-Type': types });

describeCheck(contentTypeOnceCheck, [
  ['accepts one', { answer: labelled('application/json') }, []],
  ['accepts none', { answer: reply(202), promise: '202' }, []],
  ['does not apply without an answer', { answer: [{ close: 'end' }], also: ['transport'] }, 'does not apply'],
  [
    'finds two that contradict each other',
    { answer: labelled('application/json', 'text/html') },
    ['violation in header content-type: Content-Type is there 2 times, and they contradict each other'],
  ],
  [
    'finds the same twice',
    { answer: labelled('application/json', 'application/json') },
    ['violation in header content-type: Content-Type is there 2 times'],
  ],
]);
