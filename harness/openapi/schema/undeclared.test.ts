import { expect, test } from 'vitest';
import { documentOf, head } from '../../testing/documents/document-folder.ts';
import { undeclaredProperties, writeOnlyProperties } from './undeclared.ts';

const schemas = `
    Open: { type: object, properties: { a: { type: object, properties: { b: { type: integer } } } } }
    Explicit: { type: object, additionalProperties: true, properties: { a: {} } }
    Closed: { type: object, additionalProperties: false, properties: { a: {} } }
    Map: { type: object, properties: { a: {} }, additionalProperties: { type: object, properties: { b: {} } } }
    Free: { type: object }
    Anything: {}
    List: { type: array, items: { $ref: '#/components/schemas/Open' } }
    All: { allOf: [{ $ref: '#/components/schemas/Open' }, { properties: { c: {} } }] }
    One: { oneOf: [{ required: [x], properties: { x: {} } }, { required: [y], properties: { y: {} } }] }
    Tree: { type: object, properties: { child: { $ref: '#/components/schemas/Tree' } } }
    Loop: { allOf: [{ $ref: '#/components/schemas/Looped' }], properties: { a: {} } }
    Looped: { properties: { l: { $ref: '#/components/schemas/Loop' } } }
    Patterned: { type: object, patternProperties: { '^x-': { type: object, properties: { a: {} } } }, properties: { b: {} } }
    Tuple: { type: array, prefixItems: [{ type: object, properties: { a: {} } }], items: { type: object, properties: { b: {} } } }
    If: { properties: { k: {} }, then: { properties: { t: {} } }, if: { properties: { k: { const: 1 } } } }
`;

test.for([
  ['Open', { a: { b: 1 } }, []],
  ['Open', { a: { b: 1, c: 2 }, 'd/e': 3 }, ['/a/c', '/d~1e']],
  ['Explicit', { a: 1, b: 2 }, ['/b']],
  ['Closed', { a: 1, b: 2 }, []],
  ['Map', { a: 1, b: { b: 1 }, c: { d: 1 } }, ['/c/d']],
  ['Free', { a: { b: 1 } }, []],
  ['Anything', { a: 1 }, []],
  ['List', [{ a: {} }, { z: 1 }], ['/1/z']],
  ['All', { a: { z: 1 }, c: 1, d: 2 }, ['/a/z', '/d']],
  ['One', { x: 1 }, []],
  ['One', { y: 1, q: 1 }, ['/q']],
  ['One', { x: 1, z: 1 }, ['/z']],
  ['Tree', { child: { child: { leaf: 1 } } }, ['/child/child/leaf']],
  ['Loop', { a: 1, l: { a: 1, l: { z: 1 } } }, ['/l/l/z']],
  ['Patterned', { 'x-1': { a: 1, z: 1 }, b: 1, c: 1 }, ['/x-1/z', '/c']],
  [
    'Tuple',
    [
      { a: 1, b: 1 },
      { b: 1, a: 1 },
    ],
    ['/0/b', '/1/a'],
  ],
  ['If', { k: 1, t: 1, u: 1 }, ['/u']],
  ['Open', 'a text', []],
  ['Open', null, []],
] as const)('%s: %j leaves undeclared %j', async ([name, value, want]) => {
  const document = await documentOf(`${head('3.1.0')}paths: {}\ncomponents:\n  schemas:${schemas}`);
  expect(undeclaredProperties(document, `/components/schemas/${name}`, value)).toEqual(want);
});

const secretive = `
    Account: { type: object, properties: { name: {}, password: { type: string, writeOnly: true }, owner: { $ref: '#/components/schemas/Owner' } } }
    Owner: { allOf: [{ type: object, properties: { pin: { $ref: '#/components/schemas/Secret' } } }] }
    Secret: { type: string, writeOnly: true }
    List: { type: array, items: { $ref: '#/components/schemas/Account' } }
`;

test.for([
  ['Account', { name: 'n' }, []],
  ['Account', { name: 'n', password: 'p' }, ['/password']],
  ['Account', { owner: { pin: '1' } }, ['/owner/pin']],
  ['List', [{ name: 'n' }, { password: 'p' }], ['/1/password']],
  ['Secret', 'itself', []],
] as const)('%s: %j has the write-only %j', async ([name, value, want]) => {
  const document = await documentOf(`${head('3.0.3')}paths: {}\ncomponents:\n  schemas:${secretive}`);
  expect(writeOnlyProperties(document, `/components/schemas/${name}`, value)).toEqual(want);
});
