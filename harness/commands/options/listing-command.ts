import type { ContractOptions } from '../../contract.ts';
import { shellWord } from '../../core/text/shell-quote.ts';

/** The command line that lists the cases from which a command chose with these options. */
export function listingCommand(
  name: string | undefined,
  options: ContractOptions & { readonly config?: string; readonly all?: true },
): string {
  const { spec, suite, api, config, allowExternalRefs, all } = options;
  const named = Object.entries({ spec, suite, api, config }).flatMap(([option, value]) =>
    value === undefined ? [] : [`--${option}`, value],
  );
  const operation = name ?? (all === true ? 'OPERATION' : undefined);
  return [
    'pinecone-contract',
    'cases',
    ...(operation === undefined ? [] : [operation]),
    ...named,
    ...(allowExternalRefs === true ? ['--allow-external-refs'] : []),
  ]
    .map(shellWord)
    .join(' ');
}
