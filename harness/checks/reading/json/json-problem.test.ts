import { expect, it } from 'vitest';
import { jsonProblem } from './json-problem.ts';

it.for([
  ['1', undefined],
  ['[[[]]]', undefined],
  ['[][][]', 'the body holds two JSON documents', '[][]'],
  ['[[[[]]]]', 'the body nests deeper than 3 levels', 'depth 4'],
  ['{"a":{"b":{"c":{}}}}', 'the body nests deeper than 3 levels', 'depth 4'],
  ['[[],[],{},{"a":"[[[["}]', undefined],
  ['{"a":1} or {"a":2}', 'text follows the JSON document', 'or {"a":2}'],
  ['{"a":[1]} x', 'text follows the JSON document', 'x'],
  ['[1] x', 'text follows the JSON document', 'x'],
  ['[{}] "x"', 'the body holds two JSON documents', '"x"'],
  ['{"a":"\\"}{"} x', 'text follows the JSON document', 'x'],
  ['{"a":"b\\\\"}{"}', 'the body holds two JSON documents', '{"}'],
  ['{}\u00a0', 'the body is not valid JSON', '{}'],
  ['  nope  ', 'the body is not valid JSON', 'nope'],
  ['\n<html>', 'the body is a page of HTML or XML, not JSON', '<html>'],
  ['see <html>', 'the body is not valid JSON', 'see <html>'],
  ['{"a":True}', 'the body has True, which is not JSON', '{"a":True}'],
  ['{"a":"True","b"}', 'the body is not valid JSON', '{"a":"True","b"}'],
  ['{"a":1,"b"}', 'the body is not valid JSON', '{"a":1,"b"}'],
  ['[1,\n]', 'the body has a comma before a closing bracket', '[1,\n]'],
  ['x {', 'the body is not valid JSON', 'x {'],
  ['{"a":"}', 'the JSON document breaks off', '…{"a":"}'],
  ['[1, [2', 'the JSON document breaks off', '…[1, [2'],
  [
    '{"a":"a message of more than forty characters, and not ended',
    'the JSON document breaks off',
    '…ore than forty characters, and not ended',
  ],
  ['"\\ud83d"', 'a string in the body holds half of a surrogate pair, which is no character', '\\ud83d'],
  ['"\\\\ud83d"', undefined],
  [' \n', 'the body is white space only', '" \\n"'],
] as const)('%j: %s', ([text, message, actual]) => {
  const problem = jsonProblem(Buffer.from(text), text, 3);
  expect(problem?.message).toBe(message);
  expect(problem?.actual).toBe(actual);
});

it.for([
  ['efbbbf7b7d', 'the body begins with a byte order mark', 'bytes ef bb bf 7b'],
  ['e2bbbf', 'the body is not valid JSON', '⻿'],
  ['efbcbf', 'the body is not valid JSON', '＿'],
  ['efbbb4', 'the body is not valid JSON', 'ﻴ'],
  ['fffe7b00', 'the body is UTF-16', 'bytes ff fe 7b 00'],
  ['feff', 'the body is UTF-16', 'bytes fe ff'],
  ['ff41', 'the body is not valid UTF-8', 'byte 0xff at offset 0'],
  ['fe41', 'the body is not valid UTF-8', 'byte 0xfe at offset 0'],
  ['41fe', 'the body is not valid UTF-8', 'byte 0xfe at offset 1'],
  ['41ff', 'the body is not valid UTF-8', 'byte 0xff at offset 1'],
  ['22efbfbdc3a9ff22', 'the body is not valid UTF-8', 'byte 0xff at offset 6'],
  ['007b007d', 'the body is UTF-16', 'bytes 00 7b 00 7d'],
  ['7b007d00', 'the body is UTF-16', 'bytes 7b 00 7d 00'],
  ['002200', 'the body is not valid JSON', '\0"\0'],
  ['00222222', 'the body is not valid JSON', '\0"""'],
] as const)('the bytes %s: %s', ([hex, message, actual]) => {
  const bytes = Buffer.from(hex, 'hex');
  const text = Buffer.from(bytes.toString('utf8')).equals(bytes) ? bytes.toString('utf8') : undefined;
  expect(jsonProblem(bytes, text, 9)).toMatchObject({ message, actual });
});
