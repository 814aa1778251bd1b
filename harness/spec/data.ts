import { HarnessError } from '../errors.ts';
import type { JsonObject } from '../model.ts';
import { type SchemaSet, schemaSet, type Violation } from './ajv.ts';
import { unlikeness } from './closest.ts';
import { below, isObject } from './pointer.ts';
import { violationText, type ViolationText } from './violation-text.ts';
import type { YamlFile } from './yaml.ts';

/** One way in which data of ours or of a user departs from its schema. */
interface DataIssue extends ViolationText {
  readonly path: string;
}

const sets = new WeakMap<JsonObject, SchemaSet>();

/** The value of a YAML file, once its schema holds; `what` names the kind of file: `a suite`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the schema proves it, the caller names it
export function checkedData<T>(yaml: YamlFile, schema: JsonObject, what: string): T {
  const issues = violations(schema, yaml.value);
  if (issues.length === 0) return yaml.value as T;
  const shown = issues.slice(0, 5).map((violation) => {
    const { message, expected } = violationText(violation);
    const name = strangeName(violation);
    const place = yaml.placeOf(name === undefined ? violation.path : below(violation.path, name));
    const allowed = message.includes(expected) ? '' : `; expected ${expected}`;
    return `${place.file}:${place.line} ${message}${allowed}${nearest(violation, name)}`;
  });
  const more = issues.length > shown.length ? `\n  and ${issues.length - shown.length} more` : '';
  throw new HarnessError('E_DATA', `${yaml.file} is not ${what}:\n  ${shown.join('\n  ')}${more}`, {
    hint: 'Correct the lines named above.',
  });
}

/** The same for a value that is not from a file. */
export function dataIssues(schema: JsonObject, value: unknown): readonly DataIssue[] {
  return violations(schema, value).map((violation) => ({ path: violation.path, ...violationText(violation) }));
}

function violations(schema: JsonObject, value: unknown): readonly Violation[] {
  let set = sets.get(schema);
  if (set === undefined) {
    set = schemaSet();
    set.add('data:/', schema);
    sets.set(schema, set);
  }
  return set.violations('data:/', value);
}

function strangeName({ params }: Violation): string | undefined {
  const name = params['additionalProperty'] ?? params['unevaluatedProperty'];
  return typeof name === 'string' ? name : undefined;
}

function nearest({ parent }: Violation, name: string | undefined): string {
  if (name === undefined || !isObject(parent) || !isObject(parent['properties'])) return '';
  const near = Object.keys(parent['properties']).find((known) => unlikeness(known, name) <= 0.4);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}
