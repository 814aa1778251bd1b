import { HarnessError } from '../errors.ts';
import type { OasDocument, SpecPlace } from '../model.ts';
import { type SchemaSet, schemaSet } from './ajv.ts';
import { type Dialect, translate } from './dialect.ts';
import { placeOf } from './place.ts';
import { below, follow, pointerInFragment, valueAt } from './pointer.ts';
import { violationText } from './violation-text.ts';

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

interface Compiled {
  readonly set: SchemaSet;
  /** The pointer that each translated schema object was made from. */
  readonly origins: WeakMap<object, string>;
}

const compiled = new WeakMap<OasDocument, Compiled>();

/** Holds a value of a response against the schema at `pointer`. */
export function schemaIssues(document: OasDocument, pointer: string, value: unknown): readonly SchemaIssue[] {
  const { set, origins } = prepared(document, pointer);
  return set
    .violations(idOf(pointer), value)
    .slice(0, maxIssues)
    .map((violation) => {
      const { path, keyword, parent } = violation;
      const origin = typeof parent === 'object' && parent !== null ? origins.get(parent) : undefined;
      return { path, keyword, ...violationText(violation), at: placeOf(document, below(origin ?? pointer, keyword)) };
    });
}

/** The schemas of a document are translated when first needed, with all that they refer to. */
function prepared(document: OasDocument, pointer: string): Compiled {
  const known = compiled.get(document) ?? { set: schemaSet(), origins: new WeakMap<object, string>() };
  compiled.set(document, known);
  const wanted = [pointer];
  const dialect: Dialect = {
    openapi: document.openapi,
    idOf: (ref) => {
      const target = pointerInFragment(ref);
      if (target === undefined || !ref.startsWith('#')) throw dangling(document, pointer, ref);
      wanted.push(target);
      return idOf(target);
    },
    lookUp: (at) => follow(document.root, at)?.value,
    made: (schema, at) => known.origins.set(schema, at),
  };
  for (const at of wanted) {
    if (known.set.has(idOf(at))) continue;
    const value = valueAt(document.root, at) ?? follow(document.root, at)?.value;
    if (value === undefined) throw dangling(document, pointer, `#${at}`);
    known.set.add(idOf(at), translate(value, at, dialect));
  }
  return known;
}

function idOf(pointer: string): string {
  return `oas:/${Buffer.from(pointer).toString('hex')}`;
}

function dangling(document: OasDocument, pointer: string, ref: string): HarnessError {
  const { file, line } = placeOf(document, pointer);
  return new HarnessError('E_REF', `${file}:${line}: the schema refers to ${ref}, which is not in the document`);
}
