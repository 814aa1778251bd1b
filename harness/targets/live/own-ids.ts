import { folded } from './path-spellings.ts';

/** The ids that a run may name, and what is so similar that it can be the id of no other resource. */
export interface OwnIds {
  add(ids: readonly string[]): void;
  /** Whether a segment holds an own id, or half of a long one. */
  isIn(segment: string): boolean;
  /** The parts of a segment that could be the name of something that is not this run's. */
  foreignNamesIn(segment: string): readonly string[];
  /** Whether a segment holds an own id of any length, or is the beginning of one. */
  isNear(segment: string): boolean;
}

/** No other resource has an own id of this length by chance, nor a name that holds it. */
const long = 16;
const uuid = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/;

export function ownIds(): OwnIds {
  const ids = new Set<string>();
  let uuidsOnly = true;

  const isOwn = (piece: string): boolean => {
    if (ids.has(piece)) return true;
    for (const id of ids) {
      if (id.length < long) continue;
      if (piece.includes(id)) return true;
      if (piece.length >= id.length / 2 && (id.startsWith(piece) || id.endsWith(piece))) return true;
    }
    return false;
  };

  /** Where every own id is a UUID, short pieces and words cannot be anybody's id. */
  const couldBeTaken = (piece: string): boolean =>
    uuidsOnly ? uuid.test(piece) || piece.length >= 20 : piece.length >= 3;

  return {
    add(values) {
      for (const id of values.map(folded)) {
        if (id === '') continue;
        ids.add(id);
        uuidsOnly &&= uuid.test(id);
      }
    },
    isIn: (segment) => piecesOf(segment).some(isOwn),
    foreignNamesIn: (segment) => piecesOf(segment).filter((piece) => !isOwn(piece) && couldBeTaken(piece)),
    isNear(segment) {
      const text = folded(unescapedOnce(segment));
      return [...ids].some((id) => text.includes(id) || id.startsWith(text));
    },
  };
}

/** What is left of a segment when a server stops at, or drops, every character that a name does not have. */
function piecesOf(segment: string): readonly string[] {
  return folded(segment)
    .split(/(?:%[0-9a-f]{2}|[^\p{L}\p{N}._~-])+/u)
    .map((piece) => piece.replace(/^\.+|\.+$/g, ''))
    .filter((piece) => piece !== '');
}

function unescapedOnce(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
