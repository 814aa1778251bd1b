import { byExample } from '../../mock/generic/answer/marks.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Target } from '../../model/target.ts';

/**
 * Whether the embedded mock marks a response as an example of the document: it does where the document does not say what the
 * request does, so that nothing was made or read.
 */
export function isByExample({ response }: Exchange, { kind }: Pick<Target, 'kind'>): boolean {
  const [name, value] = byExample;
  return kind === 'mock' && response?.headers.some((each) => each[0] === name && each[1] === value) === true;
}
