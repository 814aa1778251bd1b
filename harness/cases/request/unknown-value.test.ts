import { describe, expect, it } from 'vitest';
import { operationOf, removeItem } from '../../testing/shop-suite.ts';
import { requestIssues } from '../../openapi/schema/schema.ts';
import { unknownValue } from './unknown-value.ts';

const uuid = '0b2f6f0e-9d1c-4a8e-8f5b-1c2d3e4f5a6b';

function valueOf(schema: Readonly<Record<string, unknown>>): string {
  const parameters = [{ name: 'item_id', in: 'path', required: true, schema }];
  const operation = operationOf({ ...removeItem, parameters });
  const value = unknownValue(operation, 'item_id', uuid);
  const pointer = operation.parameters[0]?.schema ?? '';
  const numeric = schema['type'] === 'integer' || schema['type'] === 'number';
  expect(requestIssues(operation.document, pointer, numeric ? Number(value) : value)).toEqual([]);
  return value;
}

describe('an id that names nothing', () => {
  it.for([
    [{ type: 'string' }],
    [{ type: 'string', format: 'uuid' }],
    [{ type: 'string', maxLength: 8 }],
    [{ type: 'string', pattern: '^[a-f0-9]{24}$' }],
    [{ type: 'string', pattern: '^[a-z]{3,12}$' }],
    [{ type: 'string', pattern: '^\\d+$' }],
    [{ type: 'integer' }],
    [{ type: 'integer', format: 'int32' }],
    [{ type: 'integer', minimum: 1, maximum: 255 }],
    [{ type: 'string', format: 'email' }],
  ] as const)('fits %j', ([schema]) => {
    expect(valueOf(schema)).not.toBe('');
  });

  it('is the UUID itself where nothing speaks against it', () => {
    expect(valueOf({ type: 'string' })).toBe(uuid);
  });

  it('is a whole number for an integer', () => {
    expect(valueOf({ type: 'integer', format: 'int64' })).toMatch(/^[1-9]\d+$/);
  });
});
