import { HarnessError } from '../../core/errors.ts';
import { shortened } from '../../core/text/printable.ts';
import type { Json, OasDocument } from '../../model/document.ts';
import { placeOf } from '../../openapi/document/place.ts';
import { below, follow, isObject, member, textAt } from '../../openapi/document/pointer.ts';
import { isJson } from '../../openapi/media-type.ts';
import type { Direction } from '../../openapi/schema/dialect/omitted-names.ts';
import { issuesOfJson, type SchemaIssue } from '../../openapi/schema/schema.ts';
import type { LintRemark, LintRule } from '../finding.ts';
import type { SchemaSite } from '../schema-sites.ts';
import type { MediaSite, ValueSite } from '../sites.ts';
import type { LintSubject } from '../subject.ts';

/** An example, the schema that it must fit, and which way it may go. */
interface Example {
  readonly name: string;
  readonly pointer: string;
  readonly value: Json;
  readonly schema: string;
  readonly directions: readonly Direction[];
  readonly operations?: readonly string[];
}

export const exampleBreaksSchemaRule: LintRule = {
  id: 'example-breaks-schema',
  title: 'Each example and each default fits its schema.',
  severity: 'error',
  *find({ document, ...sites }) {
    for (const example of examplesOf({ document, ...sites })) yield* remarks(document, example);
  },
};

function examplesOf({ document, media, values, schemas }: LintSubject): readonly Example[] {
  return [
    ...media.flatMap((site) =>
      siteExamples(document, site)
        .flatMap(itemsOf)
        .filter(({ value }) => isStructured(site, value)),
    ),
    ...values.flatMap((site) =>
      siteExamples(document, site).filter(({ value, schema }) => !isSerialized(document, schema, value)),
    ),
    ...schemas.flatMap((site) => schemaExamples(document, site)),
  ];
}

/** An example of a sequence is a list of its items, or one of them. */
function itemsOf(example: Example): readonly Example[] {
  const { schema, value, pointer } = example;
  if (!schema.endsWith('/itemSchema') || !Array.isArray(value)) return [example];
  return (value as readonly Json[]).map((item, at) => ({
    ...example,
    value: item,
    pointer: below(pointer, String(at)),
  }));
}

/** `example` and `examples` beside a schema; those of a parameter may stand in its `content`. */
function siteExamples(document: OasDocument, site: ValueSite): readonly Example[] {
  const { pointer, schema } = site;
  if (schema === undefined) return [];
  const inContent = schema.startsWith(`${pointer}/content/`) ? [schema.slice(0, schema.lastIndexOf('/'))] : [];
  return [pointer, ...inContent].flatMap((holder) => examplesAt(document, holder, { ...site, schema }));
}

function examplesAt(
  document: OasDocument,
  pointer: string,
  { schema, ...site }: ValueSite & { readonly schema: string },
): readonly Example[] {
  const about = { schema, directions: [site.direction], operations: site.operations };
  const holder = follow(document.root, pointer)?.value;
  const single = member(holder, 'example');
  const named = member(holder, 'examples');
  return [
    ...(single === undefined
      ? []
      : [{ ...about, name: `the example of ${site.name}`, pointer: below(pointer, 'example'), value: single }]),
    ...(isObject(named) ? Object.keys(named) : []).flatMap((name) => {
      const example = follow(document.root, below(pointer, 'examples', name));
      const key = ['value', 'dataValue'].find((each) => member(example?.value, each) !== undefined);
      const value = key === undefined ? undefined : member(example?.value, key);
      if (example === undefined || key === undefined || value === undefined) return [];
      return [{ ...about, name: `the example ${name} of ${site.name}`, pointer: below(example.pointer, key), value }];
    }),
  ];
}

/** Of a media type that is not JSON, a text is the body as it is sent, which a schema says nothing about. */
function isStructured({ type }: MediaSite, value: Json): boolean {
  return isJson(type) || (typeof value === 'object' && value !== null);
}

/** A text for a parameter that takes a list or an object may be the parameter as it is sent. */
function isSerialized(document: OasDocument, schema: string, value: Json): boolean {
  if (typeof value !== 'string') return false;
  const type = textAt(follow(document.root, schema)?.value, 'type');
  return !['string', 'integer', 'number', 'boolean'].includes(type);
}

/** `example`, `examples` and `default` within a schema. */
function schemaExamples({ openapi }: OasDocument, { pointer, value, directions }: SchemaSite): readonly Example[] {
  // An example may be one for either way; where its schema is used in one way only, it must fit that.
  const ways: readonly Direction[] = directions.size === 0 ? ['response', 'request'] : [...directions];
  const name = pointer.startsWith('/components/schemas/') ? pointer.slice('/components/schemas/'.length) : 'a schema';
  const about = { schema: pointer, directions: ways };
  const { example, examples, default: fallback } = value;
  const list: readonly Json[] = Array.isArray(examples) && !openapi.startsWith('3.0') ? examples : [];
  return [
    ...(example === undefined
      ? []
      : [{ ...about, name: `the example of ${name}`, pointer: below(pointer, 'example'), value: example }]),
    ...list.map((item, at) => ({
      ...about,
      name: `example ${at + 1} of ${name}`,
      pointer: below(pointer, 'examples', String(at)),
      value: item,
    })),
    ...(fallback === undefined
      ? []
      : [{ ...about, name: `the default of ${name}`, pointer: below(pointer, 'default'), value: fallback }]),
  ];
}

function* remarks(document: OasDocument, example: Example): Iterable<LintRemark> {
  const found = example.directions.map((direction) => issuesOf(document, example, direction));
  const [issues = []] = found.includes(undefined) || found.some((each) => each?.length === 0) ? [] : found;
  for (const { path, message, expected, actual, at } of issues) {
    const pointer = example.pointer + path;
    yield {
      at: { ...placeOf(document, pointer), pointer },
      message: `${example.name} breaks its schema: ${message}`,
      expected,
      actual: shortened(actual, 200),
      remedy: `Correct the example, or the schema (${at.file}:${at.line}).`,
      ...(example.operations === undefined ? {} : { operations: example.operations }),
    };
  }
}

/** A schema that cannot be used is a finding of its own. */
function issuesOf(document: OasDocument, example: Example, direction: Direction): readonly SchemaIssue[] | undefined {
  try {
    const { schema: pointer, value } = example;
    return issuesOfJson({ document, pointer, value, direction, digits: new Map() });
  } catch (thrown) {
    if (thrown instanceof HarnessError) return undefined;
    throw thrown;
  }
}
