import type { Send } from '../../model/case.ts';
import {
  type ProbeContext,
  exactly,
  needs,
  needsUnknown,
  onOneConnection,
  pathWith,
  present,
  type Probe,
  type RoleResponse,
  send,
} from './context.ts';
import { stillDeletable } from './still-deletable.ts';

/** A key that is known and lacks the permission: it learns nothing, and changes nothing. */
export function forbiddenProbes(context: ProbeContext): readonly Probe[] {
  const { forbidden, accepted, unauthorized, missing, lock } = context;
  if (forbidden === undefined) return [];
  return [
    ...(accepted === undefined ? [] : withResource(context, forbidden, accepted)),
    ...(lock === undefined ? [] : [beforePrecondition(context, forbidden, lock)]),
    ...context.faults.map((fault) => beforeFault(context, forbidden, fault)),
    ...(unauthorized === undefined || missing === undefined
      ? []
      : [besideOtherKeys(context, { forbidden, unauthorized, missing })]),
  ];
}

function forbid(context: ProbeContext, forbidden: RoleResponse, name: string, path?: string): Send {
  const change = path === undefined ? {} : { path };
  return send(context, name, exactly(forbidden), { ...change, credential: 'forbidden' });
}

/** Refused in the same words: any difference would show which ids there are. */
function unknownAlike(context: ProbeContext, forbidden: RoleResponse, sameAnswerAs: string): readonly Send[] {
  if (context.missing === undefined) return [];
  const sent = forbid(context, forbidden, 'an unknown id', pathWith(context, '{unknown_id}'));
  return [{ ...sent, sameAnswerAs }];
}

function withResource(context: ProbeContext, forbidden: RoleResponse, accepted: RoleResponse): readonly Probe[] {
  const { key } = forbidden.response;
  return [
    {
      name: 'forbidden-before-existence',
      title: 'Without the permission, an existing id is answered as an unknown one is',
      requirement: `${key} is decided before the resource is read: the answers to existing and unknown ids differ in the id alone.`,
      needs: [needs(context, accepted), ...needsUnknown(context)],
      steps: [
        forbid(context, forbidden, 'an existing id'),
        ...unknownAlike(context, forbidden, 'an existing id'),
        present(context.resource),
      ],
    },
    {
      name: 'forbidden-nothing-happens',
      title: 'A key without the permission changes nothing',
      requirement: `After ${key}, the resource is still there.`,
      needs: [needs(context, accepted)],
      steps: [forbid(context, forbidden, 'delete without the permission'), present(context.resource)],
    },
    stillDeletable(context, accepted, {
      name: 'forbidden-still-deletable',
      after: 'After a key without the permission',
      sends: [forbid(context, forbidden, 'delete without the permission')],
    }),
  ];
}

function beforePrecondition(context: ProbeContext, forbidden: RoleResponse, lock: string): Probe {
  return {
    name: 'forbidden-before-precondition',
    title: 'Without the permission, a locked resource is answered as any other is',
    requirement: `${forbidden.response.key} comes before any precondition, and discloses nothing of it.`,
    needs: [needs(context, { state: lock }), ...needsUnknown(context)],
    steps: [forbid(context, forbidden, 'a locked id'), ...unknownAlike(context, forbidden, 'a locked id')],
  };
}

function beforeFault(context: ProbeContext, forbidden: RoleResponse, fault: RoleResponse): Probe {
  return {
    name: `forbidden-before-${fault.response.key}`,
    title: `Without the permission, no request gets as far as ${fault.response.key}`,
    requirement: `${forbidden.response.key} comes before the work that fails with ${fault.response.key}.`,
    needs: [needs(context, fault)],
    steps: [forbid(context, forbidden, 'what fails, without the permission')],
    // Servers that can be made to fail on purpose may do so before they do anything else.
    severity: 'advice',
  };
}

/** Each request is decided by its own key, also on a connection that has seen others. */
function besideOtherKeys(
  context: ProbeContext,
  roles: Required<Pick<ProbeContext, 'forbidden' | 'unauthorized' | 'missing'>>,
): Probe {
  const { forbidden, unauthorized, missing } = roles;
  return {
    name: 'forbidden-is-not-unknown',
    title: 'A key without the permission is distinguished from an unknown key and from a permitted one',
    requirement: `On one connection, an unknown key must be answered ${unauthorized.response.key}, a known one without the permission ${forbidden.response.key}, and a permitted one as it is due.`,
    needs: [needs(context, missing)],
    steps: [
      send(context, 'with an unknown key', exactly(unauthorized), { credential: 'wrong' }),
      forbid(context, forbidden, 'without the permission'),
      send(context, 'with the permission', exactly(missing)),
      forbid(context, forbidden, 'without the permission again'),
    ].map(onOneConnection),
  };
}
