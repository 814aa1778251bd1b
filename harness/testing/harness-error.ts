import { HarnessError } from '../core/errors.ts';

/** The error of the harness that a promise is rejected with. */
export async function harnessErrorOf(promise: Promise<unknown>): Promise<HarnessError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof HarnessError) return thrown;
  throw new Error(`no HarnessError but ${String(thrown)}`, { cause: thrown });
}
