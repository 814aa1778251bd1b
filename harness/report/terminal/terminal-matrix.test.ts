import { expect, test } from 'vitest';
import { widthOf } from '../../core/columns.ts';
import { greenRun, sampleRun } from '../../testing/sample-run.ts';
import { terminalMatrix } from './terminal-matrix.ts';

test('subjects stand beside each other, what is red below, the outcomes last', () => {
  const text = terminalMatrix([greenRun(), sampleRun()], { columns: 80, colour: false, verbose: false, reports: 'r' });
  expect(text).toMatchInlineSnapshot(`
    "           mock      http://127.0.0.1:5080
      202      ✔ proved  ✔ proved
      404      ✔ proved  ✘ violated
      500                – exempt
      auth     ✔ 2 of 2  ✔ 1 of 1
      methods  ✔ 1 of 1  ! 0 of 1
      ids                ~ 0 of 1

    Failures

      ✘ 1. the answer has another status than the promised one
        case      delete_backup/404/application-json/backup-not-found (answers 404
                  when there is no such backup)
        promised  404, application/json, such as example backup-not-found
        came      500 Internal Server Error, application/json, 41 bytes, in 3.4 ms
        × status: the answer has another status than the promised one
        expected  404
        actual    500 (status)
        document  specs/db_control_2025-04.oas.yaml:1042
        hint      Look for the reason in the log of the server.
        × error-code: the error code is not one that the document gives this status
        expected  NOT_FOUND
        actual    UNKNOWN (body /error/code)
        document  specs/db_control_2025-04.oas.yaml:1042
        hint      Look for the reason in the log of the server.
        $ npx pinecone-contract run --target http://127.0.0.1:5080 \\
            --reports reports/reproduced \\
            --case 'delete_backup/404/application-json/backup-not-found'

      ! 2. E_TARGET_REFUSED: nothing listens at http://127.0.0.1:5080
        case      delete_backup/probe/methods/trace (answers 404 when there is no
                  such backup)
        promised  neither 2xx nor 5xx
        came      nothing was sent
        ! E_TARGET_REFUSED: nothing listens at http://127.0.0.1:5080
        hint      Start the server, or give another --target.
        document  specs/db_control_2025-04.oas.yaml:1042
        $ npx pinecone-contract run --target http://127.0.0.1:5080 --seed 7 \\
            --reports reports/reproduced \\
            --case 'delete_backup/probe/methods/trace'

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
