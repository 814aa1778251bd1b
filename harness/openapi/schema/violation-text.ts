import type { Violation } from './violation.ts';

/** What a violation is in words: where, what was expected, what is there. */
export interface ViolationText {
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
}

export function violationText(violation: Violation): ViolationText {
  const { path, keyword, schema, value, params, message } = violation;
  const where = path === '' ? 'the value' : path;
  const told = (expected: string, sentence: string, actual = show(value)): ViolationText => ({
    message: `${where} ${sentence}`,
    expected,
    actual,
  });
  const named = (key: string): string => JSON.stringify(params[key]);
  switch (keyword) {
    case 'type': {
      const types = Array.isArray(schema) ? schema.join(' or ') : String(schema);
      return told(types, `is ${kindOf(value)}, not ${types}`);
    }
    case 'required':
      return told(
        `property ${named('missingProperty')}`,
        `lacks the required property ${named('missingProperty')}`,
        'absent',
      );
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = keyword === 'additionalProperties' ? 'additionalProperty' : 'unevaluatedProperty';
      const allowed = allowedNames(violation.parent);
      return told(
        allowed === '' ? 'no such property' : `no other property than ${allowed}`,
        `has the property ${named(key)}, which is not allowed`,
        `property ${named(key)}`,
      );
    }
    case 'enum':
    case 'x-enum':
      return told(
        `one of ${choices(schema)}`,
        `is ${show(value, 60)}, which is not one of the values listed under ${keyword}`,
      );
    case 'const':
      return told(show(schema), `is not ${show(schema, 60)}`);
    case 'format':
      return told(`format ${String(schema)}`, `is not of format ${String(schema)}`);
    case 'pattern':
      return told(`a match of ${String(schema)}`, `does not match the pattern ${String(schema)}`);
    case 'oneOf':
    case 'anyOf': {
      const count = Array.isArray(schema) ? schema.length : 0;
      const passing = params['passingSchemas'];
      return Array.isArray(passing)
        ? told('exactly one alternative', `fits ${passing.length} of ${count} alternatives, where only one may fit`)
        : told(`one of ${count} alternatives`, `fits none of the ${count} alternatives of ${keyword}`);
    }
    case 'false schema':
      return told('nothing', 'is not allowed here');
    default:
      return told(`${keyword} ${show(schema, 60)}`, message);
  }
}

/** A value as JSON, cut where it is long. */
function show(value: unknown, length = 200): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

function choices(list: unknown): string {
  return Array.isArray(list) ? list.map((item) => show(item, 60)).join(', ') : show(list);
}

function allowedNames(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return '';
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties).join(', ') : '';
}
