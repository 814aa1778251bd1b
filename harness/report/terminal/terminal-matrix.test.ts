import { expect, test } from 'vitest';
import { coloursFor } from '../../core/text/colours.ts';
import { widthOf } from '../../core/text/columns.ts';
import { greenRun, sampleRun } from '../../testing/sample-run.ts';
import { failures } from './terminal-failure.ts';
import { terminalMatrix } from './terminal-matrix.ts';

test('subjects stand beside each other, what is red below, the outcomes last', () => {
  const text = terminalMatrix([greenRun(), sampleRun()], { columns: 80, colour: false, verbose: false, reports: 'r' });
  const red = failures(sampleRun(), { columns: 80, colours: coloursFor(false), verbose: false });
  expect(red).toMatch(/^Failures\n/);
  expect(text.replace(red, '(the failures as in the report of one run)')).toMatchInlineSnapshot(`
    "           mock      http://127.0.0.1:5080
      202      ✔ proved  ✔ proved
      404      ✔ proved  ✘ violated
      500                – exempt
      auth     ✔ 2 of 2  ✔ 1 of 1
      methods  ✔ 1 of 1  ! 0 of 1
      ids                ~ 0 of 1

    (the failures as in the report of one run)

    mock: exit 0, every selected promise was kept
      5 cases, 5 passed, 0 failed
    http://127.0.0.1:5080: exit 1, the subject broke the contract in 1 case
      6 cases, 2 passed, 1 failed, 1 error, 1 waived, 1 skipped, 1 advice
      ! The waiver for delete_backup/probe/ids/* expires in 3 days.

    reports in r/
    "
  `);
});

test('subjects for which there is no room follow below', () => {
  const runs = Array.from({ length: 12 }, (_, n) =>
    greenRun({ subject: { kind: 'sdk', name: 'js', version: `${n}.0.0` } }),
  );
  const text = terminalMatrix(runs, { columns: 60, colour: false, verbose: false });
  for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(60);
  for (const run of runs) expect(text.split(`js ${run.subject.version ?? ''}`)).toHaveLength(3);
});
