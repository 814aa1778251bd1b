import { parse, type MemberNode, type ValueNode } from '@humanwhocodes/momoa';

/** The JSON pointers of properties that stand more than once in their object. The text is valid JSON. */
export function duplicateKeys(text: string): readonly string[] {
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

function nameOf({ name }: MemberNode): string {
  return name.type === 'String' ? name.value : name.name;
}
