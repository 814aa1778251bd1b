import { describeCheck, reply, type Situation } from '../testing/describe-check.ts';
import { deleteBackupOf } from '../testing/documents/version-documents.ts';
import { internalHostCheck } from './disclosure/internal-host.ts';
import { leakedKeyCheck } from './disclosure/leaked-key.ts';
import { stackTraceCheck } from './disclosure/stack-trace.ts';
import { errorMessageCheck } from './error/error-message.ts';
import { messageSwappedCheck } from './error/message-swapped.ts';

/** A 401 of 2026-07, whose body is plain text. */
const saying = (body: string): Situation => ({
  answer: reply(401, body, { 'Content-Type': 'text/plain' }),
  promise: '401',
  operation: () => deleteBackupOf('2026-07'),
});

describeCheck(errorMessageCheck, [
  ['accepts a text', saying('Invalid API key'), []],
  ['finds a text of spaces', saying('  '), ['violation in body: the error message is empty']],
  ['finds a placeholder', saying('string'), ['violation in body: the error message is a placeholder']],
]);

describeCheck(messageSwappedCheck, [
  ['accepts the text of the schema', saying('Invalid API key'), []],
  [
    'finds the text of a 403',
    saying('Access denied: Permission control::backups::list is required'),
    ['violation in body: a 401 has the message that the document gives to 403'],
  ],
]);

describeCheck(leakedKeyCheck, [
  [
    'finds a key in a text',
    saying('Invalid API key pcsk_test1_0123456789abcdefghij'),
    ['violation in body: the answer holds the API key that was sent'],
  ],
]);

describeCheck(stackTraceCheck, [
  [
    'finds a trace in a text',
    saying('Traceback (most recent call last):'),
    ['violation in body: the answer shows the inside of a server in Python'],
  ],
]);

describeCheck(internalHostCheck, [
  [
    'finds a host in a text',
    saying('auth-1.svc.cluster.local said no'),
    ['violation in body: the answer names auth-1.svc.cluster.local, which is a host of an internal network'],
  ],
]);
