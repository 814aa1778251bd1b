import XMLBuilder from 'fast-xml-builder';
import { printable, printableLines } from '../../core/text/printable.ts';

/** An element: its attributes, then what is in it. Text and elements are not mixed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly children?: readonly XmlElement[];
}

/**
 * An XML 1.0 document that any parser reads, whatever was in the strings: what the format forbids (most control
 * characters, U+FFFE, U+FFFF, lone surrogates) becomes an escape.
 */
export function xmlDocument(root: XmlElement): string {
  const builder = new XMLBuilder({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    format: true,
    indentBy: ' ',
    suppressEmptyNode: true,
    processEntities: true,
  });
  const declaration = { '?xml': [{ '#text': '' }], ':@': { version: '1.0', encoding: 'UTF-8' } };
  return `${builder.build([declaration, node(root)])}\n`;
}

function node(element: XmlElement): Readonly<Record<string, unknown>> {
  const inside =
    element.text === undefined ? (element.children ?? []).map(node) : [{ '#text': printableLines(element.text) }];
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(element.attributes ?? {})) attributes[name] = attribute(value);
  return { [element.name]: inside, ':@': attributes };
}

/** A parser turns line breaks and tabs of an attribute into blanks: say so from the start. */
function attribute(value: string | number): string {
  return printable(String(value).replace(/[\t\n\r]+/g, ' '));
}
