import { expect, test } from 'vitest';
import { duplicateKeys } from './json-text.ts';

test.each<readonly [text: string, twice: readonly string[]]>([
  ['{}', []],
  ['null', []],
  ['"a"', []],
  ['[]', []],
  ['{"a":1,"b":2}', []],
  ['{"a":null,"b":[null]}', []],
  ['{"a":1,"a":2}', ['/a']],
  ['{"a" : 1, "a"\n:\t2}', ['/a']],
  ['{"a":1,"a":2,"a":3}', ['/a', '/a']],
  ['{"":1,"":2}', ['/']],
  ['[{"a":1},{"a":1}]', []],
  ['[1,{"a":1,"a":1}]', ['/1/a']],
  ['[[],[{"a":[{"b":1,"b":1}]}]]', ['/1/0/a/0/b']],
  ['{"a":{"b":1},"b":{"a":1}}', []],
  ['{"a":{"b":1,"b":1},"a":2}', ['/a', '/a/b']],
  ['{"a/b":1,"a/b":1}', ['/a~1b']],
  ['{"a~b":1,"a~b":1}', ['/a~0b']],
  ['{"a":1,"\\u0061":1}', ['/a']],
  // What looks like a name inside of a text is none.
  ['{"a":"\\"b\\":1,\\"b\\":2"}', []],
  ['{"a":"x\\\\","b":"\\\\","c":1}', []],
  ['{"a":"x\\\\","a":"\\\\"}', ['/a']],
  ['["a:","b:",":"]', []],
  ['{"a:":1,"b":":"}', []],
])('%s', (text, twice) => {
  expect([...duplicateKeys(text, JSON.parse(text))].sort()).toEqual(twice);
});
