import type { Json, OasDocument } from '../../model/document.ts';
import { below, follow, type Followed, isObject, member, textAt } from '../document/pointer.ts';
import { nameOfSchema } from '../schema/dialect/discriminator.ts';
import { textOf } from './style.ts';

/** A value as an XML document, named and nested as the XML Objects of its schema say. */
export function xmlText(document: OasDocument, schema: string | undefined, value: Json): string {
  const root = schema === undefined ? undefined : follow(document.root, schema);
  const name = root === undefined ? 'root' : nameOfSchema(root.pointer);
  const fallback = /^\/components\/schemas\/[^/]+$/.test(root?.pointer ?? '') ? name : 'root';
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(document, root, { name: fallback, value })}`;
}

interface Named {
  readonly name: string;
  readonly value: Json;
}

function element(document: OasDocument, schema: Followed | undefined, { name, value }: Named): string {
  const tag = tagOf(schema, name);
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    const itemSchema = schema === undefined ? undefined : follow(document.root, below(schema.pointer, 'items'));
    const wrapped = member(member(schema?.value, 'xml'), 'wrapped') === true || kindOf(schema) === 'element';
    const inner = items
      .map((item) => element(document, itemSchema, { name: wrapped ? tag : name, value: item }))
      .join('');
    return wrapped ? `<${tag}${namespaceOf(schema)}>${inner}</${tag}>` : inner;
  }
  const kind = kindOf(schema);
  if (!isObject(value)) {
    if (kind === 'text' || kind === 'none') return escaped(value);
    if (kind === 'cdata') return cdata(textOf(value));
    return `<${tag}${namespaceOf(schema)}>${escaped(value)}</${tag}>`;
  }
  const properties = Object.entries(value).map(([key, item]) => ({
    key,
    item,
    schema: propertyOf(document, schema, key),
  }));
  const isAttribute = (each: (typeof properties)[number]): boolean => kindOf(each.schema) === 'attribute';
  const attributes = properties
    .filter(isAttribute)
    .map((each) => ` ${tagOf(each.schema, each.key)}="${escaped(each.item)}"`)
    .join('');
  const children = properties
    .filter((each) => !isAttribute(each))
    .map((each) => element(document, each.schema, { name: each.key, value: each.item }))
    .join('');
  return kind === 'none' ? children : `<${tag}${namespaceOf(schema)}${attributes}>${children}</${tag}>`;
}

/** What a value becomes (OpenAPI 3.2, `nodeType`; before that, `attribute`); undefined where nothing is said. */
function kindOf(schema: Followed | undefined): string | undefined {
  const xml = member(schema?.value, 'xml');
  return textAt(xml, 'nodeType') || (member(xml, 'attribute') === true ? 'attribute' : undefined);
}

/** The end of a section cannot stand in it: there the text goes on in the next one. */
function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** The schema of a property, also where it stands in a part of an `allOf`. */
function propertyOf(document: OasDocument, schema: Followed | undefined, name: string): Followed | undefined {
  if (schema === undefined) return undefined;
  const own = follow(document.root, below(schema.pointer, 'properties', name));
  if (own !== undefined) return own;
  const parts = member(schema.value, 'allOf');
  if (!Array.isArray(parts)) return undefined;
  return parts
    .map((_, index) => follow(document.root, below(schema.pointer, 'allOf', String(index), 'properties', name)))
    .find((found) => found !== undefined);
}

function tagOf(schema: Followed | undefined, name: string): string {
  const xml = member(schema?.value, 'xml');
  const local = textAt(xml, 'name') || name;
  const prefix = textAt(xml, 'prefix');
  return prefix === '' ? local : `${prefix}:${local}`;
}

function namespaceOf(schema: Followed | undefined): string {
  const xml = member(schema?.value, 'xml');
  const namespace = textAt(xml, 'namespace');
  const prefix = textAt(xml, 'prefix');
  return namespace === '' ? '' : ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escaped(namespace)}"`;
}

function escaped(value: Json): string {
  return textOf(value).replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
