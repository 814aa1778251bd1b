import { expect, test } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { openGuard } from './guard.ts';

const mine = '3f2b8c1e-9d44-4c06-8a57-0d9c1b2e7f60';
const neighbour = '77f0a5aa-1111-4222-8333-444455556666';

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: readonly HeaderPair[];
}

function verdict(shared: boolean, own: readonly string[], { method = 'DELETE', path, headers = [] }: Sent): string {
  const guard = openGuard({ path: '/backups/{backup_id}', shared });
  for (const id of own) guard.learn({ backup_id: id });
  try {
    guard.check({ method, path, headers });
    return 'sent';
  } catch (error) {
    return error instanceof HarnessError ? error.code : String(error);
  }
}

const encoded = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const wide = (text: string): string =>
  text.replace(/[a-z0-9]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0));

test.for([
  ['its own id', { path: `/backups/${mine}` }],
  ['its own id in upper case', { path: `/backups/${mine.toUpperCase()}` }],
  ['its own id, percent-encoded', { path: `/backups/${encoded(mine)}` }],
  ['its own id, percent-encoded twice', { path: `/backups/${encoded(encoded(mine))}` }],
  ['its own id in full-width letters', { path: `/backups/${encodeURIComponent(wide(mine))}` }],
  ['its own id, one character short', { path: `/backups/${mine.slice(0, -1)}` }],
  ['the first half of its own id', { path: `/backups/${mine.slice(0, 18)}` }],
  ['its own id after an encoded percent sign', { path: `/backups/%25${mine}` }],
  ['its own id, one character long', { path: `/backups/${mine}0` }],
  ['its own id with a NUL', { path: `/backups/${mine}%00` }],
  ['its own id twice', { path: `/backups/${mine},${mine}` }],
  ['its own id behind dot segments', { path: `/backups/x/../${mine}` }],
  ['its own id behind encoded dot segments', { path: `/backups/x%2F..%2F${mine}` }],
  ['its own id with a broken escape', { path: `/backups/${mine}%ZZ` }],
  ['doubled and trailing slashes', { path: `//backups//${mine}/` }],
  ['another letter case of the path', { path: `/Backups/${mine}` }],
  ['a segment more', { path: `/backups/${mine}/more` }],
  ['an odd name around its own id', { path: `/backups/${encodeURIComponent("' OR '1'='1'; --")}${mine}` }],
  ['a thousand characters before it', { path: `/backups/${'x'.repeat(964)}${mine}` }],
  ['another method', { method: 'PURGE', path: `/backups/${mine}` }],
  ['a look at anything', { method: 'GET', path: `/backups/${neighbour}` }],
  ['a look at the list', { method: 'GET', path: '/backups?limit=100' }],
  ['a path header to its own id', { path: `/backups/${mine}`, headers: [['X-Original-URL', `/backups/${mine}`]] }],
] as const satisfies readonly (readonly [string, Sent])[])('lets %s pass on a shared target', ([, sent]) => {
  expect(verdict(true, [mine], sent)).toBe('sent');
});

test.for([
  ["a neighbour's id", { path: `/backups/${neighbour}` }],
  ["a neighbour's id in upper case", { path: `/backups/${neighbour.toUpperCase()}` }],
  ["a neighbour's id without dashes", { path: `/backups/${mine},${neighbour.replaceAll('-', '')}` }],
  ["a neighbour's id, percent-encoded", { path: `/backups/${encoded(neighbour)}` }],
  ["a neighbour's id, percent-encoded three times", { path: `/backups/${encoded(encoded(encoded(neighbour)))}` }],
  ["a neighbour's id in full-width letters", { path: `/backups/${encodeURIComponent(wide(neighbour))}` }],
  ["a neighbour's id before a NUL and its own", { path: `/backups/${neighbour}%00${mine}` }],
  ["a neighbour's id beside its own", { path: `/backups/${mine},${neighbour}` }],
  ["a neighbour's id after its own", { path: `/backups/${mine}/${neighbour}` }],
  ['its own id and a way back', { path: `/backups/${mine}/../${neighbour}` }],
  ['its own id and an encoded way back', { path: `/backups/${mine}%2f..%2f${neighbour}` }],
  ['its own id and a way back with backslashes', { path: `/backups/${mine}%5c..%5c${neighbour}` }],
  ['an index', { path: '/indexes/movies' }],
  ['a way to an index', { path: `/backups/${mine}/../../indexes/${mine}` }],
  ['an encoded way to an index', { path: `/backups/%2e%2e/indexes/${mine}` }],
  ['the collection', { path: '/backups' }],
  ['the collection with a slash', { path: '/backups/' }],
  ['two dots', { path: '/backups/..' }],
  ['encoded dots', { path: '/backups/%2E%2E' }],
  ['a wildcard', { path: '/backups/*' }],
  ['nothing but a query', { path: `/backups/?backup_id=${mine}` }],
  ['a POST to the collection', { method: 'POST', path: '/backups' }],
  ['a method in small letters', { method: 'delete', path: `/backups/${neighbour}` }],
  [
    'GET with an override',
    { method: 'GET', path: `/backups/${neighbour}`, headers: [['x-http-METHOD-override', 'DELETE']] },
  ],
  ['GET with an override in the query', { method: 'GET', path: `/backups/${neighbour}?_method=DELETE` }],
  ['a path header to a neighbour', { path: `/backups/${mine}`, headers: [['X-Rewrite-Url', `/backups/${neighbour}`]] }],
] as const satisfies readonly (readonly [string, Sent])[])('refuses %s on a shared target', ([, sent]) => {
  expect(verdict(true, [mine], sent)).toBe('E_GUARD');
});

test('refuses everything on a shared target before anything was arranged', () => {
  expect(verdict(true, [], { path: `/backups/${mine}` })).toBe('E_GUARD');
});

test('takes no part of a short name for the name, where names are short', () => {
  expect(verdict(true, ['backup-12'], { path: '/backups/backup-12' })).toBe('sent');
  expect(verdict(true, ['backup-12'], { path: '/backups/BACKUP-12' })).toBe('sent');
  expect(verdict(true, ['backup-12'], { path: '/backups/%22backup-12%22' })).toBe('sent');
  for (const other of ['backup-1', 'backup-123', 'my-backup-12', 'backup-12,backup-3']) {
    expect(verdict(true, ['backup-12'], { path: `/backups/${other}` })).toBe('E_GUARD');
  }
});

test.for([
  ['its own short id', '/backups/ready-1'],
  ['its own short id, longer', '/backups/ready-10'],
  ['its own short id, shorter', '/backups/ready-'],
  ['a dot segment', '/backups/x/../ready-1'],
  ['the collection', '/backups'],
  ['a wildcard', '/backups/*'],
  ['encoded dots', '/backups/%2E%2E'],
  ['a percent sign', '/backups/%25'],
  ['a segment more', '/backups/ready-1/more'],
] as const)('lets %s pass on this machine', ([, path]) => {
  expect(verdict(false, ['ready-1'], { path })).toBe('sent');
});

test.for([
  ["a neighbour's plain name", '/backups/neighbour-7'],
  ["a neighbour's UUID", `/backups/${neighbour}`],
  ['an index', '/indexes/movies'],
  ['a way to a neighbour', '/backups/x/../neighbour-7'],
] as const)('refuses %s on this machine, too', ([, path]) => {
  expect(verdict(false, ['ready-1'], { path })).toBe('E_GUARD');
});

test.for([
  ['what was made there', `/receipts/${mine}`, 'sent'],
  ["a neighbour's", `/receipts/${neighbour}`, 'E_GUARD'],
  ['the whole collection', '/receipts', 'E_GUARD'],
  ['what was made there, at a third path', `/orders/${mine}`, 'E_GUARD'],
] as const)('at another path where something was made, by its id alone: %s', ([, path, expected]) => {
  const guard = openGuard({ path: '/backups/{backup_id}', shared: true });
  guard.learn({ id: mine }, '/receipts/{id}');
  const check = (): void => guard.check({ method: 'DELETE', path, headers: [] });
  if (expected === 'sent') check();
  else expect(check).toThrow(HarnessError);
});

test.for([
  ['of its own', `/rooms/room-12/parts/part-7`, 'sent'],
  ['of its own, a part less', `/rooms/room-12/parts`, 'sent'],
  ["below a neighbour's", `/rooms/room-13/parts/part-7`, 'E_GUARD'],
  ["a neighbour's", `/rooms/room-12/parts/part-8`, 'E_GUARD'],
  ['a word out of its place', `/rooms/parts/parts/part-7`, 'E_GUARD'],
  ['another word in its place', `/rooms/room-12/users/part-7`, 'E_GUARD'],
] as const)('below a resource on a shared target: %s', ([, path, expected]) => {
  const guard = openGuard({ path: '/rooms/{room}/parts/{part}', shared: true });
  guard.learn({ room: 'room-12', part: 'part-7' });
  const check = (): void => guard.check({ method: 'DELETE', path, headers: [] });
  if (expected === 'sent') check();
  else expect(check).toThrow(HarnessError);
});
