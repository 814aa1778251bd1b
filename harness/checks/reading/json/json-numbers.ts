import { type MemberNode, parse, type ValueNode } from '@humanwhocodes/momoa';
import { compareDecimals, decimalOf } from '../../../core/decimal.ts';
import { below } from '../../../openapi/document/pointer.ts';

/** Numbers with fewer digits and smaller exponents are what their doubles say. */
const maySayMore = /[\d.]{16}|\d[eE][+-]?\d{3}/;

/** The digits of the numbers in a JSON text that are lost in a double, by JSON pointer. The text is valid JSON. */
export function digitsLost(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!maySayMore.test(text)) return found;
  const open: { readonly node: ValueNode; readonly path: string }[] = [
    { node: parse(text, { ranges: true }).body, path: '' },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next;
    if (node.type === 'Array') {
      open.push(...node.elements.map(({ value }, index) => ({ node: value, path: below(path, String(index)) })));
    } else if (node.type === 'Object') {
      // Of two properties with one name, the last counts.
      const members = new Map(node.members.map(({ name, value }) => [nameOf(name), value]));
      open.push(...[...members].map(([name, value]) => ({ node: value, path: below(path, name) })));
    } else if (node.type === 'Number' && node.range !== undefined) {
      const written = text.slice(...node.range);
      if (isLost(written)) found.set(path, written);
    }
  }
  return found;
}

function nameOf(name: MemberNode['name']): string {
  return name.type === 'String' ? name.value : name.name;
}

function isLost(written: string): boolean {
  const exact = decimalOf(written);
  const double = decimalOf(String(Number(written)));
  return exact !== undefined && (double === undefined || compareDecimals(exact, double) !== 0);
}
