import { HarnessError } from '../core/errors.ts';
import { unlikeness } from './closest.ts';
import { below, isObject } from './document/pointer.ts';
import type { YamlFile } from './document/yaml.ts';
import { violationText, type ViolationText } from './schema/violations/violation-text.ts';
import { type Violation, violationsOf } from './schema/violations/violation.ts';
import { validationErrors, type ValidatorName } from './validators.ts';

/** One way in which data of ours or of a user departs from its schema. */
interface DataIssue extends ViolationText {
  readonly path: string;
}

/** The formats of files, and what a message calls a file that departs from its format. */
const titles = {
  config: 'a valid configuration',
  suite: 'a valid suite',
  states: 'a valid states file',
  waivers: 'a valid waivers file',
  versions: 'a valid list of API versions',
  sdk: 'a valid description of an SDK',
  'sdk-waivers': 'a valid waivers file of an SDK',
} as const satisfies Partial<Record<ValidatorName, string>>;

/** The value of a YAML file, once it is valid. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the schema proves it, the caller names it
export function checkedData<T>(yaml: YamlFile, format: keyof typeof titles): T {
  const issues = violationsOf(validationErrors(format, yaml.value));
  if (issues.length === 0) return yaml.value as T;
  if (yaml.value === null) {
    throw new HarnessError('E_DATA', `${yaml.file}:1 is empty, and not ${titles[format]}`, {
      hint: 'Write what it is to say, or leave it out.',
    });
  }
  const shown = issues.slice(0, 5).map((violation) => {
    const { message, expected } = violationText(violation);
    const name = unknownName(violation);
    const place = yaml.placeOf(name === undefined ? violation.path : below(violation.path, name));
    const allowed = message.includes(expected) ? '' : `; expected ${expected}`;
    return `${place.file}:${place.line} ${message}${allowed}${nearest(violation, name)}`;
  });
  const more = issues.length > shown.length ? `\n  and ${issues.length - shown.length} more` : '';
  throw new HarnessError('E_DATA', `${yaml.file} is not ${titles[format]}:\n  ${shown.join('\n  ')}${more}`, {
    hint: 'Correct the lines named above.',
  });
}

/** The same for a value that is not from a file. */
export function dataIssues(format: ValidatorName, value: unknown): readonly DataIssue[] {
  const issues = violationsOf(validationErrors(format, value));
  return issues.map((violation) => ({ path: violation.path, ...violationText(violation) }));
}

function unknownName({ params }: Violation): string | undefined {
  const name = params['additionalProperty'] ?? params['unevaluatedProperty'];
  return typeof name === 'string' ? name : undefined;
}

function nearest({ parent }: Violation, name: string | undefined): string {
  if (name === undefined || !isObject(parent) || !isObject(parent['properties'])) return '';
  const near = Object.keys(parent['properties']).find((known) => unlikeness(known, name) <= 0.4);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}
