import type { OasDocument, Operation, SpecPlace } from '../model/document.ts';
import { excerptOf, placeOf } from '../openapi/document/place.ts';
import { diffRules, type DiffRuleId } from './rules.ts';

/** A line of one of the two documents. */
export interface DiffLine extends SpecPlace {
  readonly text: string;
}

/** One change of what an operation promises. */
export interface Change {
  readonly rule: DiffRuleId;
  readonly breaks: { readonly clients: boolean; readonly servers: boolean };
  /** The status keys that it is about; empty where it is about the whole operation. */
  readonly statuses: readonly string[];
  readonly message: string;
  /** Where the first document says it, or would. */
  readonly before?: DiffLine;
  readonly after?: DiffLine;
}

/** Two sides of a comparison: a document and a pointer in it each; a side without pointer has nothing there. */
export interface Sides {
  readonly before: { readonly document: OasDocument; readonly pointer?: string };
  readonly after: { readonly document: OasDocument; readonly pointer?: string };
}

/** A change by its rule, with the lines of both documents. */
export function change(
  rule: DiffRuleId,
  message: string,
  { sides, status }: { readonly sides: Sides; readonly status?: string | undefined },
): Change {
  const before = lineOf(sides.before);
  const after = lineOf(sides.after);
  return {
    rule,
    breaks: { clients: diffRules[rule].clients, servers: diffRules[rule].servers },
    statuses: status === undefined ? [] : [status],
    message,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** The sides of two operations; a place that is absent is one where that document has nothing. */
export function sidesOf(
  [before, after]: readonly [Operation, Operation],
  ...places: readonly [SpecPlace | string | undefined, SpecPlace | string | undefined]
): Sides {
  const [was, is] = places.map((place) => (typeof place === 'object' ? place.pointer : place));
  return {
    before: { document: before.document, ...(was === undefined ? {} : { pointer: was }) },
    after: { document: after.document, ...(is === undefined ? {} : { pointer: is }) },
  };
}

function lineOf({ document, pointer }: Sides['before']): DiffLine | undefined {
  if (pointer === undefined) return undefined;
  const place = placeOf(document, pointer);
  return { ...place, pointer, text: excerptOf(document, place, 0).lines[0]?.trim() ?? '' };
}

/** Responses share schemas: what is said of one place of the document is said once, with every status it is about. */
export function merged(changes: readonly Change[]): readonly Change[] {
  const byPlace = new Map<string, Change>();
  for (const one of changes) {
    const key = JSON.stringify([one.rule, one.message, one.before, one.after]);
    const first = byPlace.get(key);
    byPlace.set(key, first === undefined ? one : { ...first, statuses: [...first.statuses, ...one.statuses] });
  }
  return [...byPlace.values()];
}
