import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { sampleRun, greenRun } from '../../testing/sample-run.ts';
import { junitXml } from './junit.ts';

interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly failure?: { readonly text?: string; readonly type: string };
  readonly error?: { readonly text?: string; readonly type: string };
  readonly skipped?: { readonly type?: string };
}

/** GitLab reads a report into a Hash of Rails, which takes these types of an element for types of its text, and refuses the last two. */
const typesOfRails = [
  ...['array', 'file', 'integer', 'float', 'decimal', 'boolean', 'string', 'date', 'datetime', 'dateTime', 'duration'],
  ...['base64Binary', 'hexBinary', 'double', 'symbol', 'yaml'],
];

/** The cases as lib/gitlab/ci/parsers/test/junit.rb takes them: below one `testsuites` and any number of `testsuite`. */
function cases(): readonly TestCase[] {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', textNodeName: 'text' });
  const parsed = parser.parse(junitXml([sampleRun(), greenRun()])) as {
    readonly testsuites: { readonly testsuite: readonly { readonly testcase: TestCase | readonly TestCase[] }[] };
  };
  return parsed.testsuites.testsuite.flatMap(({ testcase }) => testcase);
}

test('GitLab finds every case, and no two that it takes for one', () => {
  const run = [...sampleRun().cases, ...greenRun().cases];
  expect(cases()).toHaveLength(run.length);
  expect(new Set(cases().map(({ classname, name }) => `${classname}\n${name}`)).size).toBe(run.length);
});

test('GitLab, which drops the attributes of a failure, has all of it in the text', () => {
  const failed = cases().filter(({ failure }) => failure !== undefined);
  expect(failed.length).toBeGreaterThan(0);
  for (const { failure } of failed) expect(failure?.text).toMatch(/expected .*\n\s+actual .*[\s\S]*command\s+npx /);
  const unknown = cases().filter(({ error }) => error !== undefined);
  expect(unknown.length).toBeGreaterThan(0);
  for (const { error } of unknown) expect(error?.text).toContain('command');
});

test('no type of a result is one that Rails would convert or refuse', () => {
  const types = cases().flatMap(({ failure, error, skipped }) => failure?.type ?? error?.type ?? skipped?.type ?? []);
  expect(types.length).toBeGreaterThan(2);
  expect(types.filter((type) => typesOfRails.includes(type))).toEqual([]);
});
