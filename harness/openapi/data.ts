import { HarnessError } from '../core/errors.ts';
import type { JsonObject } from '../model/document.ts';
import { type SchemaSet, schemaSet, type Violation } from './schema/ajv.ts';
import { unlikeness } from './closest.ts';
import { below, isObject } from './document/pointer.ts';
import { violationText, type ViolationText } from './schema/violation-text.ts';
import type { YamlFile } from './document/yaml.ts';

/** One way in which data of ours or of a user departs from its schema. */
interface DataIssue extends ViolationText {
  readonly path: string;
}

/**
 * The suite and the states that ship with the package, which a test checks in full. They are the same bytes each time, so
 * that compiling their schemas at every start could find nothing. Any other byte, and they are checked.
 */
const shippedSha256: Readonly<Record<string, string>> = {
  suite: 'a8e48f84b682138fdeedda5ddefb2dc7db7e9211ddcb6f31c155f53a06ef57c1',
  'a states file': '3a9fec54feed1c9f89b29fc158d54122c36840493277ba15336b3b29e9cfd04d',
};

/** Whether a file of that kind is the one that ships. */
export function isShipped(yaml: YamlFile, what: string): boolean {
  return shippedSha256[what] === yaml.sha256();
}

const sets = new WeakMap<JsonObject, SchemaSet>();

/** The value of a YAML file, once its schema holds; `what` names the kind of file: `a suite`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the schema proves it, the caller names it
export function checkedData<T>(yaml: YamlFile, schema: JsonObject, what: string): T {
  const issues = isShipped(yaml, what) ? [] : violations(schema, yaml.value);
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
