import { describe, expect, test } from 'vitest';
import type { OasDocument } from '../../model/document.ts';
import { documentOf, head } from '../../testing/documents/document-folder.ts';
import { schemaIssues } from './schema.ts';

const schemas = `
    Fields: { type: object, properties: { id: { type: string }, password: { type: string, writeOnly: true } } }
    Beside: { allOf: [{ $ref: '#/components/schemas/Fields' }, { required: [id, password] }] }
    Above: { required: [id, password], allOf: [{ $ref: '#/components/schemas/Fields' }] }
    Needs: { required: [id, password] }
    Referred: { allOf: [{ $ref: '#/components/schemas/Fields' }, { $ref: '#/components/schemas/Needs' }] }
    Deep: { allOf: [{ allOf: [{ $ref: '#/components/schemas/Referred' }] }, { required: [password] }] }
    Inner: { type: object, properties: { inner: { $ref: '#/components/schemas/Needs' }, password: { type: string, writeOnly: true } } }
    Either: { oneOf: [{ $ref: '#/components/schemas/Fields' }], required: [password] }
    ReadOnly: { allOf: [{ properties: { id: { readOnly: true } } }, { required: [id] }] }
    Nobody: { not: { required: [password] }, properties: { password: { writeOnly: true } } }
    Base: { type: object, required: [kind], properties: { kind: { type: string } } }
    Cat: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { lives: { type: integer } } }] }
    Dog: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, required: [bark], properties: { bark: { type: string } } }] }
    Mapped: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: Dog } } }
    Named: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }
    Swapped: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { Cat: '#/components/schemas/Dog' } } }
    Plain: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
    Inline: { oneOf: [{ type: string }, { title: Short, maxLength: 3 }], discriminator: { propertyName: kind } }
    Pair: { allOf: [{ $ref: '#/components/schemas/Mapped' }, { required: [owner] }] }
`;

let read: Promise<OasDocument> | undefined;

async function messages(name: string, value: unknown): Promise<readonly string[]> {
  read ??= documentOf(`${head('3.0.3')}paths: {}\ncomponents:\n  schemas:${schemas}`);
  return schemaIssues(await read, `/components/schemas/${name}`, value).map(({ message }) => message);
}

const lacks = (name: string, where = 'the value'): string => `${where} lacks the required property "${name}"`;

describe('what is writeOnly is required of no response', () => {
  test.for([
    ['Fields', { id: 'a' }, []],
    ['Beside', { id: 'a' }, []],
    ['Beside', {}, [lacks('id')]],
    ['Above', { id: 'a' }, []],
    ['Above', {}, [lacks('id')]],
    ['Referred', { id: 'a' }, []],
    ['Referred', {}, [lacks('id')]],
    ['Deep', { id: 'a' }, []],
    ['Deep', {}, [lacks('id')]],
    // The same schema, without one beside it that makes the name writeOnly, or of another value.
    ['Needs', { id: 'a' }, [lacks('password')]],
    ['Inner', { inner: { id: 'a' } }, [lacks('password', '/inner')]],
    ['Either', { id: 'a' }, []],
    ['ReadOnly', {}, [lacks('id')]],
    ['Nobody', {}, []],
  ] as const)('%s: %j → %j', async ([name, value, want]) => {
    expect(await messages(name, value)).toEqual(want);
  });
});

describe('a discriminator chooses the alternative', () => {
  const both = 'the value fits 2 of 2 alternatives (Cat and Dog), where only one may fit';
  test.for([
    ['Mapped', { kind: 'dog', bark: 'woof', lives: 9 }, []],
    ['Mapped', { kind: 'dog', lives: 9 }, [lacks('bark')]],
    ['Mapped', { kind: 'Dog' }, [lacks('bark')]],
    ['Mapped', { kind: 'cat', bark: 7 }, []],
    ['Mapped', { kind: 'cat', lives: 'nine' }, ['/lives is string, not integer']],
    ['Mapped', { kind: 'cow', bark: 'moo' }, [`${both}; the discriminator kind names none of them`]],
    ['Mapped', { kind: 'cow' }, []],
    [
      'Mapped',
      {},
      [
        `the value fits none of the 2 alternatives of oneOf; the nearest one says: ${lacks('kind')}; the discriminator kind names none of them`,
      ],
    ],
    ['Named', { kind: 'Dog', lives: 9 }, [lacks('bark')]],
    ['Named', { kind: 'Cat' }, []],
    // A mapping takes the name of one schema for another.
    ['Swapped', { kind: 'Cat' }, [lacks('bark')]],
    ['Plain', { kind: 'dog', bark: 'woof' }, [both]],
    [
      'Inline',
      'abc',
      [
        'the value fits 2 of 2 alternatives (alternative 1 and Short), where only one may fit; the discriminator kind names none of them',
      ],
    ],
    ['Pair', { kind: 'dog', bark: 'woof', lives: 9 }, [lacks('owner')]],
  ] as const)('%s: %j → %j', async ([name, value, want]) => {
    expect(await messages(name, value)).toEqual(want);
  });
});
