import type { IdReading, KeyReading, PathReading, RequestTamper } from '../fault.ts';
import { type RawRequest, decoded, headerOf, pathOf, queryOf, rawIdOf, withoutHeader } from './raw-request.ts';
import type { Acquaintance } from './memory.ts';

/** What a faulty reading may go by. */
interface Knowledge {
  readonly key: string;
  /** The ids of the backups that exist. */
  readonly ids: readonly string[];
  readonly connection: Acquaintance;
}

/** The request as the faulty server understands it. */
export function tamperRequest(request: RawRequest, tamper: RequestTamper, known: Knowledge): RawRequest {
  switch (tamper.do) {
    case 'read-id':
      return withId(request, tamper.as, known);
    case 'read-path':
      return {
        ...request,
        target: request.target.replace(pathOf(request), () => readPath(pathOf(request), tamper.as)),
      };
    case 'read-method':
      return { ...request, method: tamper.as };
    case 'accept-key':
      return passes(request, tamper.when, known) ? withKey(request, known.key) : request;
    case 'refuse-key':
      return { ...request, headers: withoutHeader(request.headers, keyHeader) };
    case 'refuse-request':
      return { ...request, method: 'GET', target: '/nowhere' };
    case 'small-pages':
      return { ...request, target: request.target.replace(/\blimit=\d+/, `limit=${tamper.size}`) };
    case 'look-before-key':
      return request;
    default:
      return tamper satisfies never;
  }
}

const keyHeader = 'Api-Key';

export function withKey(request: RawRequest, key: string): RawRequest {
  return { ...request, headers: [...withoutHeader(request.headers, keyHeader), [keyHeader, key]] };
}

export function hasKey({ headers }: RawRequest, key: string): boolean {
  return headerOf(headers, keyHeader) === key;
}

function withId(request: RawRequest, how: IdReading, known: Knowledge): RawRequest {
  const raw = rawIdOf(request) ?? (how === 'last-segment' ? pathOf(request).split('/').at(-1) : undefined);
  if (raw === undefined) return request;
  const id = readId(raw, how, request, known.ids) ?? decoded(raw);
  return { ...request, target: `/backups/${encodeURIComponent(id)}` };
}

function readId(raw: string, how: IdReading, request: RawRequest, ids: readonly string[]): string | undefined {
  const id = decoded(raw);
  if (typeof how === 'object') return 'drops' in how ? id.replace(how.drops, '') : likeAny(id, how.anyOne, ids);
  switch (how) {
    case 'lower-case':
      return id.toLowerCase();
    case 'trimmed':
      return id.trim();
    case 'cut-at-nul':
      return id.split('\0', 1)[0];
    case 'cut-at-semicolon':
      return id.split(';', 1)[0];
    case 'first-of-list':
      return id.split(',', 1)[0];
    case 'decoded-twice':
      return decoded(id);
    case 'unquoted':
      return id.replace(/^"(.*)"$/s, '$1');
    case 'compatibility-form':
      return id.normalize('NFKC');
    case 'without-dots':
      return id.replace(/\.+$/, '');
    case 'beginning-of-another':
      return ids.includes(id) ? id : (ids.find((other) => other.startsWith(id)) ?? id);
    case 'with-something-before':
      return ids.find((other) => id.endsWith(other)) ?? id;
    case 'with-something-after':
      return ids.find((other) => id.startsWith(other)) ?? id;
    case 'last-segment':
      return id.split('/').at(-1);
    case 'without-slashes':
      return id.replace(/\/+$/, '');
    case 'cut-at-question-mark':
      return id.split('?', 1)[0];
    case 'cut-at-number-sign':
      return id.split('#', 1)[0];
    case 'without-broken-escapes':
      return decoded(raw.replace(/%(?![0-9A-Fa-f]{2}).{0,2}/g, ''));
    case 'every-id':
      return /^[*%]$/.test(id) ? ids[0] : id;
    case 'from-body':
      return /"backup_id":"([^"]+)"/.exec(request.body.toString('utf8'))?.[1] ?? id;
    case 'from-query':
      return queryOf(request).get('backup_id') ?? id;
    case 'from-header':
      return headerOf(request.headers, 'x-backup-id') || id;
    default:
      return how satisfies never;
  }
}

function likeAny(id: string, sign: string, ids: readonly string[]): string | undefined {
  const isLike = (other: string): boolean =>
    other.length === id.length && Array.from(id).every((letter, at) => letter === sign || letter === other[at]);
  return ids.includes(id) || !id.includes(sign) ? id : ids.find(isLike);
}

function readPath(path: string, how: PathReading): string {
  switch (how) {
    case 'without-trailing-slash':
      return path.replace(/\/+$/, '');
    case 'without-empty-segments':
      return path.replace(/\/{2,}/g, '/');
    case 'without-dot-segments':
      return new URL(path, 'http://localhost').pathname;
    case 'lower-case':
      return path.replace(/^\/[^/]*/, (first) => first.toLowerCase());
    case 'first-two-segments':
      return path.split('/').slice(0, 3).join('/');
    default:
      return how satisfies never;
  }
}

function passes(request: RawRequest, when: KeyReading, { key, connection }: Knowledge): boolean {
  const shown = headerOf(request.headers, keyHeader);
  const has = request.headers.some(([name]) => name.toLowerCase() === keyHeader.toLowerCase());
  if (typeof when === 'object') return headerOf(request.headers, when.header) === when.is.replace('{key}', key);
  switch (when) {
    case 'nothing-is-shown':
      return !has;
    case 'it-is-empty':
      return has && shown === '';
    case 'it-is-unknown':
      return shown !== '' && !shown.toLowerCase().startsWith(key.slice(0, 12).toLowerCase());
    case 'it-is-cut-short':
      return shown.length >= 8 && key.startsWith(shown);
    case 'it-begins-well':
      return shown.startsWith(key) && shown.length < 1000;
    case 'it-is-in-another-case':
      return shown.toLowerCase() === key.toLowerCase();
    case 'it-is-very-long':
      return shown.length > 1000;
    case 'it-is-in-the-query':
      return [...queryOf(request).values()].includes(key);
    case 'it-is-in-a-cookie':
      return headerOf(request.headers, 'cookie').includes(key);
    case 'it-is-a-bearer-token':
      return headerOf(request.headers, 'authorization') === `Bearer ${key}`;
    case 'it-ends-otherwise':
      return shown.slice(0, -1) === key.slice(0, -1) && shown.length === key.length;
    case 'it-has-the-same-half':
      return shown.length === key.length && shown.slice(0, 8) === key.slice(0, 8);
    case 'it-is-percent-encoded':
      return shown.startsWith('%') && decoded(shown) === key;
    case 'it-is-a-user-name':
      return Buffer.from(headerOf(request.headers, 'authorization').replace(/^Basic /, ''), 'base64')
        .toString('utf8')
        .startsWith(`${key}:`);
    case 'it-is-in-the-body':
      return request.body.includes(key);
    case 'the-connection-has-shown-one-and-any-is-shown':
      return connection.shownKey && shown !== '';
    case 'the-connection-has-shown-one':
      return connection.shownKey;
    default:
      return when satisfies never;
  }
}
