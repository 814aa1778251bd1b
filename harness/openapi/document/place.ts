import { shortened } from '../../core/text/printable.ts';
import type { OasDocument, SpecPlace } from '../../model/document.ts';
import { type Sources, traceSource, traceWritten } from './sources.ts';

const known = new WeakMap<OasDocument, { readonly sources: Sources; readonly places: Map<string, SpecPlace> }>();

/** Remembers what a document was read from. */
export function rememberSources(document: OasDocument, sources: Sources): void {
  known.set(document, { sources, places: new Map() });
}

/** Where a pointer of `document.root` stands in the file that it was written in. */
export function placeOf(document: OasDocument, pointer: string): SpecPlace {
  const entry = known.get(document);
  if (entry === undefined) return { file: document.source, pointer, line: 1 };
  let place = entry.places.get(pointer);
  if (place === undefined) {
    place = traceSource(entry.sources, pointer);
    entry.places.set(pointer, place);
  }
  return place;
}

/** The scalar at a pointer of `document.root`, as the file writes it; undefined for a document that was not read. */
export function writtenAt(document: OasDocument, pointer: string): string | undefined {
  const entry = known.get(document);
  return entry === undefined ? undefined : traceWritten(entry.sources, pointer);
}

/** A document that is written as one line is in no report whole: the report of each case would hold it. */
const longestLine = 400;

/** The lines around a place; those of another file than the document itself are found too. */
export function excerptOf(
  document: OasDocument,
  place: SpecPlace,
  around = 3,
): { readonly firstLine: number; readonly lines: readonly string[] } {
  const lines = place.file === document.source ? document.lines : linesOf(document, place.file);
  const firstLine = Math.max(1, place.line - around);
  const near = lines.slice(firstLine - 1, place.line + around);
  return { firstLine, lines: near.map((line) => shortened(line, longestLine)) };
}

function linesOf(document: OasDocument, file: string): readonly string[] {
  const sources = [...(known.get(document)?.sources.values() ?? [])];
  return sources.find((source) => source.yaml.file === file)?.yaml.lines() ?? [];
}
