import { describeCheck, errorBody, properReply, reply, type Situation } from '../../testing/describe-check.ts';
import { deleteBackupOf } from '../../testing/documents/version-documents.ts';
import { permissionMessageCheck } from './permission-message.ts';

const saying = (message: string, more: Partial<Situation> = {}): Situation => ({
  answer: reply(403, errorBody(403, 'PERMISSION_DENIED', message)),
  promise: '403',
  operation: () => deleteBackupOf('2026-07'),
  ...more,
});
const of403 = 'violation in body /error/message: the message of a 403';

describeCheck(permissionMessageCheck, [
  ['accepts the example', saying('Access denied: Permission control::backups::list is required'), []],
  ['accepts another permission in other words', saying('You need backups:delete.'), []],
  ['accepts the id that was asked for', saying('control::backups::delete is required for b-1234567'), []],
  ['does not apply to a 404', { answer: properReply(404) }, 'does not apply'],
  [
    'finds the id of another resource',
    saying('control::backups::delete is missing, as for other-1', { values: { neighbour_id: 'other-1' } }),
    [`${of403} names other-1, which was not asked for`],
  ],
  [
    'finds what discloses that the resource exists',
    saying('control::backups::delete is required: b-1234567 belongs to another project'),
    [`${of403} is about the resource, not about the permission alone`],
  ],
  [
    'advises against ids beside the permission',
    saying('Key key-998877 lacks control::backups::delete'),
    ['advice in body /error/message: the message of a 403 names key-998877 beside the permission'],
  ],
  [
    'advises where no permission is named',
    saying('Access denied.'),
    [
      'advice in body /error/message: the message of a 403 names no permission, where the example in the document names one',
    ],
  ],
]);
