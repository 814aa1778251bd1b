import { expect, test } from 'vitest';
import { hanging, widthOf } from './columns.ts';

test.for([
  'https://staging.example.com:8443/backups/670e8400-e29b-41d4-a716-446655440001',
  'specs/very/long/path/to/the/document/of/the/api.openapi.yaml:1167',
  '(/srv/app/node_modules/express/lib/router/index.js:284:15)',
  '/tmp/a-folder/with-a-very-long-name/and-another/states.yaml',
  '(/srv/app/node_modules/fastify/lib/handle-requ…',
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
  for (const word of ['x'.repeat(200), '備份不存在'.repeat(20)]) {
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
