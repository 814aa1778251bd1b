import { describe, expect, test } from 'vitest';
import { documentOf, head } from '../../../testing/documents/document-folder.ts';
import { matchPattern, whyNotRegExp } from './pattern.ts';
import { keywordsNotApplied, schemaIssues } from '../schema.ts';
import { undeclaredProperties } from '../undeclared.ts';

const long = 'a'.repeat(60);

describe('matchPattern', () => {
  test.for([
    ['^[\\w-.]+$', 'a-b.c', 'match'],
    ['^[\\w-.]+$', 'a b', 'no match'],
    ['^\\p{L}+$', 'déjà', 'match'],
    ['^.$', '\u{1F600}', 'match'],
    ['^(?!-)[a-z-]+$', '-a', 'no match'],
    ['^((?!foo).)*$', 'a foot', 'no match'],
    ['^(a|b)\\1$', 'aa', 'match'],
    ['^(?:[a-z0-9]+-)*[a-z0-9]+$', 'a-b-c', 'match'],
    ['^[(*+]{2}$', '(+', 'match'],
    ['\\(+$', 'a((', 'match'],
  ] as const)('%s on %j: %s', ([pattern, text, want]) => {
    expect(matchPattern(pattern, text)).toBe(want);
  });

  test.for([
    '^(a+)+$',
    '^(a|a)*$',
    '^(?=a)(a|aa)+$',
    '(.*)*\\1x',
    '^a*a*a*a*a*a*a*a*a*a*a*a*$',
    '^([a-z]{1,60}){1,60}$',
  ])('%s is given up on a long text, and at once from then on', (slow) => {
    // What is given up stays so for the whole process: no other test has this pattern.
    const pattern = `${slow}|^only in this test$`;
    expect(matchPattern(pattern, 'a')).not.toBe('not judged');
    // However long it is left, it comes to no end.
    expect(matchPattern(pattern, `${long}${long}!`, 50)).toBe('not judged');
    expect(matchPattern(pattern, 'a')).toBe('not judged');
  });
});

describe('whyNotRegExp', () => {
  test.for([
    '(?i)^abc$',
    '(?<broken',
    '[a-',
    'a++',
    '(?>a)',
    '\\A[a-z]+\\z',
    '[[:alpha:]]+',
    '\\p{L}[\\w-.]',
    '\\Qa.b\\E',
  ])('%s is no ECMA-262', (pattern) => {
    expect(whyNotRegExp(pattern)).toContain('ECMA-262');
  });
  test.for(['^[\\w-.]+$', '^\\d{3}\\-\\d{4}$', '^{x}$', '\\cA\\x41\\u0041\\0', '(?<n>a)\\k<n>', '\\@\\_\\ \\#'])(
    '%s is one',
    (pattern) => {
      expect(whyNotRegExp(pattern)).toBeUndefined();
    },
  );
});

describe('schemas', () => {
  const read = () =>
    documentOf(`${head('3.1.0')}paths: {}
components:
  schemas:
    Flag:
      type: object
      required: [v, w]
      properties:
        v:
          type: string
          pattern: (?i)^abc$
    Slow:
      type: object
      required: [w]
      properties:
        v:
          type: string
          pattern: ^(a+)+$
    Named:
      type: object
      additionalProperties: false
      properties: { b: { type: integer } }
      patternProperties:
        (?i)^x-: { type: string }
        ^y-: { type: string }
`);
  const notApplied = (document: Awaited<ReturnType<typeof read>>, name: string) =>
    keywordsNotApplied(document, `/components/schemas/${name}`).map(({ keyword, at, why }) => [keyword, at.line, why]);

  test('a pattern that is no ECMA-262 is named with its line, and the rest is judged', async () => {
    const document = await read();
    expect(schemaIssues(document, '/components/schemas/Flag', { v: 'ABC' }).map(({ keyword }) => keyword)).toEqual([
      'required',
    ]);
    expect(notApplied(document, 'Flag')).toEqual([
      ['pattern', 12, expect.stringContaining('"(?i)^abc$" is not a regular expression of ECMA-262')],
    ]);
  });

  test('a pattern that takes too long is named with its line, and the rest is judged', async () => {
    const document = await read();
    const value = { v: `${long}!` };
    expect(schemaIssues(document, '/components/schemas/Slow', value).map(({ keyword }) => keyword)).toEqual([
      'required',
    ]);
    expect(notApplied(document, 'Slow')).toEqual([['pattern', 19, expect.stringContaining('took longer')]]);
  });

  test('a key of patternProperties that is no ECMA-262 closes nothing', async () => {
    const document = await read();
    const value = { 'X-a': 1, 'y-b': 1, b: 'text' };
    const issues = schemaIssues(document, '/components/schemas/Named', value).map(({ path }) => path);
    expect(issues.toSorted()).toEqual(['/b', '/y-b']);
    expect(notApplied(document, 'Named').map(([keyword, line]) => [keyword, line])).toEqual([
      ['patternProperties', 25],
      ['additionalProperties', 22],
    ]);
    expect(undeclaredProperties(document, '/components/schemas/Named', value)).toEqual([]);
  });
});
