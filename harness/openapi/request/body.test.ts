import { describe, expect, it } from 'vitest';
import type { Json, MediaType, OasDocument } from '../../model/document.ts';
import { documentOf, head } from '../../testing/documents/document-folder.ts';
import { findOperation } from '../operation/operation.ts';
import { bodyText } from './body.ts';

async function mediaOf(content: string): Promise<{ readonly document: OasDocument; readonly media: MediaType }> {
  const document = await documentOf(`${head('3.0.3')}
paths:
  /things:
    post:
      operationId: make
      requestBody:
        content:
${content.replace(/^/gm, '          ')}
      responses: { '200': { description: done } }
`);
  const media = findOperation(document, 'make').requestBody?.content[0];
  if (media === undefined) throw new TypeError('the document declares no body');
  return { document, media };
}

async function written(content: string, value: Json): Promise<string> {
  const { document, media } = await mediaOf(content);
  return bodyText(document, media, value).text;
}

async function xml(schema: string, value: Json): Promise<string> {
  return (
    await written(
      `application/xml:\n  schema:\n    type: object\n    xml: { name: root }\n    properties:\n${schema.replace(/^/gm, '      ')}`,
      value,
    )
  )
    .replace('<?xml version="1.0" encoding="UTF-8"?>\n', '')
    .replace(/^<root>(.*)<\/root>$/s, '$1');
}

describe('a body', () => {
  it('is JSON, also for types that end in +json and for a range', async () => {
    for (const type of ['application/json', 'application/merge-patch+json', '"application/*"', '"*/*"']) {
      expect(await written(`${type}: { schema: { type: object } }`, { a: [1, 'x'] })).toBe('{"a":[1,"x"]}');
    }
    const { document, media } = await mediaOf('"*/*": { schema: {} }');
    expect(bodyText(document, media, 1).contentType).toBe('application/json');
  });

  it('is a form: lists repeat their name, objects are JSON, and an encoding says otherwise', async () => {
    const form = 'application/x-www-form-urlencoded:\n  schema: { type: object }\n';
    expect(await written(form, { a: 'b c&d', list: [1, 2], o: { x: 1 } })).toBe(
      'a=b+c%26d&list=1&list=2&o=%7B%22x%22%3A1%7D',
    );
    const encoded = `${form}  encoding:\n    list: { style: pipeDelimited, explode: false }\n    o: { style: deepObject, explode: true }\n    free: { allowReserved: true }`;
    expect(await written(encoded, { list: ['x', 'y'], o: { x: 1 }, free: 'a/b' })).toBe(
      'list=x%7Cy&o%5Bx%5D=1&free=a/b',
    );
  });

  it('is multipart: a part for each property, files with a name, objects as JSON', async () => {
    const content = `multipart/form-data:
  schema:
    type: object
    properties:
      id: { type: integer }
      address: { type: object }
      file: { type: string, format: binary }
      images: { type: array, items: { type: string, format: binary } }
  encoding:
    images: { contentType: 'image/*, image/png' }`;
    const { document, media } = await mediaOf(content);
    const { contentType, text } = bodyText(document, media, {
      id: 7,
      address: { city: 'X' },
      file: 'bytes',
      images: ['one', 'two'],
    });
    const [, boundary = ''] = /^multipart\/form-data; boundary=(.+)$/.exec(contentType) ?? [];
    const parts = text.split(`--${boundary}\r\n`).slice(1);
    expect(text.startsWith(`--${boundary}\r\n`)).toBe(true);
    expect(text.endsWith(`\r\n--${boundary}--\r\n`)).toBe(true);
    expect(parts.map((part) => part.replace(`\r\n--${boundary}--\r\n`, '').trimEnd())).toEqual([
      'Content-Disposition: form-data; name="id"\r\n\r\n7',
      'Content-Disposition: form-data; name="address"\r\nContent-Type: application/json\r\n\r\n{"city":"X"}',
      'Content-Disposition: form-data; name="file"; filename="file.bin"\r\nContent-Type: application/octet-stream\r\n\r\nbytes',
      'Content-Disposition: form-data; name="images"; filename="images.bin"\r\nContent-Type: image/png\r\n\r\none',
      'Content-Disposition: form-data; name="images"; filename="images.bin"\r\nContent-Type: image/png\r\n\r\ntwo',
    ]);
  });

  it('is text, JSON lines, a JSON sequence, or bytes', async () => {
    expect(await written('text/plain: { schema: { type: string } }', 'words')).toBe('words');
    expect(await written('application/octet-stream: { schema: { type: string, format: binary } }', 'bytes')).toBe(
      'bytes',
    );
    expect(await written('application/x-ndjson: { schema: { type: array } }', [{ a: 1 }, 2])).toBe('{"a":1}\n2\n');
    expect(await written('application/jsonl: { schema: { type: object } }', { a: 1 })).toBe('{"a":1}\n');
    expect(await written('application/json-seq: { schema: { type: array } }', [1])).toBe('\u001e1\n');
  });
});

describe('the XML examples of the OpenAPI specification', () => {
  const rows: readonly (readonly [string, string, Json, string])[] = [
    ['no XML element', 'animals: { type: string }', { animals: 'x' }, '<animals>x</animals>'],
    [
      'no XML element, an array',
      'animals: { type: array, items: { type: string } }',
      { animals: ['a', 'b'] },
      '<animals>a</animals><animals>b</animals>',
    ],
    ['a name', 'animals: { type: string, xml: { name: animal } }', { animals: 'x' }, '<animal>x</animal>'],
    [
      'an array whose items have a name',
      'animals: { type: array, items: { type: string, xml: { name: animal } } }',
      { animals: ['v', 'w'] },
      '<animal>v</animal><animal>w</animal>',
    ],
    [
      'the name of the array has no effect unless it is wrapped',
      'animals: { type: array, items: { type: string, xml: { name: animal } }, xml: { name: aliens } }',
      { animals: ['v'] },
      '<animal>v</animal>',
    ],
    [
      'wrapped',
      'animals: { type: array, items: { type: string }, xml: { wrapped: true } }',
      { animals: ['v', 'w'] },
      '<animals><animals>v</animals><animals>w</animals></animals>',
    ],
    [
      'wrapped, with both names',
      'animals: { type: array, items: { type: string, xml: { name: animal } }, xml: { name: aliens, wrapped: true } }',
      { animals: ['v'] },
      '<aliens><animal>v</animal></aliens>',
    ],
    [
      'wrapped, with the name of the array only',
      'animals: { type: array, items: { type: string }, xml: { name: aliens, wrapped: true } }',
      { animals: ['v'] },
      '<aliens><aliens>v</aliens></aliens>',
    ],
  ];
  it.each(rows)('%s', async (_, schema, value, expected) => {
    expect(await xml(schema, value)).toBe(expected);
  });

  it('writes attributes, prefixes and namespaces, and escapes what would be markup', async () => {
    const { document, media } = await mediaOf(`application/xml:
  schema:
    type: object
    xml: { name: Person }
    properties:
      id: { type: integer, xml: { attribute: true } }
      name: { type: string, xml: { namespace: 'https://example.com/schema/sample', prefix: sample } }`);
    expect(bodyText(document, media, { id: 123, name: 'a<b&"c"' }).text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Person id="123">' +
        '<sample:name xmlns:sample="https://example.com/schema/sample">a&#60;b&#38;&#34;c&#34;</sample:name></Person>',
    );
  });
});
