import { asked, describeCheck, errorBody, properReply, reply } from '../../testing/describe-check.ts';
import { messageSubjectCheck } from './message-subject.ts';

const saying = (message: string): { readonly answer: string } => ({
  answer: reply(404, errorBody(404, 'NOT_FOUND', message)),
});
const jobs = (message: string): { readonly answer: string; readonly promise: string } => ({
  answer: reply(412, errorBody(412, 'FAILED_PRECONDITION', message)),
  promise: '412',
});
const neighbour = { backup_id: asked, neighbour_id: 'b-7654321' };

const unnamed = ['advice in body /error/message: the message does not name the id that was asked for'];

describeCheck(messageSubjectCheck, [
  ['accepts the id that was asked for', { answer: properReply(404) }, []],
  ['accepts it in other words', saying(`There is no ${asked} here`), []],
  ['accepts it in quotes', saying(`Backup "${asked}" not found.`), []],
  ['accepts it in other letter case', saying(`Backup ${asked.toUpperCase()} not found.`), []],
  ['accepts it cut short', saying('Backup b-12345… not found.'), []],
  [
    'accepts it as it was percent-encoded',
    { ...saying(`Backup ${asked} not found.`), request: { path: '/backups/%62-1234567' } },
    [],
  ],
  [
    'accepts it beside the id of the request',
    saying(`Backup ${asked} not found (request 670e8400-e29b-41d4-a716-446655440000)`),
    [],
  ],
  ['does not apply where examples name nothing', { answer: properReply(401), promise: '401' }, 'does not apply'],
  ['does not apply where no content is declared', { answer: reply(202), promise: '202' }, 'does not apply'],
  [
    'says nothing of ids that are written in many ways',
    { ...saying('Backup \ufffd not found.'), request: { path: '/backups/%00%22x' } },
    [],
  ],
  [
    'says nothing of other paths',
    { ...saying('Backup b-9999999 not found.'), request: { path: '/backups//b-1234567' } },
    [],
  ],
  [
    'finds the id of the example',
    saying('Backup bkp_123abc not found.'),
    ['violation in body /error/message: the message names bkp_123abc, which was not asked for'],
  ],
  [
    'finds another id',
    saying('Backup 670e8400-e29b-41d4-a716-446655440000 not found.'),
    [
      'violation in body /error/message: the message names 670e8400-e29b-41d4-a716-446655440000, which was not asked for',
    ],
  ],
  [
    'finds the neighbour, however it is said',
    { ...saying('We have b-7654321 only'), values: neighbour },
    ['violation in body /error/message: the message names b-7654321, which was not asked for'],
  ],
  [
    'accepts the neighbour where it was asked for',
    { ...saying('We have no b-7654321'), values: neighbour, request: { path: '/backups/b-7654321' } },
    [],
  ],
  [
    'mentions that no id is named',
    saying('No such backup'),
    ['advice in body /error/message: the message does not name the id that was asked for'],
  ],
  ['accepts the jobs of a 412', { answer: properReply(412), promise: '412' }, []],
  ['accepts jobs in other words', jobs('Wait for restore job r-12345'), []],
  [
    'mentions that no job is named',
    jobs('There are restore jobs'),
    ['advice in body /error/message: the message names nothing, where the example in the document names an id'],
  ],
  [
    'finds a list of jobs without any',
    jobs('Unable to delete backup. There are pending restore jobs for this backup: []'),
    ['violation in body /error/message: the message is worded like the example in the document and leaves out the id'],
  ],
  ['accepts a job at the beginning', jobs('r-12345 is pending'), []],
  ['leaves a message without words to another check', { ...saying('-'), also: ['error-message'] }, []],
  [
    'says nothing of an id with more than letters and digits',
    { ...saying('Backup bkp_123abc not found.'), request: { path: '/backups/b-1234567%22' } },
    [],
  ],
  [
    'finds another id, whatever it is wrapped in',
    saying('Backup <"b-7654321">. not found.'),
    ['violation in body /error/message: the message names b-7654321, which was not asked for'],
  ],
  ['takes no part of a word for an id', saying('Backup b-7"654321 not found.'), unnamed],
  ['takes none of several words for an id', saying('Backup called b-7654321 not found.'), unnamed],
  ['nor the first of them', saying('Backup b-7654321 was not found.'), unnamed],
  [
    'finds a neighbour of six characters',
    { ...saying('We have b-7654 only'), values: { neighbour_id: 'b-7654' } },
    ['violation in body /error/message: the message names b-7654, which was not asked for'],
  ],
  ['takes a shorter one for a word', { ...saying('We have b-765 only'), values: { neighbour_id: 'b-765' } }, unnamed],
  [
    'finds the id of the example where the target has a path of its own',
    { ...saying('Backup bkp_123abc not found.'), request: { path: `/api/v1/backups/${asked}` } },
    ['violation in body /error/message: the message names bkp_123abc, which was not asked for'],
  ],
]);
