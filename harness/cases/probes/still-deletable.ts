import type { Need, Send } from '../../model/case.ts';
import {
  type ProbeContext,
  exactly,
  needs,
  onOneConnection,
  type RoleResponse,
  pathWith,
  type Probe,
  send,
} from './context.ts';

/**
 * A resource shows by its own deletion that it was still there: this is all that can be shown where a target has no way
 * to look. The requests before it go over one connection, which is fast.
 */
export function stillDeletable(
  context: ProbeContext,
  accepted: RoleResponse,
  step: {
    readonly name: string;
    /** What comes before, in words: `After a refused key`. */
    readonly after: string;
    readonly sends: readonly Send[];
    /** One connection each: a server that breaks over one of them would close what they shared. */
    readonly apart?: true;
    /** The name of the resource that must still be there; the case's own by default. */
    readonly what?: string;
    /** What the requests need beside it. */
    readonly needs?: readonly Need[];
  },
): Probe {
  const { name, after, sends, apart, what = context.resource } = step;
  const last = send(context, 'then delete it', exactly(accepted), { path: pathWith(context, `{${what}}`) });
  return {
    name,
    title: `${after}, it can still be deleted`,
    requirement: `${after}, deleting the resource must be answered ${accepted.response.key}, for it is still there.`,
    needs: [...(step.needs ?? []), needs(context, accepted, { as: what, consumes: true })],
    steps: [...(apart === true ? sends : sends.map(onOneConnection)), onOneConnection(last)],
  };
}

/** The requests of probes, but for those with which a badly faulty server could harm others. */
export function sendsOf(probes: readonly Probe[]): readonly Send[] {
  return probes.flatMap(({ hazard, steps }) =>
    hazard === undefined ? steps.filter((step) => step.kind === 'send') : [],
  );
}
