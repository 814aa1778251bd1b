import { describe, expect, it } from 'vitest';
import { parseExpression, parseLinkText } from './expression.ts';

const valid: readonly (readonly [string, ReturnType<typeof parseExpression>])[] = [
  ['$url', { kind: 'url' }],
  ['$method', { kind: 'method' }],
  ['$statusCode', { kind: 'statusCode' }],
  ['$request.path.id', { kind: 'path', of: 'request', name: 'id' }],
  ['$request.query.a b', { kind: 'query', of: 'request', name: 'a b' }],
  ['$request.query.', { kind: 'query', of: 'request', name: '' }],
  ['$request.query.über/😀~#.x', { kind: 'query', of: 'request', name: 'über/😀~#.x' }],
  [String.raw`$request.query.say \"x\" \u00e9`, { kind: 'query', of: 'request', name: 'say "x" é' }],
  ["$request.header.!#$%&'*+-.^_`|~09azAZ", { kind: 'header', of: 'request', name: "!#$%&'*+-.^_`|~09azAZ" }],
  ['$response.header.Location', { kind: 'header', of: 'response', name: 'Location' }],
  ['$response.path.id', { kind: 'path', of: 'response', name: 'id' }],
  ['$request.body', { kind: 'body', of: 'request' }],
  ['$request.body#', { kind: 'body', of: 'request', pointer: '' }],
  ['$request.body#/user/uuid', { kind: 'body', of: 'request', pointer: '/user/uuid' }],
  ['$response.body#/', { kind: 'body', of: 'response', pointer: '/' }],
  ['$response.body#/a~0b~1c//0', { kind: 'body', of: 'response', pointer: '/a~0b~1c//0' }],
  ['$response.body#/😀 "x"\\}', { kind: 'body', of: 'response', pointer: '/😀 "x"\\}' }],
];

const malformed: readonly (readonly [string, string])[] = [
  ['', 'begins with'],
  ['url', 'begins with'],
  ['$URL', 'begins with'],
  ['$url.', 'begins with'],
  ['$statuscode', 'begins with'],
  ['$inputs.x', 'begins with'],
  ['$request', 'begins with'],
  ['$request.', 'after $request.'],
  ['$response.cookie.sid', 'after $response.'],
  ['$response.Body', 'after $response.'],
  ['$response.body.id', 'after $response.'],
  ['$response.body/id', 'after $response.'],
  ['$response.body#id', 'is not a JSON pointer'],
  ['$response.body#/a~', 'is not a JSON pointer'],
  ['$response.body#/a~2', 'is not a JSON pointer'],
  ['$response.header.', 'is not the name of a header'],
  ['$response.header.a b', 'is not the name of a header'],
  ['$response.header.a:b', 'is not the name of a header'],
  ['$request.query.a"b', 'is not the name of a parameter'],
  ['$request.query.a\\b'.replace('\\b', '\\x'), 'is not the name of a parameter'],
  ['$request.path.a\nb', 'is not the name of a parameter'],
  [' $url', 'begins with'],
];

describe('a runtime expression, by the ABNF of the OpenAPI specification', () => {
  it.each(valid)('reads %j', (text, expression) => {
    expect(parseExpression(text)).toEqual(expression);
  });

  it.each(malformed)('does not read %j', (text, words) => {
    expect(parseExpression(text)).toEqual({ problem: expect.stringContaining(words) as string });
  });
});

describe('a text of a link', () => {
  const id = { text: '$response.body#/id', expression: { kind: 'body', of: 'response', pointer: '/id' } };
  const url = { text: '$url', expression: { kind: 'url' } };

  it.each([
    ['$url', { kind: 'expression', ...url }],
    ['', { kind: 'template', parts: [] }],
    ['plain', { kind: 'template', parts: ['plain'] }],
    ['$5.00 {x} }', { kind: 'template', parts: ['$5.00 {x} }'] }],
    ['{$url}', { kind: 'template', parts: [url] }],
    ['a-{$response.body#/id}{$url}-{x}', { kind: 'template', parts: ['a-', id, url, '-{x}'] }],
    ['$urls', { kind: 'malformed', text: '$urls', problem: expect.stringContaining('begins with') as string }],
    [
      'a {$response.id} b',
      { kind: 'malformed', text: '$response.id', problem: expect.stringContaining('after') as string },
    ],
    ['a {$url', { kind: 'malformed', text: '{$url', problem: 'its { is not closed' }],
  ])('reads %j', (text, read) => {
    expect(parseLinkText(text)).toEqual(read);
  });
});
