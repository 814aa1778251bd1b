import type { Fault, IdReading } from '../fault.ts';
import { inProbe } from './row.ts';

/** Ids reach another backup than they name, or break the server. */
export const identityFaults: readonly Fault[] = [
  reaches('upper', 'lower-case', 'Ids are matched in any letter case, so READY-1 deletes ready-1', 'status'),
  {
    ...reaches('upper', 'lower-case', 'UUIDs are matched in any letter case', 'status'),
    name: 'identity/upper-uuid',
    states: 'http',
  },
  reaches('prefix', 'beginning-of-another', 'The beginning of an id is enough', 'status'),
  {
    ...reaches('prefix', 'beginning-of-another', 'The first half of a UUID is enough', 'status'),
    name: 'identity/prefix-uuid',
    states: 'http',
  },
  reaches('prefixed', 'with-something-before', 'An id counts at the end of a longer text', 'status'),
  reaches('extended', 'with-something-after', 'An id counts at the beginning of a longer text', 'effect-untouched'),
  reaches('leading-space', 'trimmed', 'White space around an id is dropped', 'status'),
  reaches('trailing-space', 'trimmed', 'White space after an id is dropped', 'effect-untouched'),
  reaches('trailing-newline', 'trimmed', 'A line feed after an id is dropped', 'effect-untouched'),
  reaches('trailing-dot', 'without-dots', 'A dot after an id is dropped', 'effect-untouched'),
  reaches('trailing-nul', 'cut-at-nul', 'An id ends at a NUL', 'effect-untouched'),
  reaches('semicolon-parameter', 'cut-at-semicolon', 'An id ends at a semicolon', 'effect-untouched'),
  reaches('comma-list', 'first-of-list', 'An id may be a list, and its first one is deleted', 'effect-untouched'),
  reaches('quoted', 'unquoted', 'Quotes around an id are dropped', 'status'),
  reaches('double-encoded', 'decoded-twice', 'Ids are percent-decoded twice', 'status'),
  reaches('wide', 'compatibility-form', 'Full-width letters are folded to plain ones', 'status'),
  reaches('encoded-slash', 'last-segment', 'Encoded slashes are followed to another backup', 'status'),
  reaches('dot-slash', 'last-segment', 'An id behind a dot and an encoded slash is found', 'status'),
  reaches('slash-after', 'without-slashes', 'An encoded slash after an id is dropped', 'effect-untouched'),
  reaches('query-after', 'cut-at-question-mark', 'An id ends at an encoded question mark', 'effect-untouched'),
  reaches('fragment-after', 'cut-at-number-sign', 'An id ends at an encoded number sign', 'effect-untouched'),
  reaches('broken-escape', 'without-broken-escapes', 'A broken escape is dropped from an id', 'status'),
  reaches('cut-escape', 'without-broken-escapes', 'A cut-off escape is dropped from an id', 'status'),
  similar('single-quotes', { drops: /^'|'$/g }, 'Single quotes around an id are dropped'),
  similar('back-quotes', { drops: /^`|`$/g }, 'Back quotes around an id are dropped'),
  similar('brackets', { drops: /^\[|\]$/g }, 'Brackets around an id are dropped'),
  wild('like', '_', 'An underscore in an id stands for any character, as in SQL LIKE'),
  wild('glob', '?', 'A question mark in an id stands for any character, as in globs'),
  wild('regex', '.', 'A dot in an id stands for any character, as in regular expressions'),
  similar('backslash', { drops: /^.*\\/s }, 'A backslash in an id is a slash'),
  similar('json', { drops: /\.json$/ }, '.json after an id is dropped'),
  similar('colon', { drops: /:.*$/s }, 'An id ends at a colon'),
  similar('at', { drops: /@.*$/s }, 'An id ends at an at sign'),
  similar('ampersand', { drops: /&.*$/s }, 'An id ends at an encoded ampersand'),
  similar('equals', { drops: /=.*$/s }, 'An id ends at an equals sign'),
  similar('tilde', { drops: /~.*$/s }, 'An id ends at a tilde'),
  similar('exclamation', { drops: /!.*$/s }, 'An id ends at an exclamation mark'),
  similar('sql-comment', { drops: /'.*$/s }, 'A quote in an id ends it in the query of the database'),
  similar('invisible', { drops: /[\u200B\u00AD\uFEFF]/g }, 'Characters that cannot be seen are dropped from an id'),
  similar('return', { drops: /\r.*$/s }, 'An id ends at a carriage return'),
  breaks('very-long', /x{3000}/, 'An id of five thousand characters breaks the server'),
  breaks('look-alikes', /%5C/, 'A backslash in an id breaks the server'),
  inProbe('identity/reserved-words', {
    name: 'identity/latest-is-one',
    says: 'The id latest is taken for the newest backup',
    on: { path: /\/%6Catest$/ },
    tamper: { do: 'answer', status: 202 },
    check: 'status',
  }),
  inProbe('identity/reserved-words', {
    name: 'identity/word-closes',
    says: 'The server closes the connection without an answer where an id is undefined',
    on: { path: /\/%75ndefined$/ },
    tamper: { do: 'play', acts: [{ then: 'end' }] },
    check: 'transport',
  }),
  breaks('broken-escape', /%ZZ/, 'A broken escape breaks the server'),
  breaks('cut-escape', /%4$/, 'A cut-off escape breaks the server'),
  breaks('unicode', /%F0%9F/, 'An emoji in an id breaks the server'),
  breaks('quotes', /'/, 'A quote in an id breaks the server'),
  breaks('markup', /%3C/, 'A less-than sign in an id breaks the server'),
  breaks('braces', /%7B%7B/, 'Template braces in an id break the server'),
  breaks('nul', /%00b/, 'A NUL in an id breaks the server'),
  breaks('control-characters', /%0D%0A/, 'A line break in an id breaks the server'),
  breaks('invalid-utf-8', /%FF/, 'Bytes that are no UTF-8 break the server'),
  breaks('reserved-words', /_proto__/, 'The id __proto__ breaks the server'),
  inProbe('identity/reserved-words', {
    name: 'identity/constructor-exists',
    says: 'The id constructor is found in every object, and so it is accepted',
    on: { path: /onstructor$/ },
    tamper: { do: 'answer', status: 202 },
    check: 'status',
  }),
  breaks('percent-sign', /100%25/, 'A percent sign in an id breaks the server'),
  breaks('long', /x{300}/, 'An id of a thousand characters breaks the server'),
  breaks('percent-encoded', /%72%65/, 'A percent-encoded id breaks the server'),
  breaks('dot-segments', /\.\./, 'Two dots as id break the server'),
  refuses('unicode', /%D0|%E5%A4%87/, 422, 'Ids outside of ASCII are answered 422, which is not declared'),
  refuses('quotes', /OR/, 403, 'A firewall takes an id for an injection and answers 403'),
  refuses('markup', /script/, 403, 'A firewall takes an id for a script and answers 403'),
  refuses('dots', /\.\./, 400, 'An id with two dots in it is answered 400'),
  refuses('plus-and-space', /\+/, 400, 'An id with a plus is answered 400'),
  refuses('long', /x{900}/, 414, 'An id of a thousand characters is answered 414'),
  refuses('percent-sign', /%25/, 400, 'An id with a percent sign is answered 400'),
  refuses('one-character-more', /[0-9a-f]{12}f$/, 400, 'An id that is no UUID is answered 400'),
  inProbe('identity/one-character-more', {
    name: 'identity/longer-is-accepted',
    says: 'An id longer than a UUID is accepted, whatever it is',
    on: { path: /[0-9a-f]{12}f$/ },
    tamper: { do: 'answer', status: 202 },
    check: 'status',
  }),
  inProbe('identity/generated', {
    name: 'identity/one-character-breaks',
    says: 'A dollar sign in an id breaks the server',
    on: { path: /%24/ },
    tamper: { do: 'status', status: 500 },
    check: 'status',
  }),
  inProbe('identity/generated', {
    name: 'identity/not-utf-16',
    says: 'Ids beyond the first 65,536 characters are answered 202',
    on: { path: /%F[0-4]/ },
    tamper: { do: 'answer', status: 202 },
    check: 'status',
  }),
  inProbe('identity/still-deletable', {
    name: 'identity/trimmed-blindly',
    says: 'White space after an id is dropped, on a server where nothing can be looked at',
    tamper: { do: 'read-id', as: 'trimmed' },
    check: 'status',
    blind: 404,
  }),
  inProbe('identity/wildcard', {
    name: 'identity/asterisk-is-all',
    says: 'An asterisk as id deletes a backup, whichever comes first',
    tamper: { do: 'read-id', as: 'every-id' },
    check: 'status',
  }),
  inProbe('identity/wildcard', {
    name: 'identity/percent-is-all',
    says: 'A percent sign as id is answered 404 and deletes everything',
    on: { path: /%25$/ },
    tamper: { do: 'delete', which: 'everything' },
    check: 'effect-untouched',
  }),
  inProbe('identity/dot-segments', {
    name: 'identity/dots-are-accepted',
    says: 'Two dots as id are accepted',
    on: { path: /%2E%2E$|\/\.\.$/i },
    tamper: { do: 'answer', status: 202 },
    check: 'status',
  }),
  inProbe('identity/quotes', {
    name: 'identity/quotes-show-sql',
    says: 'A quote in an id shows the query of the database behind',
    on: { path: /'/ },
    tamper: {
      do: 'json',
      at: '/error/message',
      to: `syntax error at or near "OR" in: SELECT * FROM backups WHERE id = ''`,
    },
    check: 'sql',
  }),
];

function reaches(probe: string, as: IdReading, says: string, check: string): Fault {
  return inProbe(`identity/${probe}`, {
    name: `identity/${probe}-reaches`,
    says,
    tamper: { do: 'read-id', as },
    check,
  });
}

function similar(name: string, as: IdReading, says: string): Fault {
  return { ...reaches('look-alikes', as, says, 'status'), name: `identity/${name}-looks-alike`, states: 'http' };
}

function wild(name: string, anyOne: string, says: string): Fault {
  return { ...reaches('one-wildcard', { anyOne }, says, 'status'), name: `identity/${name}-wildcard`, states: 'http' };
}

function breaks(probe: string, path: RegExp, says: string): Fault {
  return refuses(probe, path, 500, says);
}

function refuses(probe: string, path: RegExp, status: number, says: string): Fault {
  return inProbe(`identity/${probe}`, {
    name: `identity/${probe}-is-${status}`,
    says,
    on: { path },
    tamper: { do: 'status', status },
    check: 'status',
  });
}
