import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { OasDocument } from '../../model/document.ts';
import { documentOf, head, refusal } from '../../testing/documents/document-folder.ts';
import { sampleOf } from './sample.ts';
import { schemaIssues } from './schema.ts';

const read = new Map<string, Promise<OasDocument>>();

function schemasOnce(schemas: string, version?: string): Promise<OasDocument> {
  const document = read.get(schemas) ?? withSchemas(schemas, version);
  read.set(schemas, document);
  return document;
}

function withSchemas(schemas: string, version = '3.0.3'): Promise<OasDocument> {
  return documentOf(`${head(version)}paths: {}\ncomponents:\n  schemas:\n${schemas.trim().replace(/^/gm, '    ')}\n`);
}

/** `path keyword` of each issue. */
function issues(document: OasDocument, name: string, value: unknown): readonly string[] {
  return schemaIssues(document, `/components/schemas/${name}`, value).map(({ path, keyword }) => `${path} ${keyword}`);
}

describe('OpenAPI 3.0', () => {
  const schemas = `
Text: { type: string, nullable: true }
Choice: { type: string, nullable: true, enum: [a, b] }
NullableRef: { nullable: true, allOf: [{ $ref: '#/components/schemas/Small' }] }
BesideRef: { type: object, properties: { x: { $ref: '#/components/schemas/Small' } } }
Small: { type: integer, minimum: 1, exclusiveMinimum: true, maximum: 10, exclusiveMaximum: false }
Tree: { type: object, required: [id], additionalProperties: false, properties: { id: { type: string }, children: { type: array, items: { $ref: '#/components/schemas/Tree' } } } }
Account: { type: object, required: [name, password], properties: { name: { type: string, readOnly: true }, password: { $ref: '#/components/schemas/Secret' } } }
Secret: { type: string, writeOnly: true }
Coded: { type: string, x-enum: [OK, NOT_FOUND] }
CodedOrNull: { type: string, nullable: true, x-enum: [OK] }
Vendor: { type: string, x-oneOf: [{ type: integer }], x-anything: { id: '::not a uri::' }, example: { id: '::nor this' } }
Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }
Cat: { type: object, required: [kind], properties: { kind: { type: string, enum: [cat] } } }
Dog: { type: object, required: [kind], properties: { kind: { type: string, enum: [dog] } } }
Id: { type: object, properties: { id: { type: string }, $id: { type: integer } } }
Int32: { type: integer, format: int32 }
Int64: { type: integer, format: int64 }
Float: { type: number, format: float }
Double: { type: number, format: double }
Byte: { type: string, format: byte }
Binary: { type: string, format: binary }
Password: { type: string, format: password }
Uuid: { type: string, format: uuid }
DateTime: { type: string, format: date-time }
Unknown: { type: string, format: of-my-own }
Loose: { type: string, pattern: '^[\\w-.]+$' }
Any: {}
`;
  const rows: readonly (readonly [schema: string, value: unknown, issues: readonly string[]])[] = [
    ['Text', null, []],
    ['Text', 'x', []],
    ['Text', 1, [' type']],
    ['Choice', null, []],
    ['Choice', 'a', []],
    ['Choice', 'c', [' enum']],
    ['NullableRef', null, []],
    ['NullableRef', 5, []],
    ['NullableRef', '5', [' type']],
    ['BesideRef', { x: null }, ['/x type']],
    ['Small', 1, [' exclusiveMinimum']],
    ['Small', 2, []],
    ['Small', 10, []],
    ['Small', 11, [' maximum']],
    ['Tree', { id: 'a', children: [{ id: 'b', children: [] }] }, []],
    [
      'Tree',
      { id: 'a', children: [{ children: [{ id: 1, colour: 'red' }] }] },
      ['/children/0 required', '/children/0/children/0 additionalProperties', '/children/0/children/0/id type'],
    ],
    ['Account', { name: 'n' }, []],
    ['Account', {}, [' required']],
    ['Coded', 'OK', []],
    ['Coded', 'GONE', [' x-enum']],
    ['CodedOrNull', null, []],
    ['CodedOrNull', 'NO', [' x-enum']],
    ['Vendor', 'x', []],
    ['Pet', { kind: 'dog' }, []],
    ['Id', { id: 'a', $id: 1 }, []],
    ['Id', { id: 1, $id: 'a' }, ['/id type', '/$id type']],
    ['Int32', 2 ** 31 - 1, []],
    ['Int32', 2 ** 31, [' format']],
    ['Int64', 2 ** 40, []],
    ['Int64', 1.5, [' type', ' format']],
    ['Float', 1.5, []],
    ['Double', 1.5, []],
    ['Byte', 'aGVsbG8=', []],
    ['Byte', 'not base64!', [' format']],
    ['Binary', 'anything', []],
    ['Password', 'anything', []],
    ['Uuid', '670e8400-e29b-41d4-a716-446655440000', []],
    ['Uuid', '670e8400', [' format']],
    ['DateTime', '2024-03-15T10:30:00Z', []],
    ['DateTime', '2024-03-15', [' format']],
    ['Unknown', 'anything', []],
    ['Loose', 'a-b.c', []],
    ['Loose', 'a b', [' pattern']],
    ['Any', { free: [null] }, []],
  ];
  test.for(rows)('%s: %j → %j', async ([name, value, want]) => {
    expect(issues(await schemasOnce(schemas), name, value)).toEqual(want);
  });

  test('one alternative too many is one issue', async () => {
    const document = await withSchemas('Both: { oneOf: [{ type: integer }, { minimum: 1 }] }');
    expect(schemaIssues(document, '/components/schemas/Both', 5)).toMatchObject([
      {
        keyword: 'oneOf',
        message: 'the value fits 2 of 2 alternatives (alternative 1 and alternative 2), where only one may fit',
      },
    ]);
  });

  test('no fitting alternative is one issue, beside those that are not of an alternative', async () => {
    const document = await withSchemas(
      'Mixed: { type: object, properties: { a: { anyOf: [{ type: integer }, { type: array, items: { type: integer } }] }, b: { type: integer } } }',
    );
    expect(issues(document, 'Mixed', { a: ['x', 'y'], b: 'z' })).toEqual(['/a anyOf', '/b type']);
  });

  test('no matching alternative is reported with what the nearest one lacks', async () => {
    const document = await withSchemas(schemas);
    const [issue, ...more] = schemaIssues(document, '/components/schemas/Pet', { kind: 'cow' });
    expect(more).toEqual([]);
    expect(issue).toMatchObject({
      path: '',
      keyword: 'oneOf',
      message:
        'the value fits none of the 2 alternatives of oneOf; the nearest one says: /kind is "cow", which is not one of the values listed under enum; the discriminator kind names none of them',
    });
  });
});

describe('OpenAPI 3.1', () => {
  const schemas = `
Text: { type: [string, 'null'] }
Above: { type: number, exclusiveMinimum: 1 }
BesideRef: { $ref: '#/components/schemas/Text', minLength: 2 }
Fixed: { const: 7 }
Pair: { type: array, prefixItems: [{ type: string }, { type: integer }], items: false }
Closed: { allOf: [{ properties: { a: { type: string } } }], unevaluatedProperties: false }
Cards: { type: object, dependentRequired: { card: [address] } }
Nothing: false
Never: { type: object, properties: { gone: false } }
Node: { type: object, properties: { next: { $ref: '#/components/schemas/Node' }, n: { type: integer } } }
`;
  const rows: readonly (readonly [schema: string, value: unknown, issues: readonly string[]])[] = [
    ['Text', null, []],
    ['Text', 1, [' type']],
    ['Above', 1, [' exclusiveMinimum']],
    ['BesideRef', 'a', [' minLength']],
    ['BesideRef', null, []],
    ['Fixed', 8, [' const']],
    ['Pair', ['a', 1], []],
    ['Pair', ['a', 'b', 'c'], ['/1 type', ' items']],
    ['Closed', { a: 'x' }, []],
    ['Closed', { b: 1 }, [' unevaluatedProperties']],
    ['Cards', { card: 1 }, [' dependentRequired']],
    ['Nothing', 1, [' not']],
    ['Never', { gone: 1 }, ['/gone false schema']],
    ['Node', { next: { next: { n: 'x' } } }, ['/next/next/n type']],
  ];
  test.for(rows)('%s: %j → %j', async ([name, value, want]) => {
    expect(issues(await schemasOnce(schemas, '3.1.0'), name, value)).toEqual(want);
  });
});

describe('an issue', () => {
  test('says what, expected what, and where in the document', async () => {
    const document = await withSchemas(
      'Error:\n  type: object\n  required: [code]\n  properties:\n    code:\n      type: string\n      x-enum:\n        - OK\n        - GONE',
    );
    expect(schemaIssues(document, '/components/schemas/Error', { code: 'NO' })).toEqual([
      {
        path: '/code',
        keyword: 'x-enum',
        message: '/code is "NO", which is not one of the values listed under x-enum',
        expected: 'one of "OK", "GONE"',
        actual: '"NO"',
        at: { file: document.source, pointer: '/components/schemas/Error/properties/code/x-enum', line: 12 },
      },
    ]);
    expect(schemaIssues(document, '/components/schemas/Error', {})).toMatchObject([
      {
        message: 'the value lacks the required property "code"',
        expected: 'property "code"',
        actual: 'absent',
        at: { line: 8 },
      },
    ]);
  });

  test.for([
    ['PRECONDITION_FAILED', 'one of 8 values; did you mean "FAILED_PRECONDITION"?'],
    ['failedPrecondition', 'one of 8 values; did you mean "FAILED_PRECONDITION"?'],
    ['UNKNOWM', 'one of 8 values; did you mean "UNKNOWN"?'],
    [
      'NO_SUCH_BACKUP',
      'one of "OK", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ABORTED" and 2 more',
    ],
    [7, 'one of "OK", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ABORTED" and 2 more'],
  ])('names what %j was most likely meant to be, rather than a long list', async ([value, expected]) => {
    const codes =
      'OK, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ABORTED, FAILED_PRECONDITION, UNAUTHENTICATED';
    const document = await withSchemas(`Code: { x-enum: [${codes}] }`);
    expect(schemaIssues(document, '/components/schemas/Code', value)).toMatchObject([{ expected }]);
  });

  test('is one of at most fifty', async () => {
    const document = await withSchemas('Numbers: { type: array, items: { type: integer } }');
    expect(schemaIssues(document, '/components/schemas/Numbers', Array(200).fill('x'))).toHaveLength(50);
  });

  test.for([
    ['a pattern that is no text', 'pattern: 1', 'pattern must be a string'],
    [
      'a type that is none',
      'type: text',
      'type must be one of array, boolean, integer, null, number, object, string, or a list of them',
    ],
    ['a length that is a text', "minLength: '3'", 'minLength must be a whole number, not below zero'],
    ['an empty enum', 'enum: []', 'enum must be a list of at least one value'],
    ['required as a boolean', 'required: true', 'required must be a list of property names'],
    ['a multiple of nothing', 'multipleOf: 0', 'multipleOf must be a number above zero'],
  ] as const)('is an error of its own, each time, with %s', async ([, keyword, why]) => {
    const document = await withSchemas(
      `Odd: { items: { $ref: '#/components/schemas/Inner' } }\nInner: { ${keyword} }`,
      '3.1.0',
    );
    for (let time = 0; time < 2; time++) {
      const shown = await refusal(() => schemaIssues(document, '/components/schemas/Odd', 'x'), document.source);
      expect(shown).toBe(`E_SCHEMA exit 2\n…:7: the schema cannot be used: ${why}\n→ Correct it in the document.`);
    }
  });

  test('gives the same violations the second time', async () => {
    const document = await withSchemas('N: { type: integer }');
    expect(issues(document, 'N', 'x')).toEqual(issues(document, 'N', 'x'));
    expect(issues(document, 'N', 1)).toEqual([]);
  });
});

describe('a sampled value', () => {
  test.for([
    [
      'closed lists under x-enum',
      'S: { type: object, required: [code], properties: { code: { type: string, x-enum: [OK] } } }',
      '3.0.3',
    ],
    [
      'formats',
      'S: { type: object, required: [a, b], properties: { a: { type: string, format: uuid }, b: { type: string, format: date-time } } }',
      '3.0.3',
    ],
    [
      'bounds',
      'S: { type: object, required: [n], properties: { n: { type: integer, minimum: 5, exclusiveMinimum: true, maximum: 7 } } }',
      '3.0.3',
    ],
    [
      'circles',
      'S: { type: object, required: [n], properties: { n: { type: integer }, s: { $ref: "#/components/schemas/S" } } }',
      '3.0.3',
    ],
    [
      'all of several',
      'S: { allOf: [{ required: [a], properties: { a: { type: string, minLength: 9 } } }, { required: [b], properties: { b: { enum: [x] } } }] }',
      '3.1.0',
    ],
    [
      'write-only properties',
      'S: { type: object, required: [a], properties: { a: { type: string, writeOnly: true } } }',
      '3.0.3',
    ],
    ['several types', "S: { type: [string, 'null'], maxLength: 3 }", '3.1.0'],
  ] as const)('conforms to its schema with %s', async ([, schema, version]) => {
    const document = await withSchemas(schema, version);
    expect(issues(document, 'S', sampleOf(document, '/components/schemas/S'))).toEqual([]);
  });

  test('is made without a word on the console', async () => {
    const warn = vi.spyOn(console, 'warn');
    onTestFinished(() => warn.mockRestore());
    const document = await withSchemas('S: { allOf: [{ type: string }, { type: integer }] }');
    sampleOf(document, '/components/schemas/S');
    expect(warn).not.toHaveBeenCalled();
  });

  test('is the same each time', async () => {
    const document = await withSchemas(
      'S: { type: object, properties: { a: { type: string, format: uuid }, b: { type: number } } }',
    );
    expect(sampleOf(document, '/components/schemas/S')).toEqual(sampleOf(document, '/components/schemas/S'));
  });
});
