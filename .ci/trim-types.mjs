// Before packing: of the declarations that tsc wrote, only those stay that the types of the package's exports lead to.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = Object.values(exports).flatMap(({ types }) => (types === undefined ? [] : [join(root, types)]));

const needed = new Set();
const open = [...entries];
for (let file = open.pop(); file !== undefined; file = open.pop()) {
  if (needed.has(file)) continue;
  needed.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)\.[jt]s['"]/g)) {
    open.push(join(dirname(file), `${path}.d.ts`));
  }
}
const dist = join(root, 'dist');
const written = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith('.d.ts'));
for (const file of written) if (!needed.has(join(dist, file))) rmSync(join(dist, file));
console.error(`${relative(process.cwd(), dist)}: ${needed.size} of ${written.length} declarations are kept`);
