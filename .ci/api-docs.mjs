// docs/api.md, made from the docstrings of what the package exports. With --check it is only compared.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const page = 'docs/api.md';
const modules = {
  index: 'pinecone-contract',
  vitest: 'pinecone-contract/vitest',
  jest: 'pinecone-contract/jest',
  'node-test': 'pinecone-contract/node-test',
};
const folder = mkdtempSync(join(tmpdir(), 'api-docs-'));
try {
  execFileSync(process.execPath, ['node_modules/typedoc/bin/typedoc', '--out', folder], { stdio: 'inherit' });
  const parts = Object.entries(modules).map(([file, name]) => {
    const text = readFileSync(join(folder, `${file}.md`), 'utf8').replaceAll(
      /\]\((?:index|vitest|jest|node-test)\.md/g,
      '](',
    );
    return text.replace(/^# .*$/m, `# ${name}`).replaceAll(/^(?=#{1,5} )/gm, '#');
  });
  const intro = `# API\n\nMade from the docstrings of the sources by \`npm run docs\`; do not edit.\n\n`;
  const made = await format(intro + parts.join('\n'), { ...(await resolveConfig(page)), parser: 'markdown' });
  if (process.argv.includes('--check')) {
    if (readFileSync(page, 'utf8') !== made) {
      console.error(`${page} is not what the docstrings say. Run: npm run docs`);
      process.exitCode = 1;
    }
  } else writeFileSync(page, made);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
