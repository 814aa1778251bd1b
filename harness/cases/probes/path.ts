import {
  type Bench,
  harmless,
  needs,
  onlyLooks,
  type Part,
  pathWith,
  present,
  type Probe,
  refused,
  send,
  withFirstLetter,
} from './context.ts';
import { sendsOf, stillDeletable } from './still-deletable.ts';

/** Paths that are nearly the declared one are not the declared one. */
export function pathProbes(bench: Bench): readonly Probe[] {
  const { accepted, resource, operation } = bench;
  if (accepted === undefined) return [];
  const whole = operation.path;
  const upper = withFirstLetter(bench, (letter) => letter.toUpperCase());
  const near: readonly (readonly [name: string, what: string, path: string])[] = [
    ['trailing-slash', 'with a slash after it', `${whole}/`],
    ['doubled-slash', 'with a doubled slash', pathWith(bench, `/{${resource}}`)],
    ['leading-slashes', 'with two slashes before it', `/${whole}`],
    ['letter-case', 'in another letter case', upper],
    ['more-segments', 'with a segment more', `${whole}/more`],
  ];
  const dotted = pathWith(bench, `{${resource}|dot-segment}`);
  const probes = near
    .filter(([, , path]) => path !== whole)
    .map(([name, what, path]): Probe => ({
      name,
      title: `The path ${what} deletes nothing`,
      requirement: `${operation.method} on the path ${what} must not succeed, break the server or delete anything.`,
      needs: [needs(bench, accepted, { consumes: name === 'leading-slashes' })],
      steps: [send(bench, `the path ${what}`, refused, { path }), present(resource)],
      // Two leading slashes are collapsed by servers that take care not to be led to another host; then it is used up.
      ...(name === 'leading-slashes' ? { severity: 'advice' } : {}),
    }));
  const after = 'After paths that are nearly its own';
  return [
    ...probes,
    ...(dotted === whole ? [] : [throughDotSegment(bench, dotted, accepted)]),
    ...(onlyLooks(bench) ? [] : [onCollection(bench, accepted)]),
    stillDeletable(bench, accepted, {
      name: 'still-deletable',
      after,
      sends: sendsOf(probes.filter(({ severity }) => severity !== 'advice')),
    }),
  ];
}

/** Whoever resolves dot segments first sees the declared path, and may: the two are equivalent (RFC 3986 §6.2.2.3). */
function throughDotSegment(bench: Bench, path: string, accepted: Part): Probe {
  return {
    name: 'dot-segment',
    title: 'A path through a dot segment is the path without it, or none',
    requirement: `${bench.operation.method} on a path through a dot segment must be answered as the path without it is, or refused; it must not break the server.`,
    needs: [needs(bench, accepted, { consumes: true })],
    steps: [send(bench, 'the path through a dot segment', harmless, { path })],
  };
}

function onCollection(bench: Bench, accepted: Part): Probe {
  const { operation, resource } = bench;
  return {
    name: 'collection',
    title: 'The collection cannot be deleted',
    requirement: `${operation.method} without an id must not succeed, break the server or delete anything.`,
    needs: [needs(bench, accepted)],
    steps: [
      send(bench, 'the path without an id', refused, { path: pathWith(bench, '') }),
      send(bench, 'the path without id and slash', refused, { path: pathWith(bench, '').replace(/\/$/, '') }),
      present(resource),
    ],
    hazard: 'a server that takes the collection for the resource would delete everything',
  };
}
