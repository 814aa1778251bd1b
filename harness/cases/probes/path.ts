import { type Bench, needs, pathWith, present, type Probe, refused, send } from './bench.ts';

/** Paths that are nearly the declared one are not the declared one. */
export function pathProbes(bench: Bench): readonly Probe[] {
  const { accepted, resource, operation } = bench;
  if (accepted === undefined) return [];
  const whole = operation.path;
  const upper = whole.replace(/[a-z](?=[^{}]*(?:\{|$))/, (letter) => letter.toUpperCase());
  const near: readonly (readonly [name: string, what: string, path: string])[] = [
    ['trailing-slash', 'with a slash after it', `${whole}/`],
    ['doubled-slash', 'with a doubled slash', pathWith(bench, `/{${resource}}`)],
    ['leading-slashes', 'with two slashes before it', `/${whole}`],
    ['letter-case', 'in another letter case', upper],
    ['more-segments', 'with a segment more', `${whole}/more`],
    ['dot-segment', 'through a dot segment', pathWith(bench, `{${resource}|dot-segment}`)],
  ];
  return [
    ...near
      .filter(([, , path]) => path !== whole)
      .map(([name, what, path]): Probe => ({
        name,
        title: `The path ${what} deletes nothing`,
        requirement: `${operation.method} on the path ${what} must not succeed, break the server or delete anything.`,
        needs: [needs(bench, accepted)],
        steps: [send(bench, `the path ${what}`, refused, { path }), present(resource)],
      })),
    {
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
    },
  ];
}
