import { expect, test } from 'vitest';
import { documentOf, head } from '../../testing/documents/document-folder.ts';
import { excerptOf, placeOf } from './place.ts';

test('a place has the lines around it', async () => {
  const document = await documentOf(`${head()}paths:
  /plain:
    get: { responses: { '204': { description: Gone } } }
  /linked:
    $ref: '#/components/x-items/linked'
components:
  x-items:
    linked: { get: { responses: { '204': { description: Gone } } } }
`);
  const place = placeOf(document, '/paths/~1linked');
  const line = document.lines.indexOf('  /linked:') + 1;
  expect(place).toEqual({ file: document.source, pointer: '/paths/~1linked', line });
  expect(excerptOf(document, place, 1)).toEqual({
    firstLine: line - 1,
    lines: [
      "    get: { responses: { '204': { description: Gone } } }",
      '  /linked:',
      "    $ref: '#/components/x-items/linked'",
    ],
  });
  expect(excerptOf(document, { ...place, line: 1 }, 1).firstLine).toBe(1);
});

test('a place in a document that was not read from a file is its top', () => {
  const document = {
    source: 'x',
    title: '',
    version: '',
    openapi: '3.0.3',
    sha256: '',
    root: {},
    lines: [],
    servers: [],
  };
  expect(placeOf(document, '/paths')).toEqual({ file: 'x', pointer: '/paths', line: 1 });
});
