import { HarnessError, messageOf } from '../../core/errors.ts';
import { memoize } from '../../core/memoize.ts';
import type { Json, OasDocument, Operation, SpecPlace } from '../../model/document.ts';
import { type SchemaSet, schemaSet } from './ajv.ts';
import type { Violation } from './violations/violation.ts';
import { withoutBranches } from './violations/branches.ts';
import { type SchemaDialect, translate } from './dialect/dialect.ts';
import { discriminatorOf, nameOfSchema } from './dialect/discriminator.ts';
import { type Digits, type ExactNumbers, mayBeRounded } from './keywords/exact.ts';
import { wholeNumber } from './keywords/exact-keywords.ts';
import { placeOf, writtenAt } from '../document/place.ts';
import { below, follow, member, pointerInFragment, valueAt } from '../document/pointer.ts';
import { whyStopped } from './keywords/pattern.ts';
import { violationText } from './violations/violation-text.ts';
import { type Direction, type Names, noNames, omittedNames } from './dialect/omitted-names.ts';

/** One way in which a value departs from a schema. */
export interface SchemaIssue {
  /** The JSON pointer of the value in the body; empty for the body itself. */
  readonly path: string;
  /** Such as `type`, `required`, `enum`, `x-enum`. */
  readonly keyword: string;
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** The keyword's place in the document. */
  readonly at: SpecPlace;
}

const maxIssues = 50;

/** The schemas of one document, translated when first needed. */
interface Schemas {
  readonly set: SchemaSet;
  /** The translated schema of each id, and the pointer that each of its objects was made from. */
  readonly made: Map<string, object>;
  readonly origins: WeakMap<object, string>;
  /** What the schema of each id refers to, and which of its keywords are not applied. */
  readonly contents: Map<string, Contents>;
}

interface Contents {
  readonly refers: string[];
  readonly notApplied: { readonly keyword: string; readonly pointer: string; readonly why?: string }[];
  readonly patterns: { readonly pattern: string; readonly pointer: string }[];
}

/** A keyword of a schema that may constrain values and that this tool does not apply. */
interface KeywordNotApplied {
  readonly keyword: string;
  readonly at: SpecPlace;
  /** Why not; none where the keyword is not known. */
  readonly why?: string;
}

const ofDirection: Readonly<Record<Direction, WeakMap<OasDocument, Schemas>>> = {
  request: new WeakMap(),
  response: new WeakMap(),
};

/** Compiles the schemas of the responses ahead of their first use. What is wrong with one is reported by its first use. */
export function compileSchemas({ document, responses }: Operation): void {
  for (const { schema } of responses.flatMap(({ media }) => media)) {
    if (schema === undefined) continue;
    try {
      translated(document, schema).set.compile(idOf(schema));
    } catch {
      continue;
    }
  }
}

/** Holds a value of a response against the schema at `pointer`. */
export function schemaIssues(document: OasDocument, pointer: string, value: unknown): readonly SchemaIssue[] {
  return issuesOfJson({ document, pointer, value, digits: new Map() });
}

/** Holds a value of a request against the schema at `pointer`: `writeOnly` is required here, and `readOnly` is not. */
export function requestIssues(document: OasDocument, pointer: string, value: unknown): readonly SchemaIssue[] {
  return issuesOfJson({ document, pointer, value, digits: new Map(), direction: 'request' });
}

/** The same for a value that was read from a text: `digits` are those of its numbers that a double does not hold. */
export function issuesOfJson(options: {
  readonly document: OasDocument;
  readonly pointer: string;
  readonly value: unknown;
  readonly digits: Digits;
  /** `response` by default. */
  readonly direction?: Direction;
}): readonly SchemaIssue[] {
  const { document, pointer, value, digits, direction } = options;
  const schemas = translated(document, pointer, direction);
  const numbers: ExactNumbers = {
    digits,
    digitsOfSchema: (parent, keys) => digitsAt(document, schemas.origins.get(parent), keys),
  };
  const violations = violationsOf(document, pointer, { schemas, value, numbers });
  if (violations.length === 0) return [];
  return withoutBranches(violations, schemas.made)
    .slice(0, maxIssues)
    .map((violation) => issueOf(document, violation, schemas.origins.get(asKey(violation.parent)) ?? pointer));
}

/** The keywords of a schema, and of all that it refers to, which are not, or no longer, applied to values. */
export function keywordsNotApplied(document: OasDocument, pointer: string): readonly KeywordNotApplied[] {
  const { contents } = translated(document, pointer);
  const open = [idOf(pointer)];
  const seen = new Set<string>();
  const found: KeywordNotApplied[] = [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const own = contents.get(id);
    open.push(...(own?.refers ?? []));
    for (const { pointer: at, ...rest } of own?.notApplied ?? []) found.push({ ...rest, at: placeOf(document, at) });
    for (const { pattern, pointer: at } of own?.patterns ?? []) {
      const why = whyStopped(pattern);
      if (why !== undefined) found.push({ keyword: 'pattern', at: placeOf(document, at), why });
    }
  }
  return found;
}

function violationsOf(
  document: OasDocument,
  pointer: string,
  given: { readonly schemas: Schemas; readonly value: unknown; readonly numbers: ExactNumbers },
): readonly Violation[] {
  try {
    return given.schemas.set.violations(idOf(pointer), given.value, given.numbers).slice(0, maxIssues * 4);
  } catch (cause) {
    throw unusable(document, pointer, messageOf(cause), cause);
  }
}

/** The digits of a number of a schema; in OpenAPI 3.0 an exclusive bound is written under the name of the other. */
function digitsAt(document: OasDocument, origin: string | undefined, keys: readonly string[]): string | undefined {
  const [first = '', ...rest] = keys;
  if (origin === undefined) return undefined;
  const names = [first, first.replace(/^exclusive(M)/, (_, letter: string) => letter.toLowerCase())];
  return names
    .map((name) => writtenAt(document, below(origin, name, ...rest)))
    .find((text) => /^[-+.\d]/.test(text ?? ''));
}

function issueOf(
  document: OasDocument,
  violation: Violation & { readonly nearest?: Violation },
  origin: string,
): SchemaIssue {
  const { path, nearest } = violation;
  const keyword = violation.keyword === wholeNumber ? 'type' : violation.keyword;
  const { names, discriminator } = alternativesAt(document, below(origin, keyword));
  const text = violationText(violation, {
    alternatives: names,
    written: (value, keys) => (mayBeRounded(value) ? digitsAt(document, origin, keys) : undefined),
  });
  const near = nearest === undefined ? '' : `; the nearest one says: ${violationText(nearest).message}`;
  const hint = near + (discriminator === undefined ? '' : `; the discriminator ${discriminator} names none of them`);
  return { path, keyword, ...text, message: text.message + hint, at: placeOf(document, below(origin, keyword)) };
}

/** What the alternatives at a `oneOf` or `anyOf` are called, and the property of the discriminator beside it. */
function alternativesAt(
  document: OasDocument,
  pointer: string,
): { readonly names: readonly string[]; readonly discriminator?: string } {
  const branches = /\/(oneOf|anyOf)$/.test(pointer) ? valueAt(document.root, pointer) : undefined;
  if (!Array.isArray(branches)) return { names: [] };
  const names = branches.map((branch: Json, index) => {
    const ref = member(branch, '$ref');
    const title = member(branch, 'title');
    if (typeof ref === 'string') return nameOfSchema(ref);
    return typeof title === 'string' ? title : `alternative ${index + 1}`;
  });
  const property = discriminatorOf(valueAt(document.root, pointer.slice(0, pointer.lastIndexOf('/'))));
  return { names, ...(property === undefined ? {} : { discriminator: property }) };
}

function asKey(parent: unknown): object {
  return typeof parent === 'object' && parent !== null ? parent : {};
}

function schemasOf(document: OasDocument, direction: Direction): Schemas {
  const known = ofDirection[direction];
  const before = known.get(document);
  if (before !== undefined) return before;
  const schemas: Schemas = { set: schemaSet(), made: new Map(), origins: new WeakMap(), contents: new Map() };
  known.set(document, schemas);
  return schemas;
}

/** Translates the schema at a pointer with all that it refers to. */
function translated(document: OasDocument, pointer: string, direction: Direction = 'response'): Schemas {
  const schemas = schemasOf(document, direction);
  if (schemas.made.has(idOf(pointer))) return schemas;
  const wanted: { readonly pointer: string; readonly omitted: Names }[] = [{ pointer, omitted: noNames }];
  let contents: Contents = { refers: [], notApplied: [], patterns: [] };
  const dialect: SchemaDialect = {
    openapi: document.openapi,
    direction,
    idOf: (ref, omitted) => {
      const target = ref.startsWith('#') ? pointerInFragment(ref) : undefined;
      if (target === undefined) throw dangling(document, pointer, ref);
      // A schema that declares a name as left out itself is the same schema with or without it.
      const own = omittedNames(document.root, target, direction);
      const reference = { pointer: target, omitted: new Set([...omitted].filter((name) => !own.has(name))) };
      wanted.push(reference);
      contents.refers.push(idOf(reference.pointer, reference.omitted));
      return idOf(reference.pointer, reference.omitted);
    },
    root: document.root,
    refuse: (at, why) => {
      throw unusable(document, at, why);
    },
    made: (schema, at) => schemas.origins.set(schema, at),
    notApplied: (at, keyword, why) =>
      contents.notApplied.push({ keyword, pointer: at, ...(why === undefined ? {} : { why }) }),
    patternAt: (at, pattern) => contents.patterns.push({ pattern, pointer: at }),
  };
  // All or nothing: where one of them is unusable, asking again must give the same answer.
  const fresh = new Map<string, object>();
  for (const { pointer: at, omitted } of wanted) {
    const id = idOf(at, omitted);
    if (schemas.made.has(id) || fresh.has(id)) continue;
    const value = valueAt(document.root, at) ?? follow(document.root, at)?.value;
    if (value === undefined) throw dangling(document, pointer, `#${at}`);
    contents = { refers: [], notApplied: [], patterns: [] };
    fresh.set(id, translate(value, at, dialect, omitted));
    schemas.contents.set(id, contents);
  }
  for (const [id, schema] of fresh) {
    schemas.made.set(id, schema);
    schemas.set.add(id, schema);
  }
  return schemas;
}

/** A schema is another one where it applies together with one by which some of its names are left out. */
function idOf(pointer: string, omitted: Names = noNames): string {
  const names = omitted.size === 0 ? '' : `/${hex(JSON.stringify([...omitted].sort()))}`;
  return `oas:/${hex(pointer)}${names}`;
}

const hex = memoize((text) => Buffer.from(text).toString('hex'));

function unusable(document: OasDocument, pointer: string, why: string, cause?: unknown): HarnessError {
  const { file, line } = placeOf(document, pointer);
  return new HarnessError('E_SCHEMA', `${file}:${line}: the schema cannot be used: ${why}`, {
    hint: 'Correct it in the document.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function dangling(document: OasDocument, pointer: string, ref: string): HarnessError {
  const { file, line } = placeOf(document, pointer);
  return new HarnessError('E_REF', `${file}:${line}: the schema refers to ${ref}, which is not in the document`, {
    hint: 'Correct the reference, or add what it refers to.',
  });
}
