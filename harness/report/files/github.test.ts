import { expect, test } from 'vitest';
import { githubAnnotations } from './github.ts';
import { finding, greenRun, place, record, sampleRun } from '../../testing/sample-run.ts';

test('errors and warnings stand at the line of the document', () => {
  expect(githubAnnotations([sampleRun()], { root: '/home/me/project' })).toMatchInlineSnapshot(`
    "::error title=http%3A//127.0.0.1%3A5080::The waiver for delete_backup/probe/ids/* expires in 3 days.
    ::error file=specs/db_control_2025-04.oas.yaml,line=1042,title=the answer has another status than the promised one (http%3A//127.0.0.1%3A5080)::status: the answer has another status than the promised one; expected 404, came 500%0Aerror-code: the error code is not one that the document gives this status; expected NOT_FOUND, came UNKNOWN%0Apromised: 404, application/json, such as example backup-not-found%0Acame: 500 Internal Server Error, application/json, 41 bytes, in 3.4 ms%0Acases: delete_backup/404/application-json/backup-not-found%0Areproduce: npx pinecone-contract run --target http://127.0.0.1:5080 --reports reports/reproduced --case 'delete_backup/404/application-json/backup-not-found'
    ::error file=specs/db_control_2025-04.oas.yaml,line=1042,title=E_TARGET_REFUSED%3A nothing listens at http%3A//127.0.0.1%3A5080 (http%3A//127.0.0.1%3A5080)::E_TARGET_REFUSED: nothing listens at http://127.0.0.1:5080%0AStart the server, or give another --target.%0Acases: delete_backup/probe/methods/trace%0Areproduce: npx pinecone-contract run --target http://127.0.0.1:5080 --seed 7 --reports reports/reproduced --case 'delete_backup/probe/methods/trace'
    ::warning file=specs/db_control_2025-04.oas.yaml,line=1042,title=waived%3A delete_backup/probe/ids/upper-case (http%3A//127.0.0.1%3A5080)::ids are compared without case (https://example.com/issues/7, until 2027-01-31)
    "
  `);
});

test('cases with the same cause are one annotation', () => {
  const cases = Array.from({ length: 30 }, (_, n) => record({ id: `x/${n}`, status: 'fail', findings: [finding()] }));
  const lines = githubAnnotations([greenRun({ cases })], { root: '/' })
    .trim()
    .split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('title=30 cases%3A the answer has another status');
  expect(lines[0]).toContain('cases: x/0, x/1, x/2, x/3, x/4 and 25 more');
});

test('a run in which all is well says nothing', () => {
  expect(githubAnnotations([greenRun()], { root: '/' })).toBe('');
});

test('a response that nothing proved is a warning', () => {
  const coverage = [
    { response: '412', description: 'Locked', status: 'unproved', how: 'no such state', at: place },
  ] as const;
  expect(githubAnnotations([greenRun({ coverage })], { root: '/' })).toMatchInlineSnapshot(`
    "::warning file=specs/db_control_2025-04.oas.yaml,line=1042,title=delete_backup 412 is unproved against mock::no such state
    "
  `);
});

const files: readonly (readonly [what: string, file: string, want: string | undefined])[] = [
  ['a path in the checkout', '/home/me/project/specs/a.yaml', 'file=specs/a.yaml,line=7'],
  ['a relative path', './specs/a.yaml', 'file=specs/a.yaml,line=7'],
  ['a path outside', '/etc/a.yaml', undefined],
  ['a URL', 'https://example.com/a.yaml', undefined],
  ['a name with a comma and a colon', 'specs/a,b:c.yaml', 'file=specs/a%2Cb%3Ac.yaml,line=7'],
];

test.for(files)('%s', ([, file, want]) => {
  const at = { file, pointer: '/', line: 7 };
  const cases = [record({ id: 'x/1', status: 'fail', findings: [finding({ at })] })];
  const text = githubAnnotations([greenRun({ cases })], { root: '/home/me/project' });
  if (want === undefined) {
    expect(text).toMatch(/^::error title=/);
    expect(text).toContain(`document: ${file}:7`);
  } else {
    expect(text).toContain(`::error ${want},title=`);
  }
});

test('text from a server cannot begin a command of its own', () => {
  const text = '%0A\n::set-env name=X::y\r\n::error::z';
  const cases = [
    record({ id: text, status: 'fail', findings: [finding({ message: text, check: text, actual: text })] }),
  ];
  const lines = githubAnnotations([greenRun({ cases })], { root: '/' }).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('%250A');
  expect(lines[1]).toBe('');
});

test('more than GitHub shows ends in how many more there are', () => {
  const cases = Array.from({ length: 30 }, (_, n) =>
    record({ id: `x/${n}`, status: 'fail', findings: [finding({ check: `check-${n}` })] }),
  );
  const lines = githubAnnotations([greenRun({ cases })], { root: '/' })
    .trim()
    .split('\n');
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe('::error::21 more; see the report of the run');
});
