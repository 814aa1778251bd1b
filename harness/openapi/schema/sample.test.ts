import { describe, expect, it } from 'vitest';
import { documentOf, head } from '../../testing/documents/document-folder.ts';
import { sampleOf } from './sample.ts';
import { requestIssues, schemaIssues } from './schema.ts';

const schemas = `
paths: {}
components:
  schemas:
    User:
      type: object
      required: [id, password, name]
      properties:
        id: { type: integer, readOnly: true }
        password: { type: string, writeOnly: true }
        name: { type: string }
    Formats:
      type: object
      required: [byte, duration]
      properties:
        byte: { type: string, format: byte }
        duration: { type: string, format: duration }
        stamp: { type: string, format: date-time }
        odd: { type: string, pattern: '^(?=x)(?!x)$' }
    Nested: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: array, minItems: 1, items: { $ref: '#/components/schemas/Named' } }] }
    Named: { type: object, required: [name], properties: { name: { type: string, pattern: '^v[0-9]+$' } } }
    One: { oneOf: [{ type: object, properties: { a: { type: string } } }, { type: object, required: [b], properties: { a: { type: integer }, b: { type: string } } }] }
    Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { feline: '#/components/schemas/Cat' } } }
    Cat: { type: object, properties: { age: { type: integer } } }
    Dog: { type: object, properties: { bark: { type: boolean } } }
    Chosen: { type: object, required: [size], properties: { size: { type: string, enum: [small, large], example: huge } } }
    Distinct: { type: array, uniqueItems: true, items: { type: string, enum: [a, b] } }
`;

const at = (name: string): string => `/components/schemas/${name}`;

describe('a sample', () => {
  it('of a request has what is writeOnly and not what is readOnly, of a response the other way round', async () => {
    const document = await documentOf(head('3.0.3') + schemas);
    const request = sampleOf(document, at('User'), 'request');
    const response = sampleOf(document, at('User'));
    expect(Object.keys(request as object)).toEqual(['password', 'name']);
    expect(Object.keys(response as object)).toEqual(['id', 'name']);
    expect(requestIssues(document, at('User'), request)).toEqual([]);
    expect(schemaIssues(document, at('User'), response)).toEqual([]);
    expect(requestIssues(document, at('User'), response)).toHaveLength(1);
    expect(schemaIssues(document, at('User'), request)).toHaveLength(1);
  });

  it.each(['3.0.3', '3.1.0'])(
    'fits its schema, also where the sampler knows no format, no pattern and no alternative (%s)',
    async (version) => {
      const document = await documentOf(head(version) + schemas);
      for (const name of ['Formats', 'Distinct', 'Nested', 'One', 'Pet', 'Chosen']) {
        const sample = sampleOf(document, at(name));
        expect(schemaIssues(document, at(name), sample)).toEqual([]);
      }
      // What is optional and cannot be made is left out.
      expect(Object.keys(sampleOf(document, at('Formats')) as object)).toEqual(['byte', 'duration', 'stamp']);
    },
  );
});
