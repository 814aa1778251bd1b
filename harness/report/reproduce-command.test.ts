import { expect, test } from 'vitest';
import { record, sampleRun } from '../testing/sample-run.ts';
import { reproduceCommand, reproduceWords } from './reproduce-command.ts';

test.for([
  ['specs/db_control_2025-04.oas.yaml', '2025-04', ''],
  ['specs/db_control_2026-04.oas.yaml', '2026-04', ' --api 2026-04'],
  ['own/api.yaml', '2026-04', ' --spec own/api.yaml'],
] as const)('a run of %s is shown again with the same document', ([source, version, words]) => {
  const sample = sampleRun();
  const again = reproduceCommand(
    { ...sample, document: { ...sample.document, source, version } },
    record({ id: 'delete_backup/404/a' }),
  );
  expect(/ --(?:api|spec) \S+/.exec(again)?.[0] ?? '').toBe(words);
});

test('an option and its value are one word, so that no line is broken between them', () => {
  const options = ['--states', 'my states.yaml', '--allow-destructive', '--rate', '5'];
  const words = reproduceWords({ ...sampleRun(), options }, record({ id: 'delete_backup/404/a' }));
  expect(words).toEqual(expect.arrayContaining(["--states 'my states.yaml'", '--allow-destructive', '--rate 5']));
});
