import type { Fault, On, Tamper } from '../fault.ts';

/** The statuses that delete_backup declares, in one API version or another. */
export type Declared = 202 | 401 | 403 | 404 | 412 | 500;

export const errors = [401, 404, 412, 500] as const;
export const all = [202, ...errors] as const;

interface Row extends Pick<Fault, 'api' | 'states' | 'timeoutMs' | 'document' | 'blind' | 'whole'> {
  readonly name: string;
  readonly says: string;
  readonly tamper: Tamper | readonly Tamper[];
  readonly check: string;
  readonly as?: 'advice';
}

/** A fault in the answers of these statuses: the first one's declared case must show it, and each is violated. */
export function inAnswer(
  status: Declared | readonly Declared[],
  what: Row & { readonly on?: On; readonly violates?: readonly string[]; readonly case?: string },
): Fault {
  const { check, as, on, case: glob, ...rest } = what;
  const statuses = [status].flat();
  const broken = as === 'advice' ? [] : statuses.map(String);
  return {
    violates: broken,
    ...rest,
    on: { status: statuses, ...on },
    caughtBy: { check, case: glob ?? `delete_backup/${statuses[0] ?? ''}/**`, ...(as === undefined ? {} : { as }) },
  };
}

/** A fault that only a probe shows, such as `auth/no-key`; declared answers are as they should be. */
export function inProbe(probe: string, what: Row & { readonly on?: On; readonly violates?: readonly string[] }): Fault {
  const { check, as, on = {}, ...rest } = what;
  return {
    violates: [],
    ...rest,
    on,
    caughtBy: { check, probe: `delete_backup/probe/${probe}`, ...(as === undefined ? {} : { as }) },
  };
}
