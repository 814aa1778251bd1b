import type { RequestPlan, Send } from '../../model/case.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import {
  type ProbeContext,
  not5xx,
  harmOf,
  headersAnd,
  needs,
  present,
  type Probe,
  queryAnd,
  rejected,
  send,
} from './context.ts';
import { sendsOf, stillDeletable } from './still-deletable.ts';

/** Methods: only the declared one does what the operation does. */
export function methodProbes(context: ProbeContext): readonly Probe[] {
  const { accepted, resource } = context;
  if (accepted === undefined) return [];
  const probe = (name: string, title: string, requirement: string, steps: Probe['steps']): Probe => ({
    name,
    title,
    requirement,
    needs: [needs(context, accepted)],
    steps: [...steps, present(resource)],
  });
  const harm = harmOf(context);
  const as = (change: Partial<RequestPlan>): Partial<RequestPlan> => change;
  const undeclared = ['POST', 'PUT', 'PATCH', 'PURGE'].filter((method) => !context.operation.siblings.includes(method));
  const named = context.operation.method;
  const overriding = queryAnd(context, ['_method', named], ['method', named], ['X-HTTP-Method-Override', named]);
  const probes = [
    ...undeclared.map((method) =>
      probe(
        method,
        `${method} is refused`,
        `${method} is not declared on this path: it must not succeed, break the server or ${harm.to} anything.`,
        [send(context, method, rejected, as({ method }))],
      ),
    ),
    probe(
      'others',
      'Methods of other protocols are refused',
      `A method that is not declared on this path must not succeed, break the server or ${harm.to} anything.`,
      others.map((method) => send(context, method, rejected, as({ method }))),
    ),
    probe('HEAD', `HEAD ${harm.does} nothing`, `HEAD must not break the server or ${harm.to} anything.`, [
      send(context, 'HEAD', not5xx, as({ method: 'HEAD' })),
    ]),
    probe('OPTIONS', `OPTIONS ${harm.does} nothing`, `OPTIONS must not break the server or ${harm.to} anything.`, [
      send(context, 'OPTIONS', not5xx, as({ method: 'OPTIONS' })),
    ]),
    probe(
      'override',
      'A header does not turn another method into this one',
      `A method-override header or parameter must not ${harm.to} anything.`,
      [
        send(
          context,
          'GET with override headers',
          not5xx,
          as({ method: 'GET', headers: headersAnd(context, ...overrides(context)) }),
        ),
        send(context, 'GET with override query', not5xx, as({ method: 'GET', query: overriding })),
        ...(undeclared.includes('POST')
          ? [
              send(
                context,
                'POST with override headers',
                rejected,
                as({ method: 'POST', headers: headersAnd(context, ...overrides(context)) }),
              ),
              send(context, 'POST with override query', rejected, as({ method: 'POST', query: overriding })),
              ...(context.operation.requestBody === undefined ? [formOverride(context)] : []),
            ]
          : []),
      ],
    ),
  ];
  const written = context.operation.method.toLowerCase();
  const after = 'After other methods were tried on it';
  return [
    ...probes,
    {
      // Some frameworks fold the letters of a method.
      ...probe('letter-case', `${written} is refused`, 'The letter case of a method counts (RFC 9110 §9.1).', [
        send(context, written, rejected, as({ method: written })),
      ]),
      // Where it is not refused, the resource is used up.
      needs: [needs(context, accepted, { consumes: true })],
      severity: 'advice',
    },
    stillDeletable(context, accepted, { name: 'still-deletable', after, sends: sendsOf(probes) }),
  ];
}

function formOverride(context: ProbeContext): Send {
  return send(context, 'POST with an override in a form', rejected, {
    method: 'POST',
    headers: headersAnd(context, ['Content-Type', 'application/x-www-form-urlencoded']),
    body: `_method=${context.operation.method}`,
  });
}

/** Of WebDAV and of diagnosis. */
const others = ['MOVE', 'UNLINK', 'PROPFIND', 'TRACE'];

function overrides(context: ProbeContext): readonly HeaderPair[] {
  const names = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', 'X-Method', 'X-Original-Method'];
  return [...names, 'X-HTTP-Verb', 'HTTP-Method', 'Method'].map((name): HeaderPair => [name, context.operation.method]);
}
