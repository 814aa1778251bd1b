import type { Fault, Tamper } from '../fault.ts';
import { type Declared, errors, inAnswer } from './row.ts';

/** Bodies that are JSON and do not fit the schema. */
export const schemaFaults: readonly Fault[] = [
  unfit(401, 'no-error', 'The 401 has no error in it', { do: 'without', at: '/error' }),
  unfit(412, 'no-code', 'The 412 has no code', { do: 'without', at: '/error/code' }),
  unfit(404, 'no-message', 'The 404 has no message', { do: 'without', at: '/error/message' }),
  unfit(500, 'no-status', 'The 500 has no status in its body', { do: 'without', at: '/status' }),
  unfit(404, 'status-as-text', 'The status in the body is a text', { do: 'json', at: '/status', to: '404' }),
  unfit(404, 'status-broken', 'The status in the body is no whole number', { do: 'json', at: '/status', to: 404.5 }),
  unfit(404, 'status-null', 'The status in the body is null', { do: 'json', at: '/status', to: null }),
  unfit(412, 'code-number', 'The code is a number', { do: 'json', at: '/error/code', to: 412 }),
  unfit(412, 'code-null', 'The code is null', { do: 'json', at: '/error/code', to: null }),
  unfit(412, 'code-unlisted', 'The code is none of the listed ones', {
    do: 'json',
    at: '/error/code',
    to: 'RESTORE_PENDING',
  }),
  unfit(401, 'code-lower-case', 'The code is in lower case', { do: 'json', at: '/error/code', to: 'unauthenticated' }),
  unfit(401, 'code-with-space', 'The code has a space after it', {
    do: 'json',
    at: '/error/code',
    to: 'UNAUTHENTICATED ',
  }),
  unfit(500, 'code-empty', 'The code is empty', { do: 'json', at: '/error/code', to: '' }),
  unfit(404, 'code-list', 'The code is a list of codes', { do: 'json', at: '/error/code', to: ['NOT_FOUND'] }),
  unfit(404, 'message-null', 'The message is null', { do: 'json', at: '/error/message', to: null }),
  unfit(404, 'message-list', 'The message is a list', { do: 'json', at: '/error/message', to: ['not found'] }),
  unfit(404, 'message-object', 'The message is an object of translations', {
    do: 'json',
    at: '/error/message',
    to: { en: 'not found' },
  }),
  unfit(412, 'details-text', 'The details are a text', { do: 'json', at: '/error/details', to: 'pending' }),
  unfit(412, 'details-list', 'The details are a list', { do: 'json', at: '/error/details', to: ['job-1'] }),
  unfit(412, 'details-null', 'The details are null', { do: 'json', at: '/error/details', to: null }),
  unfit(401, 'error-text', 'The error is a text', { do: 'json', at: '/error', to: 'unauthorized' }),
  unfit(401, 'error-list', 'The error is a list of errors', {
    do: 'json',
    at: '/error',
    to: [{ code: 'UNAUTHENTICATED', message: 'Invalid API key.' }],
  }),
  unfit(404, 'flat', 'The error is flat: code and message stand at the top', {
    do: 'body',
    text: '{"code":"NOT_FOUND","message":"Backup {id} not found.","status":404}',
  }),
  unfit(404, 'framework', 'The 404 is the one of the web framework', { do: 'body', text: '{"detail":"Not Found"}' }),
  unfit(404, 'gateway', 'The 404 is the one of the gateway', {
    do: 'body',
    text: '{"message":"no Route matched with those values"}',
  }),
  unfit(404, 'problem-details', 'The 404 is a problem detail with the label of plain JSON', {
    do: 'body',
    text: '{"type":"about:blank","title":"Not Found","status":404,"detail":"Backup {id} not found."}',
  }),
  unfit(404, 'wrapped', 'The 404 is wrapped in an envelope', {
    do: 'body',
    text: '{"data":null,"response":{"error":{"code":"NOT_FOUND","message":"Backup {id} not found."},"status":404}}',
  }),
  unfit(404, 'list', 'The 404 is a list of one error', {
    do: 'body',
    text: '[{"error":{"code":"NOT_FOUND","message":"Backup {id} not found."},"status":404}]',
  }),
  unfit(404, 'null', 'The 404 is null', { do: 'body', text: 'null' }),
  unfit(404, 'text', 'The 404 is a JSON text', { do: 'body', text: '"Backup {id} not found."' }),
  unfit(404, 'empty-object', 'The 404 is an empty object', { do: 'body', text: '{}' }),
  unfit(404, 'misspelt', 'The message is spelt mesage', {
    do: 'body',
    text: '{"error":{"code":"NOT_FOUND","mesage":"Backup {id} not found."},"status":404}',
  }),
  unfit(404, 'other-case', 'The names of the body begin with capitals', {
    do: 'body',
    text: '{"Error":{"Code":"NOT_FOUND","Message":"Backup {id} not found."},"Status":404}',
  }),
  inAnswer(errors, {
    name: 'schema/status-inside',
    says: 'The status stands inside of the error, in each error',
    tamper: [
      { do: 'json', at: '/error/status', to: 400 },
      { do: 'without', at: '/status' },
    ],
    check: 'schema',
  }),
  drift('top', 'Errors have a request id that the document does not name', {
    do: 'json',
    at: '/request_id',
    to: 'r-1',
  }),
  drift('inside', 'The error has a hint that the document does not name', {
    do: 'json',
    at: '/error/hint',
    to: 'Try another id.',
  }),
];

function unfit(status: Declared, name: string, says: string, tamper: Tamper): Fault {
  return inAnswer(status, { name: `schema/${name}`, says, tamper, check: 'schema' });
}

function drift(name: string, says: string, tamper: Tamper): Fault {
  return inAnswer(404, { name: `schema/drift-${name}`, says, tamper, check: 'undeclared-properties', as: 'advice' });
}
