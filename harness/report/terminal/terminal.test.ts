import { expect, test } from 'vitest';
import { widthOf } from '../../core/text/columns.ts';
import { exchange, finding, greenRun, record, sampleRun } from '../../testing/sample-run.ts';
import { terminalReport, type TerminalOptions } from './terminal.ts';

const plain: TerminalOptions = { columns: 80, colour: false, verbose: false, quiet: false };

test('a run with one of each outcome', () => {
  expect(terminalReport(sampleRun(), { ...plain, reports: 'reports' })).toMatchInlineSnapshot(`
    "delete_backup (DELETE /backups/{backup_id}) against http://127.0.0.1:5080
    Pinecone Control Plane API 2025-04, specs/db_control_2025-04.oas.yaml

    Declared responses  1 of 3 proved
      ✔ 202  proved    a backup that can be deleted
      ✘ 404  violated  no such backup
      – 500  exempt    a live server cannot be made to fail on purpose

    Probes
      ✔ auth     1 of 1
      ! methods  0 of 1  1 error
      ~ ids      0 of 1  1 waived

    Waived: known failures
      ~ delete_backup/probe/ids/upper-case
        ids are compared without case (https://example.com/issues/7, until
        2027-01-31)

    Skipped
      –   1 ×  a live server cannot be made to fail on purpose

    Advice  does not fail the run
      * undeclared-property: the body has a property that the document does not
        declare
        specs/db_control_2025-04.oas.yaml:1042
        delete_backup/probe/auth/key-in-query

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

    Problems of the run
      ! The waiver for delete_backup/probe/ids/* expires in 3 days.

    2 causes, 2 cases, in the order in which corrections help most
      1 ✘ 1 case  the answer has another status than the promised one
      2 ! 1 case  E_TARGET_REFUSED: nothing listens at http://127.0.0.1:5080

    6 cases, 2 passed, 1 failed, 1 error, 1 waived, 1 skipped, 1 advice
    exit 1: the subject broke the contract in 1 case
    seed 7, 412 ms
    reports in reports/
    "
  `);
});

test('a run in which all is well', () => {
  expect(terminalReport(greenRun(), plain)).toMatchInlineSnapshot(`
    "delete_backup (DELETE /backups/{backup_id}) against mock
    Pinecone Control Plane API 2025-04, specs/db_control_2025-04.oas.yaml

    Declared responses  2 of 2 proved
      ✔ 202  proved    a backup that can be deleted
      ✔ 404  proved    no such backup

    Probes
      ✔ auth     2 of 2
      ✔ methods  1 of 1

    5 cases, 5 passed, 0 failed
    exit 0: every selected promise was kept
    seed 7, 412 ms
    "
  `);
});

test('quiet shows only what is red, and the closing lines', () => {
  expect(terminalReport(greenRun(), { ...plain, quiet: true })).toMatchInlineSnapshot(`
    "5 cases, 5 passed, 0 failed
    exit 0: every selected promise was kept
    seed 7, 412 ms
    "
  `);
  const red = terminalReport(sampleRun(), { ...plain, quiet: true });
  expect(red).toContain('✘ 1. the answer has another status than the promised one');
  expect(red).not.toContain('Declared responses');
});

test('verbose names every case and adds the curl line of a failure', () => {
  const text = terminalReport(sampleRun(), { ...plain, verbose: true });
  for (const { id } of sampleRun().cases) expect(text).toContain(id);
  expect(text).toContain('curl -i -X DELETE');
  expect(text).toContain('$PINECONE_API_KEY');
});

test('colour only repeats what is there without it', () => {
  const coloured = terminalReport(sampleRun(), { ...plain, colour: true });
  expect(coloured).toContain('\u001b[31m');

  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(terminalReport(sampleRun(), plain));
});

test.for([40, 60, 80, 132])('no line is wider than %i columns, but for a word that must stay whole', (columns) => {
  const wide = sampleRun({
    cases: [
      record({
        id: 'delete_backup/probe/ids/wide',
        kind: 'probe',
        status: 'fail',
        findings: [finding({ message: '備份不存在'.repeat(20), actual: 'x'.repeat(500) })],
      }),
    ],
  });
  const text = terminalReport(wide, { ...plain, columns });
  for (const line of text.split('\n')) {
    // The words of a command and the place in a file are never broken: they can be copied as they stand.
    if (!/^ +(\$ |--)|\.yaml:\d+$|delete_backup\/probe/.test(line))
      expect(widthOf(line), line).toBeLessThanOrEqual(columns);
  }
});

test('what a server sends can neither act on the terminal nor forge a line', () => {
  const hostile = '\u001b[2J\u001b]8;;http://evil.example\u0007x\r\n  ✔ delete_backup/forged\u202e';
  const run = sampleRun({
    cases: [
      record({
        id: 'delete_backup/404/application-json/backup-not-found',
        status: 'fail',
        findings: [finding({ actual: hostile, message: hostile, where: hostile, hint: hostile, expected: hostile })],
        exchanges: [exchange(500, hostile, hostile, [['content-type', hostile]])],
        curl: hostile,
      }),
      record({ id: 'delete_backup/x', status: 'skip', reason: hostile }),
      record({ id: 'delete_backup/y', status: 'error', error: { code: 'E_X', message: hostile, hint: hostile } }),
    ],
    outcome: { exit: 1, because: hostile, problems: [hostile] },
  });
  for (const options of [plain, { ...plain, verbose: true }, { ...plain, quiet: true }]) {
    const text = terminalReport(run, options);

    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text.split('\n').filter((line) => line.startsWith('  ✔ delete_backup/forged'))).toEqual([]);
  }
});

test('cases with the same cause are shown once, but for --verbose', () => {
  const sameFailure = sampleRun({
    cases: Array.from({ length: 9 }, (_, n) =>
      record({ id: `delete_backup/probe/ids/${n}`, kind: 'probe', status: 'fail', findings: [finding()] }),
    ),
  });
  const text = terminalReport(sameFailure, plain).replace(/\s+/g, ' ');
  expect(text.match(/promised 404/g)).toHaveLength(1);
  expect(text).toContain(
    '✘ 1. 9 cases: the answer has another status than the promised one case delete_backup/probe/ids/0',
  );
  expect(text).toContain('also in delete_backup/probe/ids/1,');
  expect(text).toContain('delete_backup/probe/ids/5 and 3 others $ npx');
  expect(text).toContain('1 cause, 9 cases 1 ✘ 9 cases the answer has');
  expect(terminalReport(sameFailure, { ...plain, verbose: true }).match(/promised {2}/g)).toHaveLength(9);
});

test('the list of causes is what the last screen shows, also of a narrow terminal', () => {
  const cases = ['status', 'schema', 'media-type', 'banner', 'json'].flatMap((check, place) =>
    Array.from({ length: 20 - place }, (_, n) =>
      record({
        id: `delete_backup/probe/${check}/${n}`,
        kind: 'probe',
        status: 'fail',
        findings: [finding({ check, message: `${check} is not as it is declared`, exchange: n })],
      }),
    ),
  );
  for (const columns of [60, 120]) {
    const lastScreen = terminalReport(sampleRun({ cases }), { ...plain, columns })
      .trimEnd()
      .split('\n')
      .slice(-24);
    expect(lastScreen.join('\n')).toContain(`5 causes, 90 cases`);
    for (const check of ['status', 'schema', 'media-type', 'banner', 'json']) {
      expect(lastScreen.join('\n')).toContain(`${check} is not as it is declared`);
    }
  }
});

test('a thousand different causes do not push the first one out of sight', () => {
  const many = Array.from({ length: 1000 }, (_, n) =>
    record({
      id: `delete_backup/probe/ids/${n}`,
      kind: 'probe',
      status: 'fail',
      findings: [finding({ check: `check-${n}` })],
    }),
  );
  const text = terminalReport(sampleRun({ cases: many }), plain);
  expect(text.split('\n').length).toBeLessThan(350);
  expect(text).toContain('980 more causes; --verbose prints every case');
});

test('the command that shows a case again names the target, the document and the seed it needs', () => {
  const again = (run: ReturnType<typeof sampleRun>): string =>
    terminalReport(run, { ...plain, columns: 400, quiet: true })
      .split('\n')
      .filter((line) => line.includes('$ npx'))
      .map((line) => line.trim())
      .join('\n');
  expect(again(sampleRun({ subject: { kind: 'mock', name: 'mock' } }))).toMatchInlineSnapshot(`
    "$ npx pinecone-contract run --reports reports/reproduced --case 'delete_backup/404/application-json/backup-not-found'
    $ npx pinecone-contract run --seed 7 --reports reports/reproduced --case 'delete_backup/probe/methods/trace'"
  `);
  const document = { ...sampleRun().document, source: '../my api.yaml' };
  expect(again(sampleRun({ document, operation: { id: 'createBackup', method: 'POST', path: '/' } })))
    .toMatchInlineSnapshot(`
      "$ npx pinecone-contract run createBackup --target http://127.0.0.1:5080 --spec '../my api.yaml' --reports reports/reproduced --case 'delete_backup/404/application-json/backup-not-found'
      $ npx pinecone-contract run createBackup --target http://127.0.0.1:5080 --spec '../my api.yaml' --seed 7 --reports reports/reproduced --case 'delete_backup/probe/methods/trace'"
    `);
  expect(again(sampleRun({ subject: { kind: 'sdk', name: 'python', version: '7.3.0' } }))).toMatchInlineSnapshot(`
    "$ npx pinecone-contract sdk python --version 7.3.0 --api 2025-04 --reports reports/reproduced --case 'delete_backup/404/application-json/backup-not-found'
    $ npx pinecone-contract sdk python --version 7.3.0 --api 2025-04 --reports reports/reproduced --case 'delete_backup/probe/methods/trace'"
  `);
});
