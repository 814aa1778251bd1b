import { expect, test } from 'vitest';
import { hanging, whole, widthOf } from './columns.ts';

test.for([
  'https://staging.example.com:8443/backups/670e8400-e29b-41d4-a716-446655440001',
  'specs/very/long/path/to/the/document/of/the/api.openapi.yaml:1167',
  '(/srv/app/node_modules/express/lib/router/index.js:284:15)',
  '/tmp/a-folder/with-a-very-long-name/and-another/states.yaml',
  '(/srv/app/node_modules/fastify/lib/handle-requ…',
  '/home/jürgen/プロジェクト/größer/als/vierzig/spalten/änderung.yaml',
  'über/größe/spezifikation-mit-einem-langen-namen.yaml:12',
  `/tmp/${'a-long-name/'.repeat(60)}openapi.yaml:1`,
])('%s is never broken', (place) => {
  const text = hanging('    document  ', `see ${place} for the response`, 40);
  expect(
    text
      .split('\n')
      .map((line) => line.trim().split(' '))
      .flat(),
  ).toContain(place);
});

test('other words are broken where they are too wide', () => {
  for (const word of ['x'.repeat(200), '備份不存在'.repeat(20), `{"a":"b","path":"/${'x'.repeat(90)}"}`]) {
    const lines = hanging('    actual    ', `it is ${word}, not this`, 40).split('\n');
    expect(lines.filter((line) => widthOf(line) > 40)).toEqual([]);
    expect(
      lines
        .map((line) => line.trim().replace('actual    ', ''))
        .join('')
        .replaceAll(' ', ''),
    ).toContain(word);
  }
});

test('blanks of a path are no place to break it', () => {
  const path = '/home/a user/my own documents/with a name/of more than/forty columns.yaml:12';
  expect(
    hanging('    document  ', `see ${whole(path)} there`, 40)
      .split('\n')
      .map((line) => line.trim()),
  ).toContain(path);
});

test('a sentence in a script without blanks is broken where it is too wide, whatever slash is in it', () => {
  const lines = hanging('', '備份/不存在'.repeat(20), 40).split('\n');
  expect(lines.filter((line) => widthOf(line) > 40)).toEqual([]);
});
