import { describe, expect, it } from 'vitest';
import { patternText } from './pattern-text.ts';

describe('a text for a pattern', () => {
  it.each([
    String.raw`rdme_\w+`,
    String.raw`\/projects\/(me|[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*)\/apikeys\/[a-f\d]{24}`,
    '^(?:#[0-9a-fA-F]{3}|#[0-9a-fA-F]{4})$',
    String.raw`stable|([0-9]+)(?:\.([0-9]+))?(-.*)?`,
    '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$',
    String.raw`^\d{3}-\d{2}-\d{4}$`,
    String.raw`^[^\s@]+@[^\s@]+\.[a-z]{2,}$`,
    String.raw`^\p{Lu}\p{Ll}+$`,
    '^(?<year>[0-9]{4})-W[0-9]{2}$',
    '^[A-Z][0-9]{1,3}$',
    String.raw`^\+?[1-9]\d{1,14}$`,
    String.raw`\/changelogs\/([a-f\d]{24}|([a-z0-9_ ]|[^\x00-\x7F])+)`,
  ])('matches %s', (pattern) => {
    const text = patternText(pattern);
    expect(text).toMatch(new RegExp(pattern, 'u'));
  });

  it('is as long as is asked', () => {
    expect(patternText('^[a-z]+$', { least: 12, most: 20 })).toMatch(/^[a-z]{12,20}$/);
    expect(patternText('^[a-z]{30}$', { most: 20 })).toBeUndefined();
  });

  it.each(['^(?=.*[0-9])x$', '(', '[z-a]', '('.repeat(3000), 'a{99999999}', String.raw`(a)\1`])(
    'is none where a plain reading gives none: %s',
    (pattern) => {
      expect(patternText(pattern)).toBeUndefined();
    },
  );
});
