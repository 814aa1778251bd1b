import {
  type ProbeContext,
  not5xx,
  harmOf,
  needs,
  isReadOnly,
  type RoleResponse,
  pathWith,
  present,
  type Probe,
  rejected,
  send,
  withFirstLetter,
} from './context.ts';
import { sendsOf, stillDeletable } from './still-deletable.ts';

/** Paths that are nearly the declared one are not the declared one. */
export function pathProbes(context: ProbeContext): readonly Probe[] {
  const { accepted, resource, request, operation } = context;
  if (accepted === undefined) return [];
  const harm = harmOf(context);
  const whole = request.path;
  const upper = withFirstLetter(context, (letter) => letter.toUpperCase());
  const near: readonly (readonly [name: string, what: string, path: string])[] = [
    ['trailing-slash', 'with a slash after it', `${whole}/`],
    ['doubled-slash', 'with a doubled slash', pathWith(context, `/{${resource}}`)],
    ['leading-slashes', 'with two slashes before it', `/${whole}`],
    ['letter-case', 'in another letter case', upper],
    ['more-segments', 'with a segment more', `${whole}/more`],
  ];
  const dotted = pathWith(context, `{${resource}|dot-segment}`);
  const probes = near
    .filter(([, , path]) => path !== whole)
    .map(([name, what, path]): Probe => ({
      name,
      title: `The path ${what} ${harm.does} nothing`,
      requirement: `${operation.method} on the path ${what} must not succeed, break the server or ${harm.to} anything.`,
      needs: [needs(context, accepted, { consumes: name === 'leading-slashes' })],
      steps: [send(context, `the path ${what}`, rejected, { path }), present(resource)],
      // Two leading slashes are collapsed by servers that take care not to be led to another host; then it is used up.
      ...(name === 'leading-slashes' ? { severity: 'advice' } : {}),
    }));
  const after = 'After paths that are nearly its own';
  return [
    ...probes,
    ...(dotted === whole ? [] : [throughDotSegment(context, dotted, accepted)]),
    ...(isReadOnly(context) ? [] : [onCollection(context, accepted)]),
    stillDeletable(context, accepted, {
      name: 'still-deletable',
      after,
      sends: sendsOf(probes.filter(({ severity }) => severity !== 'advice')),
    }),
  ];
}

/** Whoever resolves dot segments first sees the declared path, and may: the two are equivalent (RFC 3986 §6.2.2.3). */
function throughDotSegment(context: ProbeContext, path: string, accepted: RoleResponse): Probe {
  return {
    name: 'dot-segment',
    title: 'A path through a dot segment is the path without it, or none',
    requirement: `${context.operation.method} on a path through a dot segment must be answered as the path without it is, or refused; it must not break the server.`,
    needs: [needs(context, accepted, { consumes: true })],
    steps: [send(context, 'the path through a dot segment', not5xx, { path })],
  };
}

function onCollection(context: ProbeContext, accepted: RoleResponse): Probe {
  const { operation, resource } = context;
  return {
    name: 'collection',
    title: 'The collection cannot be deleted',
    requirement: `${operation.method} without an id must not succeed, break the server or ${harmOf(context).to} anything.`,
    needs: [needs(context, accepted)],
    steps: [
      send(context, 'the path without an id', rejected, { path: pathWith(context, '') }),
      send(context, 'the path without id and slash', rejected, { path: pathWith(context, '').replace(/\/$/, '') }),
      present(resource),
    ],
    hazard: 'a server that takes the collection for the resource would delete everything',
  };
}
