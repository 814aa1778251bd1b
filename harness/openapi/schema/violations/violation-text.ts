import { closestValues } from '../../closest.ts';
import type { Written } from '../keywords/exact.ts';
import type { Violation } from './violation.ts';

/** What a violation is in words: where, what was expected, what is there. */
export interface ViolationText {
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
}

/** What the document says of a violated keyword, beyond its value. */
interface KeywordSource {
  /** What the schemas under `oneOf` or `anyOf` are called. */
  readonly alternatives?: readonly string[];
  /** The digits of a number of the keyword, where a double does not hold them. */
  readonly written?: Written;
}

export function violationText(violation: Violation, source: KeywordSource = {}): ViolationText {
  const { alternatives = [], written: inSchema } = source;
  const { path, keyword, schema, value, params, message, written } = violation;
  const where = path === '' ? 'the value' : path;
  const textOf = (expected: string, sentence: string, actual = written ?? show(value)): ViolationText => ({
    message: `${where} ${sentence}`,
    expected,
    actual,
  });
  /** A value of the schema. */
  const wanted = (item: unknown, keys: readonly string[], length?: number): string =>
    (typeof item === 'number' ? inSchema?.(item, keys) : undefined) ?? show(item, length);
  const named = (key: string): string => JSON.stringify(params[key]);
  switch (keyword) {
    case 'type': {
      const types = Array.isArray(schema) ? schema.join(' or ') : String(schema);
      return textOf(types, `is ${kindOf(value)}, not ${types}`);
    }
    case 'required':
      return textOf(
        `property ${named('missingProperty')}`,
        `lacks the required property ${named('missingProperty')}`,
        'absent',
      );
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = keyword === 'additionalProperties' ? 'additionalProperty' : 'unevaluatedProperty';
      const allowed = allowedNames(violation.parent);
      return textOf(
        allowed === '' ? 'no such property' : `no other property than ${allowed}`,
        `has the property ${named(key)}, which is not allowed`,
        `property ${named(key)}`,
      );
    }
    case 'enum':
    case 'x-enum':
      return textOf(
        choices(schema, { value, shown: (item, index) => wanted(item, [keyword, index], 60) }),
        `is ${written ?? show(value, 60)}, which is not one of the values listed under ${keyword}`,
      );
    case 'const':
      return textOf(wanted(schema, [keyword]), `is not ${wanted(schema, [keyword], 60)}`);
    case 'format':
      return textOf(`format ${String(schema)}`, `is not of format ${String(schema)}`);
    case 'pattern':
      return textOf(`a match of ${String(schema)}`, `does not match the pattern ${String(schema)}`);
    case 'oneOf':
    case 'anyOf': {
      const count = Array.isArray(schema) ? schema.length : 0;
      const passing = params['passingSchemas'];
      if (!Array.isArray(passing)) {
        const all = listed(alternatives, 'or');
        return textOf(`one of ${count} alternatives${all}`, `fits none of the ${count} alternatives of ${keyword}`);
      }
      const fitting = listed(
        passing.flatMap((index: number) => alternatives[index] ?? []),
        'and',
      );
      return textOf(
        'exactly one alternative',
        `fits ${passing.length} of ${count} alternatives${fitting}, where only one may fit`,
      );
    }
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return textOf(
        `${keyword} ${wanted(schema, [keyword])}`,
        `must be ${signs[keyword]} ${wanted(schema, [keyword])}`,
      );
    case 'multipleOf':
      return textOf(`a multiple of ${wanted(schema, [keyword])}`, `must be a multiple of ${wanted(schema, [keyword])}`);
    case 'uniqueItems':
      return textOf('items that differ from each other', 'has the same item twice');
    case 'x-whole-number':
      return textOf('integer', 'is a number with a fraction, not an integer');
    case 'false schema':
      return textOf('nothing', 'is not allowed here');
    default:
      return textOf(`${keyword} ${show(schema, 60)}`, message);
  }
}

/** ` (Cat and Dog)`; nothing where the names are not known. */
function listed(names: readonly string[], word: 'and' | 'or'): string {
  if (names.length === 0) return '';
  const last = names.length > 1 ? `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}` : names[0];
  return ` (${last ?? ''})`;
}

const signs = { minimum: '>=', maximum: '<=', exclusiveMinimum: '>', exclusiveMaximum: '<' } as const;

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

/** So many values are all named. */
const mostChoices = 6;

/** Long lists are cut: what the value was most likely meant to be says more than twenty values. */
function choices(
  list: unknown,
  { value, shown }: { readonly value: unknown; readonly shown: (item: unknown, index: string) => string },
): string {
  if (!Array.isArray(list)) return `one of ${show(list)}`;
  const all = list.map((item, index) => shown(item, String(index)));
  if (all.length <= mostChoices) return `one of ${all.join(', ')}`;
  const texts = list.filter((item): item is string => typeof item === 'string');
  const close = typeof value === 'string' ? closestValues(value, texts) : [];
  if (close.length > 0)
    return `one of ${all.length} values; did you mean ${close.map((each) => show(each, 60)).join(' or ')}?`;
  return `one of ${all.slice(0, mostChoices).join(', ')} and ${all.length - mostChoices} more`;
}

function allowedNames(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return '';
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties).join(', ') : '';
}
