import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { junitXml } from './junit.ts';
import { finding, record, sampleRun } from '../../testing/sample-run.ts';

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  readonly text: string;
}

describe('what readers of JUnit XML ask for', () => {
  // Jenkins' xunit plugin refuses a file that its junit-10.xsd does not allow; GitLab and the GitHub reporters read
  // a part of the same elements.
  const allowed: Readonly<
    Record<string, { must: readonly string[]; may: readonly string[]; children: readonly string[] }>
  > = {
    testsuites: { must: [], may: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
    testsuite: {
      must: ['name', 'tests', 'failures', 'errors'],
      may: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
      children: ['properties', 'testcase', 'system-out', 'system-err'],
    },
    properties: { must: [], may: [], children: ['property'] },
    property: { must: ['name', 'value'], may: [], children: [] },
    testcase: {
      must: ['name'],
      // GitLab reads `file` here. The strict schema of the xunit plugin has it for suites only; Jenkins' junit step takes it.
      may: ['time', 'classname', 'group', 'file'],
      children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
    },
    skipped: { must: [], may: ['type', 'message'], children: [] },
    error: { must: [], may: ['type', 'message'], children: [] },
    failure: { must: [], may: ['type', 'message'], children: [] },
    'system-out': { must: [], may: [], children: [] },
    'system-err': { must: [], may: [], children: [] },
  };
  const root = read(junitXml([sampleRun(), sampleRun({ subject: { kind: 'mock', name: 'mock' } })]));

  test('every element and attribute is one that the schema knows, and none that it requires is missing', () => {
    for (const each of everyNode(root)) {
      const rule = allowed[each.name];
      expect(rule, each.name).toBeDefined();
      const names = Object.keys(each.attributes);
      expect(names, each.name).toEqual(expect.arrayContaining([...(rule?.must ?? [])]));
      expect([...(rule?.must ?? []), ...(rule?.may ?? [])], each.name).toEqual(expect.arrayContaining(names));
      expect(rule?.children, each.name).toEqual(expect.arrayContaining(each.children.map((child) => child.name)));
    }
  });

  test('times are seconds, timestamps have neither fraction nor zone', () => {
    for (const { attributes } of everyNode(root)) {
      if (attributes['time'] !== undefined) expect(attributes['time']).toMatch(/^\d+\.\d{3}$/);
      if (attributes['timestamp'] !== undefined) expect(attributes['timestamp']).toBe('2026-03-04T05:06:07');
    }
  });

  test('the numbers of every level are the number of elements below it', () => {
    for (const level of everyNode(root).filter(({ name }) => name.startsWith('testsuite'))) {
      const below = everyNode(level);
      const count = (name: string): string => String(below.filter((each) => each.name === name).length);
      expect(level.attributes).toMatchObject({
        tests: count('testcase'),
        failures: count('failure'),
        errors: count('error'),
      });
      if (level.name === 'testsuite') expect(level.attributes['skipped']).toBe(count('skipped'));
    }
  });

  test('no two cases have the same class name and name, even when one case ran against two subjects', () => {
    const names = everyNode(root)
      .filter(({ name }) => name === 'testcase')
      .map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(12);
  });
});

test('a case is named by its operation and the rest of its id', () => {
  const names = testcases(junitXml([sampleRun()])).map(({ attributes }) => [
    attributes['classname'],
    attributes['name'],
  ]);
  expect(names.slice(0, 2)).toEqual([
    ['delete_backup', '202/no-content'],
    ['delete_backup', '404/application-json/backup-not-found'],
  ]);
});

test('each outcome has its element', () => {
  const results = testcases(junitXml([sampleRun()])).map((each) =>
    each.children.filter(({ name }) => name !== 'system-out').map(({ name, attributes }) => [name, attributes]),
  );
  expect(results).toMatchInlineSnapshot(`
    [
      [],
      [
        [
          "failure",
          {
            "message": "status: the answer has another status than the promised one (and 1 more)",
            "type": "status error-code",
          },
        ],
      ],
      [
        [
          "skipped",
          {
            "message": "a live server cannot be made to fail on purpose",
          },
        ],
      ],
      [],
      [
        [
          "error",
          {
            "message": "nothing listens at http://127.0.0.1:5080",
            "type": "E_TARGET_REFUSED",
          },
        ],
      ],
      [
        [
          "skipped",
          {
            "message": "waived: ids are compared without case (https://example.com/issues/7, until 2027-01-31)",
            "type": "waived",
          },
        ],
      ],
    ]
  `);
});

test('a failure says everything that is needed to see it again', () => {
  const failure = everyNode(read(junitXml([sampleRun()]))).find(({ name }) => name === 'failure');
  expect(failure?.text).toMatchInlineSnapshot(`
    "status: the answer has another status than the promised one
      where    status
      expected 404
      actual   500
      document specs/db_control_2025-04.oas.yaml:1042 #/paths/~1backups~1{backup_id}/delete/responses/404
      hint     Look for the reason in the log of the server.
    error-code: the error code is not one that the document gives this status
      where    body /error/code
      expected NOT_FOUND
      actual   UNKNOWN
      document specs/db_control_2025-04.oas.yaml:1042 #/paths/~1backups~1{backup_id}/delete/responses/404
      hint     Look for the reason in the log of the server.
    promised 404, application/json, such as example backup-not-found
    came     500 Internal Server Error, application/json, 41 bytes, in 3.4 ms
    command  npx pinecone-contract run --target http://127.0.0.1:5080 --reports reports/reproduced --case 'delete_backup/404/application-json/backup-not-found'"
  `);
});

test('the requirement, its severity and its place in the document are with every case', () => {
  for (const each of testcases(junitXml([sampleRun()]))) {
    const out = each.children.find(({ name }) => name === 'system-out')?.text;
    expect(out).toMatch(/^requirement: A DELETE/);
    expect(out).toContain('severity: violation');
    expect(out).toContain('document: specs/db_control_2025-04.oas.yaml:1042 #/paths/');
  }
});

describe('text from a server', () => {
  const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
  const odd = '\ud800 \udfff \ufffe\uffff \u{1f44d} \u2028 ]]> <![CDATA[ <!-- &amp; &#0; <script> 備份 \u202e';

  test.for([
    ['every byte', bytes],
    ['odd characters', odd],
  ])('with %s is read back by a parser, without what XML 1.0 forbids', ([, hostile]) => {
    const xml = junitXml([hostileRun(hostile ?? '')]);
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u);
    expect(Buffer.from(xml).toString()).toBe(xml);
    const cases = testcases(xml);
    expect(cases).toHaveLength(4);
    expect(everyNode(read(xml)).filter(({ name }) => name === 'script')).toEqual([]);
    const seen = (hostile ?? '').replace(/[^\u0021-\u007e]/gu, '');
    const failure = everyNode(read(xml)).find(({ name }) => name === 'failure');
    expect(failure?.attributes['message']?.replace(/[^\u0021-\u007e]/gu, '')).toContain(seen.slice(0, 20).slice(-5));
    expect(failure?.text).toContain('expected ');
    // What was taken for an escape is seen, and nothing was left out.
    for (const [forbidden, escape] of [
      ['\u0000', '\\x00'],
      ['\ufffe', '\\ufffe'],
      ['\ud800', '\\ud800'],
    ] as const) {
      if (hostile?.includes(forbidden) === true) expect(failure?.text).toContain(escape);
    }
  });

  function hostileRun(text: string): ReturnType<typeof sampleRun> {
    const bad = finding({
      check: text,
      message: text,
      where: text,
      expected: text,
      actual: text,
      hint: text,
      at: { file: text, pointer: text, line: 1 },
    });
    const base = {
      title: text,
      requirement: text,
      promise: text,
      state: text,
      at: { file: text, pointer: text, line: 0 },
      curl: text,
    };
    return sampleRun({
      subject: { kind: 'live', name: text, version: text },
      operation: { id: text, method: text, path: text },
      document: { source: text, title: text, version: text, sha256: text },
      suite: { name: text, version: text },
      cases: [
        record({ ...base, id: `${text}/a`, status: 'fail', findings: [bad] }),
        record({ ...base, id: `${text}/b`, status: 'error', error: { code: text, message: text, hint: text } }),
        record({ ...base, id: `${text}/c`, status: 'skip', reason: text }),
        record({
          ...base,
          id: `${text}/d`,
          status: 'fail',
          findings: [bad],
          advice: [bad],
          waived: { reason: text, issue: text, expires: text },
        }),
      ],
      counts: { cases: 4, pass: 0, fail: 1, error: 1, skip: 1, waived: 1, advice: 1 },
      outcome: { exit: 1, because: text, problems: [text] },
    });
  }
});

test('the file is named where readers look for it, unless it is a URL', () => {
  const nodes = everyNode(read(junitXml([sampleRun()])));
  const files = nodes.filter(({ name }) => /^test(suite|case)$/.test(name)).map(({ attributes }) => attributes['file']);
  expect(new Set(files)).toEqual(new Set(['specs/db_control_2025-04.oas.yaml']));
  const source = 'https://example.com/openapi.yaml';
  const at = { file: source, pointer: '', line: 1 };
  const remote = sampleRun({
    document: { ...sampleRun().document, source },
    cases: sampleRun().cases.map((each) => ({ ...each, at })),
  });
  expect(everyNode(read(junitXml([remote]))).some(({ attributes }) => attributes['file'] !== undefined)).toBe(false);
});

function testcases(xml: string): readonly Node[] {
  return everyNode(read(xml)).filter(({ name }) => name === 'testcase');
}

function everyNode(node: Node): readonly Node[] {
  return [node, ...node.children.flatMap(everyNode)];
}

function read(xml: string): Node {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    ignoreDeclaration: true,
  });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the package that takes its place brings seven others
  const tree = parser.parse(xml, true) as readonly unknown[];
  const roots = tree.flatMap(toNode).filter(({ name }) => name !== '#text');
  expect(roots).toHaveLength(1);
  return roots[0] as Node;
}

function toNode(raw: unknown): readonly Node[] {
  const entry = raw as Record<string, unknown>;
  const name = Object.keys(entry).find((key) => key !== ':@') ?? '';
  if (name === '#text') return [];
  const inside = entry[name] as readonly Record<string, unknown>[];
  return [
    {
      name,
      attributes: (entry[':@'] ?? {}) as Readonly<Record<string, string>>,
      children: inside.flatMap(toNode),
      text: inside.map((each) => ('#text' in each ? String(each['#text']) : '')).join(''),
    },
  ];
}
