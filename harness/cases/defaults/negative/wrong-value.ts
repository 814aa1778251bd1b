import type { Json, JsonObject, OasDocument } from '../../../model/document.ts';
import { follow, isObject, member } from '../../../openapi/document/pointer.ts';
import { requestIssues } from '../../../openapi/schema/schema.ts';

/** A value that breaks a schema, and what is wrong with it, to follow the name of the thing: `is a string instead of a number`. */
interface WrongValue {
  /** The part of a case id: `type`, `too-long`. */
  readonly id: string;
  readonly what: string;
  readonly value: Json;
}

/** The longest text that is sent to show that it is too long. */
const longest = 20_000;

/** Values that a schema refuses, each for one reason; the schema itself is the judge that they are wrong. */
export function wrongValues(document: OasDocument, pointer: string, valid: Json): readonly WrongValue[] {
  const found = follow(document.root, pointer);
  const schema = isObject(found?.value) ? found.value : {};
  return [
    ...ofType(valid),
    ...ofEnum(schema),
    ...ofNumber(schema),
    ...ofText(schema, valid),
    ...ofList(schema, valid),
  ].filter(({ value }) => requestIssues(document, pointer, value).length > 0);
}

function ofType(valid: Json): readonly WrongValue[] {
  const wrong = (what: string, value: Json): WrongValue => ({ id: 'type', what, value });
  if (typeof valid === 'string')
    return [wrong('is a number instead of a string', 12345), { id: 'null', what: 'is null', value: null }];
  if (typeof valid === 'number') return [wrong('is a string instead of a number', 'not-a-number')];
  if (typeof valid === 'boolean') return [wrong('is a string instead of a boolean', 'not-a-boolean')];
  if (Array.isArray(valid)) return [wrong('is an object instead of an array', { not: 'a list' })];
  return isObject(valid) ? [wrong('is a string instead of an object', 'not-an-object')] : [];
}

function ofEnum(schema: JsonObject): readonly WrongValue[] {
  const listed = schema['enum'] ?? schema['x-enum'];
  if (!Array.isArray(listed) && schema['const'] === undefined) return [];
  return [{ id: 'enum', what: 'is not one of the listed values', value: 'no-such-value' }];
}

function ofNumber(schema: JsonObject): readonly WrongValue[] {
  const bound = (name: string): number | undefined => {
    const value = schema[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const low = bound('minimum') ?? bound('exclusiveMinimum');
  const high = bound('maximum') ?? bound('exclusiveMaximum');
  const fraction = schema['type'] === 'integer' ? [{ id: 'fraction', what: 'is not an integer', value: 1.5 }] : [];
  return [
    ...(low === undefined ? [] : [{ id: 'too-small', what: `is less than the minimum of ${low}`, value: low - 1 }]),
    ...(high === undefined
      ? []
      : [{ id: 'too-large', what: `is greater than the maximum of ${high}`, value: high + 1 }]),
    ...fraction,
  ];
}

function ofText(schema: JsonObject, valid: Json): readonly WrongValue[] {
  if (typeof valid !== 'string') return [];
  const { minLength, maxLength, pattern, format } = schema;
  return [
    ...(typeof minLength === 'number' && minLength > 0
      ? [
          {
            id: 'too-short',
            what: `is shorter than ${characters(minLength)}`,
            value: 'a'.repeat(Math.max(0, minLength - 1)),
          },
        ]
      : []),
    ...(typeof maxLength === 'number' && maxLength < longest
      ? [{ id: 'too-long', what: `is longer than ${characters(maxLength)}`, value: 'a'.repeat(maxLength + 1) }]
      : []),
    ...(typeof pattern === 'string' ? [{ id: 'pattern', what: 'does not match its pattern', value: '\u00a7 !' }] : []),
    ...(typeof format === 'string'
      ? [{ id: 'format', what: `is not a valid ${format}`, value: 'not a value of that format' }]
      : []),
  ];
}

function characters(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`;
}

function ofList(schema: JsonObject, valid: Json): readonly WrongValue[] {
  if (!Array.isArray(valid)) return [];
  const items: readonly Json[] = valid;
  const { minItems, maxItems } = schema;
  const [first = null] = items;
  return [
    ...(typeof minItems === 'number' && minItems > 0
      ? [
          {
            id: 'too-few',
            what: `has fewer items than the minimum of ${minItems}`,
            value: items.slice(0, minItems - 1),
          },
        ]
      : []),
    ...(typeof maxItems === 'number' && maxItems < 1000
      ? [
          {
            id: 'too-many',
            what: `has more items than the maximum of ${maxItems}`,
            value: Array.from({ length: maxItems + 1 }, () => first),
          },
        ]
      : []),
  ];
}

/** The names that a schema, or a part of it that always applies, requires and a value has. */
export function requiredNames(document: OasDocument, pointer: string, value: JsonObject): readonly string[] {
  return Object.keys(value).filter((name) => {
    const others = Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
    return requestIssues(document, pointer, others).some((issue) => issue.keyword === 'required' && issue.path === '');
  });
}

/** Whether a schema refuses names that it does not declare. */
export function isClosed(document: OasDocument, pointer: string): boolean {
  const schema = follow(document.root, pointer)?.value;
  return member(schema, 'additionalProperties') === false || member(schema, 'unevaluatedProperties') === false;
}
