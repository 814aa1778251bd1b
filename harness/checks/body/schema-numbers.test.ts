import { expect, test } from 'vitest';
import type { OasDocument } from '../../model/document.ts';
import { bodyOf } from '../reading/body/body.ts';
import { documentOf, head } from '../../testing/documents/document-folder.ts';
import { issuesOfJson } from '../../openapi/schema/schema.ts';

const schemas = `
    Most: { type: integer, maximum: 9223372036854775807 }
    Below: { type: integer, maximum: 9223372036854775807, exclusiveMaximum: true }
    Listed: { type: integer, enum: [1, 9007199254740993] }
    Inside: { type: object, enum: [{ ids: [9007199254740993] }] }
    Int32: { type: integer, format: int32 }
    Int64: { type: integer, format: int64 }
    UInt64: { type: integer, format: uint64 }
    Float: { type: number, format: float }
    Double: { type: number, format: double }
    Number: { type: number }
    Integer: { type: integer }
    Price: { type: number, multipleOf: 0.01 }
    Prices: { type: array, items: { type: number, multipleOf: 0.01 } }
    Fine: { type: number, multipleOf: 0.00000000000000000001 }
    Unique: { type: array, uniqueItems: true, items: {} }
    Any: { enum: [{ a: 1, b: [null, 'x'] }, 'word', true] }
`;

let read: Promise<OasDocument> | undefined;

/** `path keyword` of each issue that a body of JSON has. */
async function issues(name: string, text: string): Promise<readonly string[]> {
  read ??= documentOf(`${head('3.0.3')}paths: {}\ncomponents:\n  schemas:${schemas}`);
  const document = await read;
  const body = bodyOf({ status: 200, reason: '', httpVersion: '1.1', headers: [], body: Buffer.from(text) });
  if (body.kind !== 'json') throw new Error(`${text} is no JSON`);
  const pointer = `/components/schemas/${name}`;
  return issuesOfJson({ document, pointer, value: body.value, digits: body.digits }).map(
    ({ path, keyword }) => `${path} ${keyword}`,
  );
}

test.for([
  ['Most', '9223372036854775807', []],
  ['Most', '9223372036854775808', [' maximum']],
  ['Below', '9223372036854775806', []],
  ['Below', '9223372036854775807', [' exclusiveMaximum']],
  ['Listed', '9007199254740993', []],
  ['Listed', '9007199254740992', [' enum']],
  ['Listed', '1.0', []],
  ['Inside', '{"ids":[9007199254740993]}', []],
  ['Inside', '{"ids":[9007199254740994]}', [' enum']],
  ['Int32', '2147483647', []],
  ['Int32', '2147483648', [' format']],
  ['Int32', '-2147483648', []],
  ['Int64', '9223372036854775807', []],
  ['Int64', '9223372036854775808', [' format']],
  ['Int64', '-9223372036854775808', []],
  ['Int64', '-9223372036854775809', [' format']],
  ['Int64', '18446744073709551615', [' format']],
  ['UInt64', '18446744073709551615', []],
  ['UInt64', '18446744073709551616', [' format']],
  ['UInt64', '-1', [' format']],
  ['Float', '3.4e38', []],
  ['Float', '3.5e38', [' format']],
  ['Double', '1.7e308', []],
  ['Double', '1e400', [' format']],
  ['Number', '1e400', []],
  ['Integer', '1e400', []],
  ['Integer', '9007199254740993.5', [' type']],
  ['Integer', '1.5', [' type']],
  ['Prices', '[19.99,0.94,143.48,1.11,8.69]', []],
  ['Price', '8.695', [' multipleOf']],
  ['Price', '1e2', []],
  ['Price', '1234567890123456.78', []],
  ['Price', '1234567890123456.785', [' multipleOf']],
  ['Fine', '0.1', []],
  ['Fine', '0.000000000000000000015', [' multipleOf']],
  ['Unique', '[9007199254740992,9007199254740993]', []],
  ['Unique', '[9007199254740993,9007199254740993]', [' uniqueItems']],
  ['Unique', '[1,1.0]', [' uniqueItems']],
  ['Unique', '[{"a":1,"b":2},{"b":2,"a":1}]', [' uniqueItems']],
  ['Unique', '["1",1,true,null,[1],{"1":1}]', []],
  ['Any', '{"b":[null,"x"],"a":1.0}', []],
  ['Any', '{"b":[null,"y"],"a":1}', [' enum']],
  ['Any', 'true', []],
  ['Any', '"word"', []],
  ['Any', '1', [' enum']],
] as const)('%s: %s → %j', async ([name, text, want]) => {
  expect(await issues(name, text)).toEqual(want);
});

test('digits of properties that are there twice are those of the last', () => {
  const text = '{"a":{"n":9007199254740993},"a":{"n":1}}';
  const body = bodyOf({ status: 200, reason: '', httpVersion: '1.1', headers: [], body: Buffer.from(text) });
  expect(body).toMatchObject({ kind: 'json', digits: new Map() });
});

test('a message has the digits of the body and of the document', async () => {
  read ??= documentOf(`${head('3.0.3')}paths: {}\ncomponents:\n  schemas:${schemas}`);
  const violationsOf = async (name: string, digits: string): Promise<unknown> =>
    issuesOfJson({
      document: await (read ?? Promise.reject(new Error('no document'))),
      pointer: `/components/schemas/${name}`,
      value: Number(digits),
      digits: new Map([['', digits]]),
    }).map(({ message, expected, actual }) => [message, expected, actual]);
  expect(await violationsOf('Most', '9223372036854775808')).toEqual([
    ['the value must be <= 9223372036854775807', 'maximum 9223372036854775807', '9223372036854775808'],
  ]);
  expect(await violationsOf('Listed', '9007199254740992')).toEqual([
    [
      'the value is 9007199254740992, which is not one of the values listed under enum',
      'one of 1, 9007199254740993',
      '9007199254740992',
    ],
  ]);
});
