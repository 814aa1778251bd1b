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
    'fits its schema, also where the sampler does not know a format (%s)',
    async (version) => {
      const document = await documentOf(head(version) + schemas);
      for (const name of ['Formats', 'Distinct']) {
        const sample = sampleOf(document, at(name));
        expect(schemaIssues(document, at(name), sample)).toEqual([]);
      }
      // What is optional and cannot be made is left out.
      expect(Object.keys(sampleOf(document, at('Formats')) as object)).toEqual(['byte', 'duration', 'stamp']);
    },
  );
});
