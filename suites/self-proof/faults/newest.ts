import type { Fault, Tamper } from '../fault.ts';
import { withoutPermission } from '../proof.ts';
import { inAnswer, inProbe } from './row.ts';

const api = '2026-07';
const denied = {
  error: { code: 'PERMISSION_DENIED', message: 'Permission control::backups::delete is required' },
  status: 403,
};
const jsonOf401 = JSON.stringify({ error: { code: 'UNAUTHENTICATED', message: 'Invalid API key' }, status: 401 });
/** A request that shows a key which is known and lacks the permission. */
const shown = ['Api-Key', new RegExp(`^${withoutPermission}`)] as const;
const as401: readonly Tamper[] = [
  { do: 'status', status: 401, reason: 'Unauthorized' },
  { do: 'header', name: 'Content-Type', value: 'text/plain' },
  { do: 'body', text: 'Invalid API key' },
];
const saying = (message: string): Tamper => ({ do: 'json', at: '/error/message', to: message });

/** What only a version promises whose 401 is plain text, which declares 403 and no 412. */
export const newestFaults: readonly Fault[] = [
  inAnswer(401, {
    api,
    name: 'newest/401-of-json',
    says: 'A 401 is JSON in place of text, and says so',
    tamper: [
      { do: 'header', name: 'Content-Type', value: 'application/json' },
      { do: 'body', text: jsonOf401 },
    ],
    check: 'media-type',
  }),
  inAnswer(401, {
    api,
    name: 'newest/401-of-json-called-text',
    says: 'A 401 is JSON in place of text, and is called text',
    tamper: { do: 'body', text: jsonOf401 },
    check: 'plain-text',
  }),
  inAnswer(401, {
    api,
    name: 'newest/401-in-quotes',
    says: 'The text of a 401 is in the quotes of JSON',
    tamper: { do: 'encode', as: 'json-string' },
    check: 'plain-text',
  }),
  inAnswer(401, {
    api,
    name: 'newest/401-of-nothing',
    says: 'The text of a 401 is empty',
    tamper: { do: 'body', text: ' ' },
    check: 'error-message',
  }),
  inAnswer(401, {
    api,
    name: 'newest/401-with-the-key',
    says: 'The text of a 401 holds a key',
    tamper: { do: 'body', text: 'Invalid API key, unlike {key}' },
    check: 'leaked-key',
  }),
  inAnswer(401, {
    api,
    name: 'newest/403-where-401-is-due',
    says: 'An unknown key is answered 403',
    tamper: { do: 'answer', status: 403, json: denied },
    check: 'status',
  }),
  inAnswer(403, {
    api,
    name: 'newest/401-where-403-is-due',
    says: 'A known key without the permission is answered 401',
    tamper: as401,
    check: 'status',
  }),
  inAnswer(403, {
    api,
    name: 'newest/403-speaks-of-the-resource',
    says: 'The message of a 403 says whose the backup is',
    tamper: saying('Permission control::backups::delete is required: this backup belongs to another project'),
    check: 'permission-message',
  }),
  inProbe('auth/forbidden-nothing-happens', {
    api,
    name: 'newest/403-deletes',
    says: 'A request without the permission is answered 403, and deletes all the same',
    on: { header: shown, status: [403] },
    tamper: { do: 'delete', which: 'the-asked-one' },
    check: 'effect-untouched',
  }),
  inProbe('auth/forbidden-still-deletable', {
    api,
    name: 'newest/403-deletes-unseen',
    says: 'The same, by a server without any way to look',
    on: { header: shown, status: [403] },
    tamper: { do: 'delete', which: 'the-asked-one' },
    blind: 405,
    check: 'status',
  }),
  inProbe('auth/forbidden-before-existence', {
    api,
    name: 'newest/403-for-existing-ids-only',
    says: 'Without the permission, an unknown id is answered 404, which discloses existing ones',
    on: { header: shown },
    tamper: { do: 'look-before-key', tells: [404] },
    violates: ['403'],
    check: 'status',
  }),
  inProbe('auth/forbidden-before-existence', {
    api,
    name: 'newest/403-worded-by-existence',
    says: 'The message of a 403 is another one where the backup exists',
    on: { header: shown, status: [403], path: /ready-/ },
    tamper: saying('Permission control::backups::delete is required here'),
    check: 'effect-alike',
  }),
  inProbe('auth/forbidden-before-precondition', {
    api,
    name: 'newest/403-worded-by-precondition',
    says: 'The message of a 403 is another one where the backup is locked',
    on: { header: shown, status: [403], path: /pending-/ },
    tamper: saying('Permission control::backups::force is required'),
    check: 'effect-alike',
  }),
  inProbe('auth/forbidden-before-500', {
    api,
    name: 'newest/500-before-403',
    says: 'Without the permission, a request gets as far as a server fault',
    on: { header: shown },
    tamper: { do: 'look-before-key', tells: [500] },
    check: 'status',
    as: 'advice',
  }),
  inProbe('auth/forbidden-is-not-unknown', {
    api,
    name: 'newest/permission-remembered',
    says: 'A key without the permission passes on a connection that has shown one with it',
    on: { header: shown },
    tamper: { do: 'accept-key', when: 'the-connection-has-shown-one-and-any-is-shown' },
    check: 'status',
  }),
  inProbe('effect/lock-not-declared', {
    api,
    name: 'newest/undeclared-success-for-a-lock',
    says: 'A locked backup is answered 200, which is not declared',
    on: { path: /pending-/, status: [202] },
    tamper: { do: 'answer', status: 200, json: {} },
    check: 'status',
    as: 'advice',
  }),
];
