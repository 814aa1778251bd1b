import { describeCheck, errorBody, properReply, reply } from '../../testing/describe-check.ts';
import { undeclaredPropertiesCheck } from './undeclared-properties.ts';

describeCheck(undeclaredPropertiesCheck, [
  ['accepts the named ones', { answer: properReply(404) }, []],
  [
    'accepts anything in details',
    { answer: reply(404, errorBody(404, 'NOT_FOUND', 'x', { details: { any: { thing: 1 } } })) },
    [],
  ],
  ['does not apply to what is no JSON', { answer: reply(404, '{'), also: ['json'] }, 'does not apply'],
  [
    'mentions the others',
    { answer: reply(404, errorBody(404, 'NOT_FOUND', 'x', { request: 'r' }).replace('{', '{"ok":false,')) },
    [
      'advice in body /ok: the document does not name /ok',
      'advice in body /error/request: the document does not name /error/request',
    ],
  ],
]);
