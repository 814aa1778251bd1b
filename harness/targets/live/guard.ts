import { HarnessError } from '../../core/errors.ts';
import type { WireRequest } from '../../model/exchange.ts';
import { type OwnIds, ownIds } from './own-ids.ts';
import { resolved, segmentsOf, spellings, withoutQuery } from './path-spellings.ts';

/**
 * Checks each request before it is sent. A request that could change something passes only if what its path names was arranged
 * by this run, or is named by the user's states file, or cannot be the name of anything.
 */
interface Guard {
  /**
   * Values that an arranged state gave: from now on requests may name them. `path`: the template of another path where one of
   * them names what this run made.
   */
  learn(values: Readonly<Record<string, string>>, path?: string): void;
  /** Throws `E_GUARD`. */
  check(request: WireRequest): void;
}

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);
const overrides = new Set([
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
  'x-method',
  'x-original-method',
  'x-http-verb',
  'http-method',
  'method',
]);
const otherPaths = new Set([
  'x-original-url',
  'x-rewrite-url',
  'x-forwarded-uri',
  'x-forwarded-path',
  'content-location',
]);

export function openGuard(options: {
  /** The path template of the operation under test. */
  readonly path: string;
  /** `shared`: other people's resources may be there. */
  readonly shared: boolean;
  /** Whether a POST to the collection of the operation may pass: it makes something, and names nothing. */
  readonly mayCreate?: boolean;
}): Guard {
  const own = ownIds();
  const place = placeOf(options.path);
  const places = [place];
  return {
    learn(values, path) {
      own.add(Object.values(values));
      if (path !== undefined) places.push(placeOf(path));
    },
    check(request) {
      if (!mayChange(request)) return;
      if (options.mayCreate === true && makesInCollection(request, place.lead)) return;
      const others = request.headers.filter(([name]) => otherPaths.has(name.toLowerCase())).map(([, value]) => value);
      for (const path of [request.path, ...others]) {
        const foreign = places.map((each) =>
          options.shared ? foreignNameOnShared(path, own, each) : foreignNameOnLoopback(path, own, each.words),
        );
        if (!foreign.includes(undefined)) throw refused(request, foreign[0] ?? '');
      }
    },
  };
}

/** Where requests may go. */
interface Place {
  /** The path template in parts. */
  readonly template: readonly string[];
  readonly words: readonly string[];
  /** What stands in front of the first parameter. */
  readonly lead: readonly string[];
}

function placeOf(path: string): Place {
  return {
    template: segmentsOf(path),
    words: segmentsOf(path).filter((segment) => !segment.includes('{')),
    lead: segmentsOf(path.split('{', 1)[0] ?? ''),
  };
}

/** By its method, or by a header or parameter that asks for another one. Methods are case-sensitive: `get` is not GET. */
function mayChange({ method, headers, path }: WireRequest): boolean {
  return (
    !harmless.has(method) || headers.some(([name]) => overrides.has(name.toLowerCase())) || /[?&]_?method=/i.test(path)
  );
}

/**
 * However a server reads the path (undoing percent-escapes once or more, dot segments, full-width letters), it must stay
 * below the operation's own collection, name something of this run, and nothing of anybody else's.
 */
function foreignNameOnShared(path: string, own: OwnIds, { lead, template }: Place): string | undefined {
  let named = false;
  for (const spelling of spellings(withoutQuery(path))) {
    const segments = resolved(segmentsOf(spelling));
    if (!lead.every((word, place) => segments[place]?.toLowerCase() === word.toLowerCase())) return 'a path elsewhere';
    // A word of the template in its own place names nothing.
    const rest = segments.filter(
      (segment, at) => at >= lead.length && (at === lead.length || segment !== template[at]),
    );
    if (rest.length === 0) return 'the whole collection';
    const foreign = rest.flatMap((segment) => own.foreignNamesIn(segment))[0];
    if (foreign !== undefined) return JSON.stringify(foreign);
    named ||= rest.some((segment) => own.isIn(segment));
  }
  return named ? undefined : 'nothing that this run arranged';
}

/** A plain POST to the collection itself, where the operation is one of it. */
function makesInCollection({ method, path, headers }: WireRequest, lead: readonly string[]): boolean {
  const odd = headers.some(([name]) => overrides.has(name.toLowerCase()) || otherPaths.has(name.toLowerCase()));
  return method === 'POST' && !odd && withoutQuery(path) === `/${lead.join('/')}` && !/[?&]_?method=/i.test(path);
}

/** On this machine probes may try every odd path; what is refused is the plain name of something else. */
function foreignNameOnLoopback(path: string, own: OwnIds, words: readonly string[]): string | undefined {
  const segments = resolved(segmentsOf(withoutQuery(path)));
  const first = segments.findIndex((segment) => own.isNear(segment));
  const before = first === -1 ? segments : segments.slice(0, first);
  const foreign = before.find(
    (segment) => /^[\w.~-]+$/.test(segment) && !words.some((word) => word.toLowerCase() === segment.toLowerCase()),
  );
  return foreign === undefined ? undefined : JSON.stringify(foreign);
}

function refused({ method }: WireRequest, foreign: string): HarnessError {
  return new HarnessError(
    'E_GUARD',
    `not sent: the path of this ${method} names ${foreign}, which is not this run's to change`,
    {
      kind: 'harness',
      hint: 'Only what this run arranged, or the states file names, is ever changed. Add the id to the states file if it is yours.',
    },
  );
}
