import type { Json, JsonObject } from '../model/document.ts';
import { below, follow, isObject, member } from '../openapi/document/pointer.ts';
import { change, type Change, type Sides } from './change.ts';
import type { DiffRuleId } from './rules.ts';
import { isRemark, sameMeaning } from './same-meaning.ts';

interface Walk {
  readonly status: string;
  readonly found: Change[];
  /** Pairs of pointers that have been compared: schemas may be circular, and several responses share one. */
  readonly seen: Set<string>;
}

interface Pair {
  readonly sides: Sides;
  readonly was: JsonObject;
  readonly is: JsonObject;
  /** Such as `error.code`; empty at the top. */
  readonly name: string;
}

/** What changes in the schema of a body or header that a server sends. */
export function schemaChanges(sides: Sides, status: string, name = ''): readonly Change[] {
  const walk: Walk = { status, found: [], seen: new Set() };
  compare(walk, sides, name);
  return walk.found;
}

function compare(walk: Walk, sides: Sides, name: string): void {
  const [was, is] = [at(sides.before), at(sides.after)];
  if (was === undefined && is === undefined) return;
  if (was === undefined || is === undefined || !isObject(was.value) || !isObject(is.value)) {
    if (JSON.stringify(was?.value) !== JSON.stringify(is?.value)) {
      report(walk, 'response-schema-changed', { sides, message: `${called(name)} has another schema` });
    }
    return;
  }
  const pair = `${was.pointer}\n${is.pointer}`;
  if (walk.seen.has(pair)) return;
  walk.seen.add(pair);
  const real = step({
    before: { ...sides.before, pointer: was.pointer },
    after: { ...sides.after, pointer: is.pointer },
  });
  compareSchemas(walk, { sides: real, was: was.value, is: is.value, name });
}

function compareSchemas(walk: Walk, pair: Pair): void {
  const { sides, was, is, name } = pair;
  const [type, now] = [typeOf(was), typeOf(is)];
  if (type !== now) {
    const message = `${called(name)} changes its type from ${type} to ${now}`;
    report(walk, 'response-type-changed', { sides: step(sides, 'type'), message });
    return;
  }
  compareNull(walk, pair);
  compareValues(walk, pair);
  compareProperties(walk, pair);
  if (was['items'] !== undefined || is['items'] !== undefined) compare(walk, step(sides, 'items'), `${name}[]`);
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (weighed.has(key) || isRemark(key) || sameMeaning(step(sides, key))) continue;
    report(walk, 'response-schema-changed', { sides: step(sides, key), message: `${called(name)} changes \`${key}\`` });
  }
}

const weighed = new Set(['type', 'nullable', 'enum', 'x-enum', 'properties', 'required', 'items', 'default']);

function compareNull(walk: Walk, { sides, was, is, name }: Pair): void {
  if (allowsNull(was) === allowsNull(is)) return;
  const rule = allowsNull(is) ? 'response-became-nullable' : 'response-became-not-nullable';
  report(walk, rule, { sides, message: `${called(name)} may ${allowsNull(is) ? 'now' : 'no longer'} be null` });
}

function compareValues(walk: Walk, { sides, was, is, name }: Pair): void {
  const [old, now] = [valuesOf(was), valuesOf(is)];
  if (old === undefined && now === undefined) return;
  const inEnum = step(
    sides,
    was['enum'] === undefined ? 'x-enum' : 'enum',
    is['enum'] === undefined ? 'x-enum' : 'enum',
  );
  if (old === undefined || now === undefined) {
    const rule = now === undefined ? 'response-values-opened' : 'response-values-closed';
    const message = `${called(name)} ${now === undefined ? 'no longer has' : 'now has'} a closed list of values`;
    report(walk, rule, { sides: inEnum, message });
    return;
  }
  const gone = old.filter((value) => !now.includes(value));
  const fresh = now.filter((value) => !old.includes(value));
  const list = (values: readonly string[]): string => `${values.length} ${values.length === 1 ? 'value' : 'values'}`;
  if (gone.length > 0) {
    const message = `${called(name)} loses ${list(gone)}: ${gone.join(', ')}`;
    report(walk, 'response-value-removed', { sides: inEnum, message });
  }
  if (fresh.length > 0) {
    const message = `${called(name)} gains ${list(fresh)}: ${fresh.join(', ')}`;
    report(walk, 'response-value-added', { sides: inEnum, message });
  }
}

function compareProperties(walk: Walk, { sides, was, is, name }: Pair): void {
  const [old, now] = [propertiesOf(was), propertiesOf(is)];
  for (const property of new Set([...old, ...now])) {
    const inner = name === '' ? property : `${name}.${property}`;
    const [needed, needs] = [requires(was, property), requires(is, property)];
    const both = step(step(sides, 'properties'), property);
    if (!now.includes(property)) {
      const rule = needed ? 'response-required-property-removed' : 'response-property-removed';
      report(walk, rule, { sides: without(both, 'after'), message: `${inner} is gone` });
    } else if (!old.includes(property)) {
      const rule = needs ? 'response-required-property-added' : 'response-property-added';
      report(walk, rule, { sides: without(both, 'before'), message: `${inner} is new` });
    } else {
      if (needed !== needs) {
        const rule = needs ? 'response-property-became-required' : 'response-property-became-optional';
        report(walk, rule, { sides: both, message: `${inner} is now ${needs ? 'required' : 'optional'}` });
      }
      compare(walk, both, inner);
    }
  }
}

function report(
  walk: Walk,
  rule: DiffRuleId,
  { sides, message }: { readonly sides: Sides; readonly message: string },
): void {
  walk.found.push(change(rule, message, { sides, status: walk.status }));
}

function step(sides: Sides, key?: string, other = key): Sides {
  const into = ({ document, pointer }: Sides['before'], part: string | undefined): Sides['before'] => ({
    document,
    ...(pointer === undefined ? {} : { pointer: part === undefined ? pointer : below(pointer, part) }),
  });
  return { before: into(sides.before, key), after: into(sides.after, other) };
}

function without(sides: Sides, side: keyof Sides): Sides {
  return { ...sides, [side]: { document: sides[side].document } };
}

function at({ document, pointer }: Sides['before']): ReturnType<typeof follow> {
  return pointer === undefined ? undefined : follow(document.root, pointer);
}

function typeOf(schema: JsonObject): string {
  const types = [schema['type'] ?? 'any'].flat().filter((type): type is string => type !== 'null');
  return types.sort().join(' or ');
}

function allowsNull(schema: JsonObject): boolean {
  return schema['nullable'] === true || [schema['type'] ?? []].flat().some((type) => type === 'null');
}

function valuesOf(schema: JsonObject): readonly string[] | undefined {
  const values = schema['enum'] ?? schema['x-enum'];
  return Array.isArray(values)
    ? (values as readonly Json[]).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    : undefined;
}

function propertiesOf(schema: JsonObject): readonly string[] {
  const properties = schema['properties'];
  return isObject(properties) ? Object.keys(properties) : [];
}

function requires(schema: JsonObject, property: string): boolean {
  const required = member(schema, 'required');
  return Array.isArray(required) && (required as readonly Json[]).includes(property);
}

function called(name: string): string {
  return name === '' ? 'the body' : name;
}
