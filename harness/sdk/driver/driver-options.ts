import type { DriverDescription } from './protocol.ts';

/**
 * What a driver may know beyond protocol 1. It lists what it knows as `options` when it describes itself, and says in
 * `without` why it does not know the others.
 */
export type DriverOption =
  | 'input_null'
  | 'input_json'
  | 'input_utf16'
  | 'base_url_forms'
  | 'headers'
  | 'repeat'
  | 'second_client'
  | 'cancel_after_ms';

/** Whether a driver that describes itself so can be given the case; why not, if not. */
export function missingOption(
  needs: readonly DriverOption[] | undefined,
  { options, without = {} }: Pick<DriverDescription, 'options' | 'without'>,
): { readonly reason: string; readonly byDesign?: true } | undefined {
  const missing = needs?.find((option) => !options.includes(option));
  if (missing === undefined) return undefined;
  const why = without[missing];
  if (why !== undefined) return { reason: `the driver cannot do ${missing}: ${why}`, byDesign: true };
  return { reason: `the driver does not know the option ${missing} of the protocol` };
}
