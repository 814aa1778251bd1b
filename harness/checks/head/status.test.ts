import { expect, test } from 'vitest';
import { answer } from '../../testing/verdicts.ts';
import {
  describeCheck,
  errorBody,
  proper,
  properReply,
  reply,
  deleteBackup,
  promiseOf,
  subjectFor,
} from '../../testing/describe-check.ts';
import { isRedirect, statusCheck } from './status.ts';

describeCheck(statusCheck, [
  ['accepts the promised status', { answer: properReply(404) }, []],
  ['accepts a status without content', { answer: reply(202), promise: '202' }, []],
  [
    'refuses another success',
    { answer: reply(200), promise: '202' },
    ['violation in status: the status is 200, not 202'],
  ],
  [
    'refuses another declared status, and leaves its body alone',
    { answer: reply(500, '{"a":'), promise: '404' },
    ['violation in status: the status is 500, not 404'],
  ],
  [
    'refuses a page of a proxy, once',
    { answer: reply(502, '<html><h1>502 Bad Gateway</h1></html>', { 'Content-Type': 'text/html' }) },
    ['violation in status: the status is 502, not 404'],
  ],
  ['accepts any of several', { answer: properReply(412), promise: ['202', '412'] }, []],
  [
    'refuses what is none of several',
    { answer: properReply(404), promise: ['202', '412'] },
    ['violation in status: the status is 404, not 202 or 412'],
  ],
  ['accepts a refusal', { answer: reply(405, '', { Allow: 'DELETE' }), promise: 'rejected' }, []],
  [
    'refuses success where the request had to be refused',
    { answer: reply(202), promise: 'rejected' },
    ['violation in status: the request must be refused, yet it is answered with 202'],
  ],
  [
    'refuses failure where the request had to be refused',
    { answer: properReply(500), promise: 'rejected' },
    ['violation in status: the request must be refused, yet the server failed with 500'],
  ],
  [
    'accepts that a method is not implemented',
    { answer: reply(501), promise: 'rejected', request: { method: 'PURGE' } },
    [],
  ],
  [
    'refuses that of the method that is declared',
    { answer: reply(501), promise: 'rejected' },
    ['violation in status: the request must be refused, yet the server failed with 501'],
  ],
  [
    'refuses another failure, also of a method that the server may not know',
    { answer: properReply(500), promise: 'rejected', request: { method: 'PURGE' } },
    ['violation in status: the request must be refused, yet the server failed with 500'],
  ],
  ['accepts success that harms nothing', { answer: reply(200), promise: 'not-5xx' }, []],
  [
    'refuses failure where nothing should happen',
    { answer: properReply(500), promise: 'not-5xx' },
    ['violation in status: the request must not break the server, yet it failed with 500'],
  ],
  ['tolerates an undeclared refusal', { answer: reply(415), promise: '404', tolerated: true }, []],
  ['tolerates the first of them', { answer: reply(400), promise: '404', tolerated: true }, []],
  [
    'refuses an undeclared refusal where one of several is promised',
    { answer: reply(415), promise: ['404', '412'] },
    ['violation in status: the status is 415, not 404 or 412'],
  ],
  [
    'does not tolerate an undeclared success',
    { answer: reply(204), promise: '404', tolerated: true },
    ['violation in status: the status is 204, not 404'],
  ],
  [
    'does not tolerate an undeclared failure, and shows it without what surrounds it',
    { answer: 'HTTP/1.1 502 \r\nContent-Length: 7\r\n\r\n\nOops \n', promise: '404', tolerated: true },
    ['violation in status: the status is 502, not 404'],
  ],
  [
    'does not tolerate a declared one of another meaning',
    { answer: properReply(401), promise: '404', tolerated: true },
    ['violation in status: the status is 401, not 404'],
  ],
  [
    'does not tolerate success',
    { answer: reply(202), promise: '404', tolerated: true },
    ['violation in status: the status is 202, not 404'],
  ],
  ['does not apply without an answer', { answer: [{ close: 'end' }], also: ['transport'] }, 'does not apply'],
  [
    'speaks although the answer breaks off',
    { answer: [reply(500, proper(500), { 'Content-Length': '500' }), { close: 'end' }], also: ['framing'] },
    ['violation in status: the status is 500, not 404'],
  ],
  ['has nothing against other wording', { answer: reply(404, errorBody(404, 'NOT_FOUND', 'No such backup')) }, []],
]);

test.each([
  [299, false],
  [300, true],
  [304, false],
  [399, true],
  [400, false],
])('%i redirects: %s', (status, want) => {
  expect(isRedirect(status)).toBe(want);
});

test.each([
  ['valid', true],
  ['wrong', false],
] as const)('a 401 casts doubt on a key that is %s: %s', async (credential, want) => {
  const operation = await deleteBackup();
  const exchange = answer(401);
  const subject = subjectFor({ operation, expectation: promiseOf(operation, {}), exchange, values: {} });
  const step = { ...subject.step, request: { ...subject.step.request, credential } };
  const [found] = statusCheck.run({ ...subject, step });
  expect(found?.hint?.endsWith('Is the API key valid for this server?')).toBe(want);
});
