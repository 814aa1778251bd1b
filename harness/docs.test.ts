import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf } from './commands/init/files.ts';
import { loadContract } from './contract.ts';
import { packageFile } from './core/package-files.ts';

const root = packageFile('harness');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing'),
);

describe('docs/errors.md', () => {
  const documented = [...readFileSync(packageFile('docs', 'errors.md'), 'utf8').matchAll(/^### (E_[A-Z0-9_]+)$/gm)];
  const names = documented.map(([, name = '']) => name);
  const used = new Set(
    sources.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/(?<!\w)E_[A-Z][A-Z0-9_]*[A-Z0-9](?!\w)/g)].map(
        ([name]) => name,
      ),
    ),
  );

  it('has every error code of the code', () => {
    expect([...used].filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has no code that the code lacks, and none twice', () => {
    expect(names.filter((name) => !used.has(name))).toEqual([]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('tells meaning, exit code, cause and remedy of each', () => {
    const text = readFileSync(packageFile('docs', 'errors.md'), 'utf8');
    const incomplete = text
      .split(/^### /m)
      .slice(1)
      .filter((section) => !/^E_\w+\n\n\S.+\n\n- Exit code: [23]\n- Usual cause: \S.+\n- Remedy: \S.+\n/.test(section));
    expect(incomplete).toEqual([]);
  });
});

it('README and the states file of init say how many ids a run takes', async () => {
  const { cases } = await loadContract('delete_backup', {});
  const needs = cases.flatMap((one) => one.needs).filter(({ state }) => state === 'a backup that can be deleted');
  const deleted = needs.filter(({ consumes }) => consumes).length;
  const said = /takes (\d+) ids of the first state.*needs (\d+): (\d+) cases/s.exec(
    readFileSync(packageFile('README.md'), 'utf8'),
  );
  expect(said?.slice(1).map(Number)).toEqual([needs.length, deleted + 1, deleted]);
  const states = filesOf({ url: 'http://localhost:8080', name: 'local', states: 's.yaml', workflow: false }).get(
    's.yaml',
  );
  const inFile = /takes (\d+), .* needs (\d+):/.exec(states ?? '');
  expect(inFile?.slice(1).map(Number)).toEqual([needs.length, deleted + 1]);
});

describe('a file or folder that the documentation names', () => {
  const docs = readdirSync(packageFile('docs')).filter((name) => name.endsWith('.md'));
  const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)];
  const places = ['', 'harness', 'docs', 'suites'];

  it.for(pages)('exists: %s', (page) => {
    const text = readFileSync(packageFile(page), 'utf8');
    const quoted = [...text.matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:ts|mjs|md|yaml|json)|(?:[\w.-]+\/)+)`/g)];
    const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)];
    const named = [...quoted.map(([, name = '']) => name), ...linked.map(([, name = '']) => join(dirname(page), name))];
    const made =
      /^(reports|dist|node_modules|fixtures|badges|DIR)\/|^(states|openapi|run|suite|sdk|junit|ctrf|summary|sdk-releases|waivers|model|pinecone-contract\.config)\.\w+$|^run\.[\w-]+\.json$/;
    const missing = named.filter(
      (name) => !made.test(name) && !places.some((place) => existsSync(packageFile(place, ...name.split('/')))),
    );
    expect(missing).toEqual([]);
  });
});
