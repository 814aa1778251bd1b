import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { flawsOfMessage } from '../testing/message-form.ts';
import { checks } from './index.ts';

const tests = readdirSync(packageFile('harness', 'checks'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(packageFile('harness', 'checks'), file), 'utf8'));

/** `describeCheck` holds each message that a check can write to the form of `flawsOfMessage`. */
test.each(checks.map((check) => [check.name, check] as const))(
  '%s is described by findings, and says what to do',
  (_, check) => {
    const constant = `${check.name.replace(/-(.)/g, (__, letter: string) => letter.toUpperCase())}Check`;
    expect(tests.some((text) => text.includes(`describeCheck(${constant},`))).toBe(true);
    expect(check.remedy).toMatch(/^[A-Z].*\.$/);
    expect(check.requirement).toMatch(/^[A-Z].*\.$/);
  },
);

const good = { message: 'the body is empty', where: 'body', expected: 'a body of JSON', actual: '0 bytes' };
const remedy = 'Send one JSON document.';

test('a message that names all is without flaws', () => {
  expect(flawsOfMessage(good, remedy)).toEqual([]);
  expect(flawsOfMessage({ ...good, hint: 'Send a body.' }, undefined)).toEqual([]);
});

test.each([
  ['no message', { message: ' ' }, 'there is no message'],
  ['a full stop', { message: 'the body is empty.' }, 'the message ends with a full stop'],
  ['no such place', { where: 'somewhere' }, '"somewhere" is no place in an exchange'],
  ['nothing expected', { expected: '' }, 'nothing is expected'],
  ['nothing that came', { actual: '' }, 'what came is not shown'],
  ['the same twice', { actual: 'a body of JSON' }, 'what came is what was expected'],
  ['a hint that is no sentence', { hint: 'see there' }, '"see there" is no sentence that says what to do'],
  ['a figure of speech', { message: 'the header tells it' }, '"tells" is a figure of speech: the header tells it'],
] as const)('%s is a flaw', (_, change, flaw) => {
  expect(flawsOfMessage({ ...good, ...change }, remedy)).toContain(flaw);
});

test('a finding without a hint needs a remedy', () => {
  expect(flawsOfMessage(good, undefined)).toEqual(['"" is no sentence that says what to do']);
});
