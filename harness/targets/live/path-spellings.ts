/** How often a server may undo percent-escapes, and be believed. */
const rounds = 4;

/** A request target without its query; servers cut that off before they undo escapes. */
export function withoutQuery(target: string): string {
  return target.split(/[?#]/, 1)[0] ?? '';
}

/** A path as it is and as servers may come to read it: unescaped once and again, folded to plain letters. */
export function spellings(path: string): readonly string[] {
  const all: string[] = [];
  let text = path;
  for (let round = 0; round <= rounds; round += 1) {
    all.push(text, folded(text));
    const next = unescaped(text);
    if (next === text) break;
    text = next;
  }
  return [...new Set(all)];
}

/** Full-width letters, ligatures and the like as plain ones, in lower case; backslashes as slashes. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('\\', '/');
}

/** The segments of a path without the empty ones. */
export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** Dot segments worked out, as RFC 3986 §5.2.4 does. */
export function resolved(segments: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const segment of segments) {
    if (segment === '..') out.pop();
    else if (segment !== '.') out.push(segment);
  }
  return out;
}

/** Every well-formed escape undone; broken ones stay. */
function unescaped(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}
