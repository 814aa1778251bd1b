import { describeCheck, errorBody, properReply, reply } from '../../testing/describe-check.ts';
import { errorMessageCheck } from './error-message.ts';

const saying = (message: string): { readonly answer: string } => ({
  answer: reply(404, errorBody(404, 'NOT_FOUND', message)),
});

const template = [
  'violation in body /error/message: the error message is a template in which nothing, or the wrong thing, was filled in',
];

describeCheck(errorMessageCheck, [
  ['accepts the wording of the document', { answer: properReply(404) }, []],
  ['accepts other wording', saying('Sauvegarde introuvable'), []],
  ['accepts other writing', saying('バックアップが見つかりません'), []],
  ['does not apply where no content is declared', { answer: reply(202), promise: '202' }, 'does not apply'],
  [
    'does not apply where there is no message',
    { answer: reply(404, '{"status":404,"error":{"code":"NOT_FOUND"}}'), also: ['schema'] },
    'does not apply',
  ],
  ['finds nothing', saying(''), ['violation in body /error/message: the error message is empty']],
  ['finds white space', saying(' \n\t'), ['violation in body /error/message: the error message is empty']],
  [
    'finds what cannot be seen',
    saying('\u200b\u2060'),
    ['violation in body /error/message: the error message has no word in it'],
  ],
  ['finds a number', saying('404'), ['violation in body /error/message: the error message has no word in it']],
  [
    'finds what a sampler makes up',
    saying('string'),
    ['violation in body /error/message: the error message is a placeholder'],
  ],
  [
    'finds what was to be written later',
    saying('TODO.'),
    ['violation in body /error/message: the error message is a placeholder'],
  ],
  ['accepts a message about a string', saying('The string is no id.'), []],
  ['finds a dash', saying('-'), ['violation in body /error/message: the error message has no word in it']],
  ['finds an object in place of a text', saying('Backup [object Object] not found'), template],
  ['finds a placeholder of JavaScript', saying('Backup ${backup_id} not found'), template],
  ['finds a placeholder of other templates', saying('Backup {{ id }} not found'), template],
  ['finds a placeholder in plain braces', saying('Backup {backup_id} not found'), template],
  ['finds a placeholder of printf', saying('Backup %s not found'), template],
  ['finds a printf of Go that went wrong', saying('Backup %!d(string=x) not found'), template],
  ['finds a value that was missing', saying('Backup undefined not found.'), template],
  ['finds a quoted one', saying("Backup 'None' not found."), template],
  ['finds nothing but that', saying('null'), template],
  ['accepts the words in a sentence', saying('The name is undefined, and null is no id; 100% sure {sic}'), []],
  [
    'accepts an id that looks like a placeholder',
    {
      answer: reply(404, errorBody(404, 'NOT_FOUND', 'Backup ${{7*7}} not found.')),
      request: { path: '/backups/%24%7B%7B7*7%7D%7D' },
    },
    [],
  ],
  [
    'accepts an id that is such a word',
    { answer: reply(404, errorBody(404, 'NOT_FOUND', 'Backup NaN not found.')), request: { path: '/backups/NaN' } },
    [],
  ],
]);
