import { describeCheck, errorBody, properReply, reply } from './bench.test-support.ts';
import { errorMessageCheck } from './error-message.ts';

const saying = (message: string): { readonly answer: string } => ({
  answer: reply(404, errorBody(404, 'NOT_FOUND', message)),
});

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
  ['finds a dash', saying('-'), ['violation in body /error/message: the error message has no word in it']],
]);
