import { isObject } from '../../document/pointer.ts';

type Rule = readonly [holds: (value: unknown) => boolean, must: string];

const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isNames = (value: unknown): boolean => Array.isArray(value) && value.every((name) => typeof name === 'string');
const isType = (value: unknown): boolean => typeof value === 'string' && types.includes(value);

const number: Rule = [isNumber, 'a number'];
const count: Rule = [isCount, 'a whole number, not below zero'];
const bound: Rule = [(value) => isNumber(value) || typeof value === 'boolean', 'a number or a boolean'];

/** The keywords that are taken over as they are, and what their value must be. */
const rules: Readonly<Record<string, Rule>> = {
  type: [
    (value) => isType(value) || (Array.isArray(value) && value.length > 0 && value.every(isType)),
    `one of ${types.join(', ')}, or a list of them`,
  ],
  enum: [(value) => Array.isArray(value) && value.length > 0, 'a list of at least one value'],
  'x-enum': [() => true, 'anything'],
  const: [() => true, 'anything'],
  format: [(value) => typeof value === 'string', 'a string'],
  pattern: [(value) => typeof value === 'string', 'a string'],
  minimum: number,
  maximum: number,
  exclusiveMinimum: bound,
  exclusiveMaximum: bound,
  multipleOf: [(value) => isNumber(value) && Number(value) > 0, 'a number above zero'],
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minContains: count,
  maxContains: count,
  minProperties: count,
  maxProperties: count,
  uniqueItems: [(value) => typeof value === 'boolean', 'a boolean'],
  required: [isNames, 'a list of property names'],
  dependentRequired: [
    (value) => isObject(value) && Object.values(value).every(isNames),
    'an object of lists of property names',
  ],
  patternProperties: [isObject, 'an object'],
};

/** Keywords that say nothing about which values are valid, and those that have a place of their own. */
const annotations = new Set(
  [
    '$ref $id $anchor $schema $comment $defs $vocabulary $dynamicAnchor definitions id title summary description',
    'default deprecated example examples externalDocs xml nullable readOnly writeOnly discriminator',
    'contentEncoding contentMediaType contentSchema',
  ].flatMap((names) => names.split(' ')),
);

/** Whether a keyword cannot make a value invalid; vendors' keywords begin with `x-`. */
export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith('x-');
}

export function isPlain(keyword: string): boolean {
  return Object.hasOwn(rules, keyword) && keyword !== 'patternProperties';
}

/** Why a keyword cannot have this value: ajv throws at such a schema, without saying where it stands. */
export function wrongValue(keyword: string, value: unknown): string | undefined {
  const rule = Object.hasOwn(rules, keyword) ? rules[keyword] : undefined;
  if (rule === undefined || rule[0](value)) return undefined;
  return `${keyword} must be ${rule[1]}`;
}
