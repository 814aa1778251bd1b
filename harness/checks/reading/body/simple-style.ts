import type { OasDocument } from '../../../model/document.ts';
import { below, follow, isObject, member } from '../../../openapi/document/pointer.ts';
import { issuesOfJson, schemaIssues, type SchemaIssue } from '../../../openapi/schema/schema.ts';

/**
 * How a text departs from a schema, where the text stands for a value in OpenAPI's `simple` style: headers, and bodies
 * of plain text. Of several ways to read it, the one that fits best counts.
 */
export function issuesOfText(document: OasDocument, schema: string, text: string): readonly SchemaIssue[] {
  const readings = valuesIn(document, schema, text);
  // A number is judged by its digits as they are written.
  const digits = new Map([['', text]]);
  const tried = (readings.length === 0 ? [text] : readings).map((value) =>
    issuesOfJson({ document, pointer: schema, value, digits }),
  );
  return tried.find((issues) => issues.length === 0) ?? tried[0] ?? [];
}

/** The types that a schema names; those that a text can stand for where it names none. */
export function typesOf(document: OasDocument, schema: string): readonly string[] {
  const declared = follow(document.root, schema)?.value;
  const type = isObject(declared) ? member(declared, 'type') : undefined;
  if (Array.isArray(type)) return type.filter((name): name is string => typeof name === 'string');
  return typeof type === 'string' ? [type] : ['string', 'integer', 'boolean'];
}

function valuesIn(document: OasDocument, schema: string, text: string): readonly unknown[] {
  return typesOf(document, schema).flatMap((type) => {
    switch (type) {
      case 'integer':
      case 'number':
        return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? [Number(text)] : [];
      case 'boolean':
        return text === 'true' || text === 'false' ? [text === 'true'] : [];
      case 'array':
        return [itemsOf(text).map((item) => bestValue(document, below(schema, 'items'), item))];
      case 'object':
        return objectsIn(document, schema, text);
      case 'string':
        return [text];
      default:
        return [];
    }
  });
}

function itemsOf(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

/** `a=1,b=2` (with `explode`) or `a,1,b,2`. */
function objectsIn(document: OasDocument, schema: string, text: string): readonly unknown[] {
  const items = itemsOf(text);
  const exploded = items.every((item) => item.includes('='));
  if (!exploded && items.length % 2 !== 0) return [];
  const parts = exploded ? items.flatMap((item) => [item.split('=', 1)[0] ?? '', item.replace(/^[^=]*=/, '')]) : items;
  const pairs = parts.flatMap((name, at) => {
    const value = at % 2 === 0 ? parts[at + 1] : undefined;
    return value === undefined ? [] : [[name, bestValue(document, below(schema, 'properties', name), value)] as const];
  });
  return [Object.fromEntries(pairs)];
}

/** A part of a list or an object as the value that its own schema allows, or else as text. */
function bestValue(document: OasDocument, schema: string, text: string): unknown {
  if (follow(document.root, schema) === undefined) return text;
  const readings = valuesIn(document, schema, text);
  return readings.find((value) => schemaIssues(document, schema, value).length === 0) ?? text;
}
