import { expect, it } from 'vitest';
import type { Json } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import { documentOf, head } from '../../testing/documents/document-folder.ts';
import { findOperation } from '../operation/operation.ts';
import { evaluate } from './evaluate.ts';

const text = `${head()}paths:
  /things/{id}/parts.{kind}/{label}/{matrix}:
    post:
      operationId: make
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: kind, in: path, required: true, schema: { type: string } }
        - { name: label, in: path, required: true, style: label, schema: { type: string } }
        - { name: matrix, in: path, required: true, style: matrix, schema: { type: string } }
      responses: { '201': { description: made } }
`;

const exchange = {
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:80/v1/things/a%2Fb/parts.x/.l/;matrix=m?n=1&n=2&q=%7B',
    headers: [['X-One', '1']],
    body: '{"a":{"b/c":[null,{"d":5}]}}',
  },
  response: {
    status: 201,
    headers: [
      ['X-Two', 'a'],
      ['x-two', 'b'],
    ],
    body: Buffer.from('plain'),
  },
  notes: [],
  ms: 1,
} as unknown as Exchange;

it.each([
  ['$url', exchange.request.url],
  ['$method', 'POST'],
  ['$statusCode', 201],
  ['$request.path.id', 'a/b'],
  ['$request.path.kind', 'x'],
  ['$request.path.label', 'l'],
  ['$request.path.matrix', 'm'],
  ['$request.query.q', '{'],
  ['$request.query.n', ['1', '2']],
  ['$request.header.x-one', '1'],
  ['$response.header.X-TWO', 'a, b'],
  ['$request.body#/a/b~1c/1/d', 5],
  ['$request.body#/a/b~1c/0', null],
  ['$request.body', { a: { 'b/c': [null, { d: 5 }] } }],
  ['$response.body', 'plain'],
  ['of {$request.body#/a} and {x}', 'of {"b/c":[null,{"d":5}]} and {x}'],
  [{ a: ['$method', 5, null] }, { a: ['POST', 5, null] }],
] as readonly (readonly [Json, Json])[])('the value of %j', async (written, value) => {
  expect(evaluate(written, exchange, findOperation(await documentOf(text), 'make'))).toEqual({ value });
});

it.each([
  ['$request.path.other', '$request.path.other'],
  ['$request.query.other', '$request.query.other'],
  ['$response.header.other', '$response.header.other'],
  ['$response.body#/a', '$response.body#/a'],
  ['$response.path.id', '$response.path.id'],
  ['$response.id', '$response.id'],
  [{ a: ['x {$request.body#/b}'] }, '$request.body#/b'],
] as readonly (readonly [Json, string])[])('what is lacking of %j', async (written, lacking) => {
  expect(evaluate(written, exchange, findOperation(await documentOf(text), 'make'))).toEqual({ lacking });
});
