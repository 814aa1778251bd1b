import type { Step } from '../../model/case.ts';
import { stillDeletable } from './still-deletable.ts';
import {
  type ProbeContext,
  exactly,
  gone,
  goneForGood,
  needs,
  needsUnknown,
  neighbour,
  oneOf,
  isReadOnly,
  type RoleResponse,
  pathWith,
  present,
  type Probe,
  send,
} from './context.ts';

/** What comes after the answer: what was accepted happens, once, and nothing else does. */
export function effectProbes(context: ProbeContext): readonly Probe[] {
  return isReadOnly(context) ? [] : [...afterAcceptance(context), ...afterRefusal(context)];
}

function afterAcceptance(context: ProbeContext): readonly Probe[] {
  const { accepted, missing, resource } = context;
  if (accepted === undefined) return [];
  const own = needs(context, accepted, { consumes: true });
  const other = needs(context, accepted, { as: neighbour });
  const accept = send(context, 'delete', exactly(accepted));
  const probes: Probe[] = [
    {
      name: 'goes',
      title: 'What was accepted for deletion is deleted, and its neighbour is not',
      requirement: `After ${accepted.response.key} the resource must be gone within the time the suite allows, and no other may go.`,
      needs: [own, other],
      steps: [accept, gone(resource), present(neighbour, 'the neighbour stays')],
    },
    {
      name: 'leaves-the-list',
      title: 'What was accepted for deletion leaves the list, and its neighbour stays in it',
      requirement: `After ${accepted.response.key} the list must come to show the resource no more, and still show the others.`,
      needs: [own, other],
      steps: [
        accept,
        gone(resource, 'it leaves the list', 'list'),
        present(neighbour, 'the neighbour stays in the list', 'list'),
      ],
    },
  ];
  probes.push(
    stillDeletable(context, accepted, {
      name: 'neighbour-can-be-deleted',
      after: 'After others were deleted, or were not there to be deleted',
      what: neighbour,
      needs: [own, ...needsUnknown(context)],
      sends: [
        accept,
        ...(missing === undefined
          ? []
          : [send(context, 'delete an unknown id', exactly(missing), { path: pathWith(context, '{unknown_id}') })]),
      ],
    }),
  );
  probes.push(lasting(context, accepted));
  if (missing === undefined) return probes;
  return [
    ...probes,
    {
      name: 'second-delete-after-it-went',
      title: 'A second delete is answered as unknown',
      requirement: `Once the resource is gone, deleting it again must be answered ${missing.response.key}, and must not bring it back.`,
      needs: [own],
      steps: [
        accept,
        gone(resource),
        send(context, 'delete again', exactly(missing)),
        goneForGood(resource, 'it does not come back'),
      ],
    },
    {
      name: 'second-delete-in-the-end',
      title: 'A second delete is answered as unknown in the end',
      requirement: `After ${accepted.response.key}, deleting again must come to be answered ${missing.response.key} within the time the suite allows.`,
      needs: [own],
      steps: [
        accept,
        { ...send(context, 'delete again and again', exactly(missing)), retryWhile: [accepted.response] },
      ],
    },
    {
      name: 'second-delete-at-once',
      title: 'A second delete at once gets a declared answer',
      requirement: `While a deletion may be under way, deleting again must be answered ${accepted.response.key} or ${missing.response.key}.`,
      needs: [own],
      steps: [accept, send(context, 'delete again at once', oneOf(accepted, missing))],
    },
    {
      name: 'two-deletes-together',
      title: 'Two deletes at the same time are both answered',
      requirement: `Of two deletes at once, one must be answered ${accepted.response.key} and the other that or ${missing.response.key}.`,
      needs: [own],
      steps: [
        {
          kind: 'together',
          name: 'two at once',
          sends: [
            send(context, 'one delete', oneOf(accepted, missing)),
            send(context, 'the other delete', oneOf(accepted, missing)),
          ],
          atLeastOne: accepted.response.key,
        },
        gone(resource),
      ],
    },
  ];
}

/** What was gone comes back, or takes others along, only later: one case waits for all that may. */
function lasting(context: ProbeContext, accepted: RoleResponse): Probe {
  const { unauthorized, resource } = context;
  return {
    name: 'lasts',
    title: 'What was deleted stays deleted, and what was refused is still there later',
    requirement: `What was answered must still hold a moment later: ${accepted.response.key} is not taken back, and a refusal deletes nothing.`,
    needs: [needs(context, accepted, { consumes: true }), needs(context, accepted, { as: neighbour })],
    steps: [
      send(context, 'delete', exactly(accepted)),
      gone(resource),
      ...(unauthorized === undefined
        ? []
        : (['none', 'wrong'] as const).map((credential) =>
            send(context, `delete its neighbour, its key ${credential}`, exactly(unauthorized), {
              credential,
              path: pathWith(context, `{${neighbour}}`),
            }),
          )),
      goneForGood(resource, 'it stays gone', laterMs),
      present(neighbour, 'its neighbour stays'),
    ],
  };
}

/** Long enough for what a server does behind its answer, short enough to pass while other cases run. */
const laterMs = 300;

function afterRefusal(context: ProbeContext): readonly Probe[] {
  const { accepted, missing, locked, lock, resource } = context;
  const probes: Probe[] = context.faults.map((fault) => ({
    name: `spared-by-${fault.response.key}`,
    title: `What was answered ${fault.response.key} is still there`,
    requirement: `${fault.response.key} accepts nothing: the resource must still be there, so that it can be tried again.`,
    needs: [needs(context, fault)],
    steps: [send(context, 'delete', exactly(fault)), present(resource)],
  }));
  if (locked !== undefined) {
    const stays: readonly Step[] = [
      present(resource),
      send(context, 'delete again', exactly(locked)),
      present(resource, 'it is there after that, too'),
    ];
    probes.push({
      name: 'locked-stays',
      title: 'What could not be deleted is left alone',
      requirement: `After ${locked.response.key} the resource must still be there, and a second try be answered the same.`,
      needs: [needs(context, locked)],
      steps: [send(context, 'delete', exactly(locked)), ...stays],
    });
    probes.push({
      name: 'locked-together',
      title: 'Two deletes at the same time do not bypass the precondition',
      requirement: `Of two deletes at once, both must be answered ${locked.response.key}, and the resource must still be there.`,
      needs: [needs(context, locked)],
      steps: [
        {
          kind: 'together',
          name: 'two at once',
          sends: [send(context, 'one delete', exactly(locked)), send(context, 'the other delete', exactly(locked))],
          atLeastOne: locked.response.key,
        },
        present(resource),
      ],
    });
  }
  if (locked === undefined && lock !== undefined) {
    probes.push({
      name: 'lock-not-declared',
      title: 'What is answered for a locked resource is observed, for nothing is declared for it',
      requirement:
        'The document declares no response for a locked resource: any refusal and any declared response are in order.',
      needs: [needs(context, { state: lock }, { consumes: true })],
      steps: [send(context, 'delete', { kind: 'one-of-or-4xx', responses: context.operation.responses })],
      severity: 'advice',
    });
  }
  if (accepted !== undefined && missing !== undefined) {
    probes.push({
      name: 'unknown-harms-nobody',
      title: 'Deleting an unknown id deletes nothing else',
      requirement: `${missing.response.key} must leave every other resource alone.`,
      needs: [needs(context, missing, { as: 'unknown_id' }), needs(context, accepted)],
      steps: [
        send(context, 'delete an unknown id', exactly(missing), { path: pathWith(context, '{unknown_id}') }),
        present(resource),
      ],
    });
  }
  return probes;
}
