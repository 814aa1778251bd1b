import type { CreateFault, Otherwise } from '../fault.ts';

/** A fault that one probe shows: `auth/no-key`. */
export function inProbe(
  probe: string,
  what: Otherwise & { readonly name: string; readonly says: string; readonly check?: string },
): CreateFault {
  const { check = 'status', ...rest } = what;
  return { ...rest, caughtBy: { check, case: `create_index/probe/${probe}` } };
}

/** A fault in the answers of a status, which the declared cases of it show. */
export function inAnswer(
  status: number,
  what: Otherwise & { readonly name: string; readonly says: string; readonly check: string; readonly as?: 'advice' },
): CreateFault {
  const { check, as, on, ...rest } = what;
  return {
    ...rest,
    on: { ...on, status: [status] },
    caughtBy: { check, case: `create_index/${status}/**`, ...(as === undefined ? {} : { as }) },
  };
}
