import { expect, test } from 'vitest';
import { withoutWorkflowCommands } from './workflow-commands.ts';

const rows: readonly (readonly [what: string, given: string, want: string])[] = [
  ['a command at the start', '::error::x', '\\u003a:error::x'],
  ['a command after blanks', 'a\n  \t::set-env name=a::b', 'a\n  \t\\u003a:set-env name=a::b'],
  ['a command after another kind of blank', '\u00a0\u2003::debug::x', '\u00a0\u2003\\u003a:debug::x'],
  ['a command after a carriage return', 'a\r::stop-commands::t', 'a\r\\u003a:stop-commands::t'],
  ['a command after colours', '\u001b[31m ::error::x', '\u001b[31m \\u003a:error::x'],
  ['a command with a colour inside its mark', ':\u001b[31m:error::x', '\\u003a:error::x'],
  ['the older form, anywhere in a line', 'x ##[add-mask]y', 'x #\\u0023[add-mask]y'],
  ['the older form with more marks', '###[group]', '##\\u0023[group]'],
  [
    'the forms of other services',
    '##vso[task.setvariable]##teamcity[x]',
    '#\\u0023vso[task.setvariable]#\\u0023teamcity[x]',
  ],
  ['two lines', '::a::\n::b::', '\\u003a:a::\n\\u003a:b::'],
];

test.for(rows)('%s is no longer one', ([, given, want]) => {
  expect(withoutWorkflowCommands(given)).toBe(want);
  expect(withoutWorkflowCommands(want)).toBe(want);
});

test.for(['std::string', 'a ::b::', '## Heading', '#[x]', 'http://[::1]:80'])('%s stays', (text) => {
  expect(withoutWorkflowCommands(text)).toBe(text);
});

test('JSON says the same afterwards', () => {
  const value = { a: '##[add-mask]x', b: ['::error::y', '\n::error::z'] };
  expect(JSON.parse(withoutWorkflowCommands(JSON.stringify(value, null, 2)))).toEqual(value);
});
