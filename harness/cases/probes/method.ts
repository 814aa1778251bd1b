import type { RequestPlan, Send } from '../../model/case.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { type Bench, harmless, headersAnd, needs, present, type Probe, queryAnd, refused, send } from './context.ts';
import { sendsOf, stillDeletable } from './still-deletable.ts';

/** Methods: only the declared one does what the operation does. */
export function methodProbes(bench: Bench): readonly Probe[] {
  const { accepted, resource } = bench;
  if (accepted === undefined) return [];
  const probe = (name: string, title: string, requirement: string, steps: Probe['steps']): Probe => ({
    name,
    title,
    requirement,
    needs: [needs(bench, accepted)],
    steps: [...steps, present(resource)],
  });
  const as = (change: Partial<RequestPlan>): Partial<RequestPlan> => change;
  const undeclared = ['POST', 'PUT', 'PATCH', 'PURGE'].filter((method) => !bench.operation.siblings.includes(method));
  const named = bench.operation.method;
  const overriding = queryAnd(bench, ['_method', named], ['method', named], ['X-HTTP-Method-Override', named]);
  const probes = [
    ...undeclared.map((method) =>
      probe(
        method,
        `${method} is refused`,
        `${method} is not declared on this path: it must not succeed, break the server or delete anything.`,
        [send(bench, method, refused, as({ method }))],
      ),
    ),
    probe(
      'others',
      'Methods of other protocols are refused',
      'A method that is not declared on this path must not succeed, break the server or delete anything.',
      others.map((method) => send(bench, method, refused, as({ method }))),
    ),
    probe('HEAD', 'HEAD deletes nothing', 'HEAD must not break the server or delete anything.', [
      send(bench, 'HEAD', harmless, as({ method: 'HEAD' })),
    ]),
    probe('OPTIONS', 'OPTIONS deletes nothing', 'OPTIONS must not break the server or delete anything.', [
      send(bench, 'OPTIONS', harmless, as({ method: 'OPTIONS' })),
    ]),
    probe(
      'override',
      'A header does not turn another method into this one',
      'A method-override header or parameter must not delete anything.',
      [
        send(
          bench,
          'GET with override headers',
          harmless,
          as({ method: 'GET', headers: headersAnd(bench, ...overrides(bench)) }),
        ),
        send(bench, 'GET with override query', harmless, as({ method: 'GET', query: overriding })),
        ...(undeclared.includes('POST')
          ? [
              send(
                bench,
                'POST with override headers',
                refused,
                as({ method: 'POST', headers: headersAnd(bench, ...overrides(bench)) }),
              ),
              send(bench, 'POST with override query', refused, as({ method: 'POST', query: overriding })),
              ...(bench.operation.requestBody === undefined ? [formOverride(bench)] : []),
            ]
          : []),
      ],
    ),
  ];
  const written = bench.operation.method.toLowerCase();
  const after = 'After other methods were tried on it';
  return [
    ...probes,
    {
      // Some frameworks fold the letters of a method.
      ...probe('letter-case', `${written} is refused`, 'The letter case of a method counts (RFC 9110 §9.1).', [
        send(bench, written, refused, as({ method: written })),
      ]),
      // Where it is not refused, the resource is used up.
      needs: [needs(bench, accepted, { consumes: true })],
      severity: 'advice',
    },
    stillDeletable(bench, accepted, { name: 'still-deletable', after, sends: sendsOf(probes) }),
  ];
}

function formOverride(bench: Bench): Send {
  return send(bench, 'POST with an override in a form', refused, {
    method: 'POST',
    headers: headersAnd(bench, ['Content-Type', 'application/x-www-form-urlencoded']),
    body: `_method=${bench.operation.method}`,
  });
}

/** Of WebDAV and of diagnosis. */
const others = ['MOVE', 'UNLINK', 'PROPFIND', 'TRACE'];

function overrides(bench: Bench): readonly HeaderPair[] {
  const names = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', 'X-Method', 'X-Original-Method'];
  return [...names, 'X-HTTP-Verb', 'HTTP-Method', 'Method'].map((name): HeaderPair => [name, bench.operation.method]);
}
