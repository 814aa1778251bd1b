import type { Json, JsonObject, Operation } from '../../model/document.ts';
import { isObject } from '../../openapi/document/pointer.ts';
import { isJson } from '../../openapi/media-type.ts';
import { requestIssues } from '../../openapi/schema/schema.ts';
import type { Draft } from './draft.ts';
import { recognisable } from './recognisable.ts';

/** The names of the values that are new in each case, as plans use them: `{unique}`, `{unique_word}`. */
const unique = { id: 'unique', word: 'unique_word' } as const;

export const uniqueNames: readonly string[] = Object.values(unique);

/** Values that no other case has. `uuid`: a fresh one. */
export function uniqueValues(uuid: string): Readonly<Record<string, string>> {
  const letters = uuid.replaceAll('-', '').replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
  return { [unique.id]: uuid, [unique.word]: letters.slice(0, 10) };
}

/** Those of some values that no other case has. */
export function uniqueIn(values: Readonly<Record<string, string>>): readonly string[] {
  return uniqueNames.flatMap((name) => values[name] ?? []);
}

const examples = uniqueValues('0b2f6f0e-9d1c-4a8e-8f5b-1c2d3e4f5a6b');

/** As a body writes them, the first that the schema allows. */
const templates = ['{unique}', 'x-{unique}', 'x-{unique_word}', '{unique_word}', '{unique_word}@example.com'];

/** Properties that a server may want to be different in each resource. */
const distinct = ['name', 'title', 'label', 'email', 'username', 'slug', 'code'];

/** The draft whose body gives the new resource a unique name, where it has properties for that. */
export function fresh(operation: Operation, draft: Draft, names: readonly string[]): Draft {
  const { body } = draft;
  if (body === undefined || !isObject(body.value)) return draft;
  const { schema } = body.media;
  const fits = (value: JsonObject): boolean =>
    schema === undefined || requestIssues(operation.document, schema, filledIn(value)).length === 0;
  const named = [...new Set([...names, ...distinct])].reduce<JsonObject>((made, name) => {
    if (typeof made[name] !== 'string') return made;
    const template = templates.find((each) => fits({ ...made, [name]: each }));
    return template === undefined ? made : { ...made, [name]: template };
  }, body.value);
  const value =
    schema === undefined || !makes(operation)
      ? named
      : recognisable(operation, schema, { value: named, templates, fits });
  // In JSON a placeholder stays as it is; any other encoding would hide it.
  const encoded = value !== body.value && !isJson(body.media.type);
  return { ...draft, ...(encoded ? { placeholders: true } : {}), body: { media: body.media, value } };
}

function makes({ responses }: Operation): boolean {
  return responses.some(({ key }) => key === '201' || key === '202');
}

/** The value as it is sent, with examples in the place of what is new each time. */
function filledIn(value: Json): Json {
  if (typeof value === 'string') return filled(value);
  if (typeof value !== 'object' || value === null) return value;
  if (!isObject(value)) return value.map(filledIn);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filledIn(item)]));
}

function filled(template: string): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => examples[name] ?? whole);
}
