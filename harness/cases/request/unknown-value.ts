import type { Operation } from '../../model/document.ts';
import { follow, member } from '../../openapi/document/pointer.ts';
import { patternText } from '../../openapi/schema/pattern-text.ts';
import { requestIssues } from '../../openapi/schema/schema.ts';

/**
 * A value of a path parameter that names nothing, and fits the schema of the parameter: otherwise a server would refuse
 * its form before it looks for it. `uuid`: a fresh one, from which the value is made.
 */
export function unknownValue(operation: Operation, name: string, uuid: string): string {
  const parameter = operation.parameters.find((each) => each.in === 'path' && each.name === name);
  if (parameter?.schema === undefined) return uuid;
  const { document } = operation;
  const { schema } = parameter;
  const fits = (value: string | number): boolean => requestIssues(document, schema, value).length === 0;
  const fitting = [...candidates(uuid), ...fromSchema(operation, schema)].find(fits);
  return fitting === undefined ? uuid : `${fitting}`;
}

/** Whether a path parameter may have a value that names nothing: one whose values are listed may not. */
export function canBeUnknown({ document, parameters }: Operation, name: string): boolean {
  const schema = parameters.find((each) => each.in === 'path' && each.name === name)?.schema;
  const declared = schema === undefined ? undefined : follow(document.root, schema)?.value;
  return member(declared, 'enum') === undefined && member(declared, 'const') === undefined;
}

/** Whether a value was made of so much of a UUID that nobody else has it by chance. */
export function isTelling(value: string, uuid: string): boolean {
  const hex = uuid.replaceAll('-', '');
  const letters = lettersOf(hex);
  const parts = [uuid, hex.slice(0, 10), letters.slice(0, 10), `${Number.parseInt(hex.slice(0, 12), 16)}`];
  return parts.some((part) => value.toLowerCase().includes(part));
}

function lettersOf(hex: string): string {
  return hex.replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
}

/** What the schema leaves, where it leaves little: the greatest number, a text of its pattern. */
function fromSchema({ document }: Operation, pointer: string): readonly (string | number)[] {
  const schema = follow(document.root, pointer)?.value;
  const maximum = member(schema, 'maximum');
  const pattern = member(schema, 'pattern');
  const text = typeof pattern === 'string' ? patternText(pattern) : undefined;
  const listed = member(schema, 'enum');
  return [
    ...(Array.isArray(listed) ? listed.filter((each) => typeof each === 'string' || typeof each === 'number') : []),
    ...(typeof maximum === 'number' ? [Math.floor(maximum)] : []),
    ...(text === undefined ? [] : [text]),
  ];
}

/** From the least to the most likely to be somebody's. */
function candidates(uuid: string): readonly (string | number)[] {
  const hex = uuid.replaceAll('-', '');
  const letters = lettersOf(hex);
  const number = Number.parseInt(hex.slice(0, 12), 16);
  return [
    uuid,
    hex,
    ...[24, 16, 12, 10, 8].flatMap((length) => [hex.slice(0, length), letters.slice(0, length)]),
    letters.toUpperCase().slice(0, 12),
    ...prefixes.flatMap((prefix) => [`${prefix}${uuid}`, `${prefix}${hex}`]),
    String(number),
    // Within 53, 31 and 15 bits, then small.
    number,
    2_000_000_000 + (number % 147_483_647),
    30_000 + (number % 2000),
    200 + (number % 50),
    (number % 90) + 10,
    `${letters.slice(0, 8)}@example.com`,
    `https://example.com/${hex}`,
    `${letters.slice(0, 8)}.example.com`,
    '1999-01-01',
    '1999-01-01T00:00:00Z',
  ];
}

/** Ids with a prefix, as many services give them. */
const prefixes = ['x', 'id_', 'x-'];
