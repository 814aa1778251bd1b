import { describe, expect, test } from 'vitest';
import { hasPathSpelling, targetIssue } from './target.ts';

const template = '/backups/{backup_id}';

describe('right: one segment that decodes to the id, however a language spells it', () => {
  test.each([
    ['a-b', '/backups/a-b'],
    ['a/b', '/backups/a%2Fb'],
    ['a/b', '/backups/a%2fb'],
    ["(a)!'*~", "/backups/(a)!'*~"],
    ["(a)!'*~", '/backups/%28a%29%21%27%2A%7E'],
    ['100%', '/backups/100%25'],
    ['a%2Fb', '/backups/a%252Fb'],
    ['é', '/backups/%C3%A9'],
    ['a\0b', '/backups/a%00b'],
    ['a', '/backups/a?query=is-judged-by-its-own-rule'],
  ])('%j as %s', (id, target) => {
    expect(targetIssue(target, template, id)).toBeUndefined();
  });
});

describe('wrong', () => {
  test.each([
    ['a/b', '/backups/a/b', 'more than one path segment'],
    ['a', '/indexes/a', 'another resource'],
    ['', '/backups/', 'whole collection'],
    ['..', '/backups/..', 'dot segment'],
    ['..', '/backups/%2E%2e', 'dot segment'],
    ['a#b', '/backups/a', 'another id'],
    ['a?b', '/backups/a?b', 'another id'],
    ['100%', '/backups/100%', 'not valid percent-encoding'],
    ['é', '/backups/%E9', 'not valid percent-encoding'],
    ['a b', '/backups/a+b', 'another id'],
  ])('%j as %s: %s', (id, target, why) => {
    expect(targetIssue(target, template, id)).toContain(why);
  });

  test('a template with something behind the id is held to that, too', () => {
    expect(targetIssue('/backups/a/restore', '/backups/{id}/restore', 'a')).toBeUndefined();
    expect(targetIssue('/backups/a', '/backups/{id}/restore', 'a')).toContain('another resource');
  });
});

test('an empty id and the dot segments have no spelling in a path', () => {
  expect(['', '.', '..', '...', ' '].map(hasPathSpelling)).toEqual([false, false, false, true, true]);
});
