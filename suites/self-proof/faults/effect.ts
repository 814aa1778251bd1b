import type { Fault } from '../fault.ts';
import { inProbe } from './row.ts';

const fault500 = { error: { code: 'UNKNOWN', message: 'Internal server error' }, status: 500 };
const missing = { error: { code: 'NOT_FOUND', message: 'Backup {id} not found.' }, status: 404 };

/** What happens behind an answer, or after it. */
export const effectFaults: readonly Fault[] = [
  inProbe('effect/goes', {
    name: 'effect/never-goes',
    says: 'A deletion is accepted and never takes place',
    on: { status: [202] },
    tamper: { do: 'keep' },
    check: 'effect-gone',
  }),
  inProbe('effect/goes', {
    name: 'effect/never-goes-with-uuids',
    says: 'A deletion of a backup with a UUID is accepted and never takes place',
    on: { status: [202] },
    tamper: { do: 'keep' },
    check: 'effect-gone',
    states: 'http',
  }),
  inProbe('effect/goes', {
    name: 'effect/neighbours-go',
    says: 'A deletion takes the other backups along',
    on: { status: [202] },
    tamper: { do: 'delete', which: 'others' },
    check: 'effect-untouched',
    violates: [],
  }),
  inProbe('effect/leaves-the-list', {
    name: 'effect/stays-in-the-list',
    says: 'A backup that was deleted is still in the list',
    on: { method: 'GET', path: /^\/backups\?/ },
    tamper: { do: 'list', how: 'keeps-the-deleted' },
    check: 'effect-gone',
  }),
  inProbe('effect/leaves-the-list', {
    name: 'effect/list-forgets-others',
    says: 'After a deletion the list does not show the other backups',
    on: { method: 'GET', path: /^\/backups\?/ },
    tamper: { do: 'list', how: 'drops-the-others' },
    check: 'effect-untouched',
  }),
  inProbe('effect/second-delete-after-it-went', {
    name: 'effect/second-delete-breaks',
    says: 'Deleting again what is gone breaks the server',
    on: { again: true },
    tamper: { do: 'answer', status: 500, json: fault500 },
    check: 'status',
  }),
  inProbe('effect/second-delete-after-it-went', {
    name: 'effect/second-delete-accepted',
    says: 'What is gone can be deleted again and again',
    on: { again: true },
    tamper: { do: 'answer', status: 202 },
    check: 'status',
  }),
  inProbe('effect/second-delete-after-it-went', {
    name: 'effect/second-delete-is-410',
    says: 'Deleting again what is gone is answered 410',
    on: { again: true },
    tamper: { do: 'status', status: 410 },
    check: 'status',
  }),
  inProbe('effect/second-delete-at-once', {
    name: 'effect/second-delete-conflicts',
    says: 'Deleting again at once is answered 409',
    on: { again: true },
    tamper: { do: 'status', status: 409 },
    check: 'status',
  }),
  inProbe('effect/two-deletes-together', {
    name: 'effect/two-at-once-break',
    says: 'Two deletions of one backup at the same time break the server',
    on: { together: true },
    tamper: { do: 'answer', status: 500, json: fault500 },
    check: 'status',
  }),
  inProbe('effect/two-deletes-together', {
    name: 'effect/two-at-once-both-missing',
    says: 'Of two deletions at the same time both are answered 404',
    on: { together: true },
    tamper: { do: 'answer', status: 404, json: missing },
    check: 'effect-together',
  }),
  inProbe('effect/locked-stays', {
    name: 'effect/locked-goes',
    says: 'A deletion is answered 412 and carried out all the same',
    on: { status: [412] },
    tamper: { do: 'delete', which: 'the-asked-one' },
    check: 'effect-untouched',
    states: 'http',
  }),
  inProbe('effect/locked-stays', {
    name: 'effect/second-try-forces',
    says: 'Only the first deletion is answered 412; the second is accepted',
    on: { status: [412], every: 3 },
    tamper: { do: 'answer', status: 202 },
    check: 'status',
  }),
  inProbe('effect/unknown-harms-nobody', {
    name: 'effect/unknown-takes-others',
    says: 'An unknown id is answered 404, and other backups go',
    on: { status: [404] },
    tamper: { do: 'delete', which: 'others' },
    check: 'effect-untouched',
  }),
];
