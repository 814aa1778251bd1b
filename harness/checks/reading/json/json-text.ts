import { parse, type MemberNode, type ValueNode } from '@humanwhocodes/momoa';

/** The JSON pointers of properties that stand more than once in their object. The text is valid JSON, `value` what it says. */
export function duplicateKeys(text: string, value: unknown): readonly string[] {
  if (written(text) === kept(value)) return [];
  const found: string[] = [];
  const open: { readonly node: ValueNode; readonly path: string }[] = [{ node: parse(text).body, path: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next;
    if (node.type === 'Array') {
      open.push(...node.elements.map(({ value }, index) => ({ node: value, path: `${path}/${index}` })));
    } else if (node.type === 'Object') {
      const names = new Set<string>();
      for (const member of node.members) {
        const name = nameOf(member);
        const inside = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        if (names.has(name)) found.push(inside);
        names.add(name);
        open.push({ node: member.value, path: inside });
      }
    }
  }
  return found;
}

/** How many properties the text has: in valid JSON, a string before a colon is the name of one. */
function written(text: string): number {
  let names = 0;
  for (const [, colon] of text.matchAll(/"(?:[^"\\]+|\\.)*"(\s*:)?/gs)) if (colon !== undefined) names += 1;
  return names;
}

/** How many of them are left in its value. */
function kept(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items: readonly unknown[] = Object.values(value);
  return items.reduce((sum: number, item) => sum + kept(item), Array.isArray(value) ? 0 : items.length);
}

function nameOf({ name }: MemberNode): string {
  return name.type === 'String' ? name.value : name.name;
}
